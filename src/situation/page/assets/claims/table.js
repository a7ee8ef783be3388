// The selected date as a table: for screen readers, and to copy.
import { assumed, claimsBehind, control, controlWords, isDisputed, STATUSES } from "../core/control.js";
import { byId, h, name, replace } from "../core/elements.js";
import { otherNamesBeside } from "../core/othernames.js";
import { actorName, FROM, placeName } from "../core/payload.js";
import { page, reading, storiesNow } from "../core/state.js";
import { open, shareWords, storiesWords, storyDay } from "../core/stories.js";
import { clock, longDay, moment, number, plain, span, zone } from "../core/text.js";
import { STRIP_ORDER } from "../time/strips.js";

let tableKey = "";
function heldBy(c) {
  if (c.holder) return name(actorName(c.holder), 60);
  if (open(c)) return name(shareWords(c), 200);
  return c.status === "ungarrisoned" ? "nobody" : "not known";
}
export function drawTable() {
  const box = byId("table-box");
  if (!box.open) return;
  const rows = STRIP_ORDER.map(({ place, depth }) => ({ place, depth, c: control(reading(), place.id, page.t) }));
  const key = JSON.stringify([page.t, page.reading]);
  if (key === tableKey) return;
  tableKey = key;
  replace(
    byId("table"),
    h(
      "table",
      { class: "full" },
      h(
        "caption",
        {},
        `Who holds what on ${longDay(page.t)}, ${clock(page.t)} ${zone()}. Reading: ${plain(reading().label, 60)}.`,
      ),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Place", "Holder", "Status", "Since", "Day not known exactly", "Disputed", "Because"].map((word) =>
            h("th", { scope: "col" }, word),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(({ place, c }) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row" },
              name(placeName(place.id), 80),
              otherNamesBeside(place, placeName(place.id), 40),
            ),
            h("td", {}, heldBy(c)),
            h(
              "td",
              {},
              c.status === "held" && c.declared
                ? `held, victory declared by ${actorName(c.declared)}`
                : c.status === "mixed" || c.status === "besieged"
                  ? controlWords(c)
                  : (STATUSES[c.status] ?? plain(c.status, 40)),
            ),
            h("td", {}, c.since === null ? "" : c.since <= FROM ? "the start" : moment(c.since)),
            h("td", {}, c.unsure ? span(c.unsure.earliest, c.unsure.latest) : ""),
            h("td", {}, !c.shares && isDisputed(reading(), place.id, page.t) ? "yes" : ""),
            h(
              "td",
              {},
              c.shares
                ? `${storiesWords(storiesNow())}, day ${number(storyDay(storiesNow(), page.t))}`
                : c.row?.entry
                  ? [
                      assumed(c.row.entry) ? "ASSUMED" : "",
                      plain(claimsBehind(reading(), place.id, page.t).join(", "), 400),
                    ]
                      .filter(Boolean)
                      .join("; ")
                  : "",
            ),
          ),
        ),
      ),
    ),
  );
}
byId("table-box").addEventListener("toggle", drawTable);

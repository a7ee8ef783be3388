// A place in the detail panel: who holds it on the selected date, why, and how it came to that.
import { heading, placeLink } from "../core/chosen.js";
import { marker } from "../core/colours.js";
import { assumed, control, controlWords, disputesAt, possibleWords, unsureWords } from "../core/control.js";
import { chip, h, link, name } from "../core/elements.js";
import { whereabouts } from "../core/meridian.js";
import { alsoKnownAs } from "../core/othernames.js";
import { CLAIMS, FROM, P, placeName, PLACES } from "../core/payload.js";
import { eventsAt, there } from "../core/record.js";
import { differing, go, page, reading, select, storiesNow } from "../core/state.js";
import { BRANCH, ofRecord, open, storiesWords, storyDay } from "../core/stories.js";
import { dayEnd } from "../core/calendar.js";
import { clock, day, longDay, number, plain, rangeOf, span, unjoined } from "../core/text.js";
import { answerWords } from "../core/words.js";
import { controlMarker, shareTable } from "../map/sharemarks.js";
import { pieces } from "../time/strippieces.js";
import { estimate, strengthCells, strengthName } from "../charts/strengths.js";
import { concerns, relatedDisputes, visible } from "./disputes.js";
import { evidenceFor } from "./evidence.js";
import { grounds, storyDetail } from "./storydetail.js";

/**
 * @param {string} id
 * @returns {Made.Child}
 */
export function placeDetail(id) {
  const place = PLACES.get(id),
    now = reading(),
    c = control(now, id, page.t);
  const entry = c.row?.entry ?? null;
  // After the branch a story has strengths of its own: those of the record would be a second number for one force.
  const recorded = BRANCH === null || page.t <= BRANCH || ofRecord(now);
  const strengths = recorded
    ? strengthCells().filter((cell) => strengthName(cell).place === id && estimate(cell, page.t))
    : [];
  const live = c.shares ? [] : disputesAt(now, id, page.t);
  const also = alsoKnownAs(place, placeName(id));
  const parent = place.within && PLACES.has(place.within) ? place.within : null;
  const quarters = P.places.filter((one) => one.within === id);
  return [
    heading(
      placeName(id),
      plain(place.kind, 40).replace(/-/g, " "),
      parent ? [" in ", placeLink(parent)] : "",
      also.length ? [" \u00b7 also ", also.slice(0, 8).map((alias, i) => [i ? ", " : "", name(alias, 40)])] : "",
    ),
    h(
      "p",
      { class: "big" },
      controlMarker(c, 15),
      " ",
      name(
        open(c) && c.shares.length
          ? differing()
            ? "Scenario and baseline differ"
            : "The stories differ"
          : controlWords(c),
        160,
      ),
    ),
    c.shares?.length ? shareTable(c, `Who holds ${plain(placeName(id), 60)} on ${longDay(page.t)}`) : null,
    h(
      "p",
      { class: "soft" },
      `On ${longDay(page.t)}, ${clock(page.t)}. `,
      c.shares
        ? `Day ${number(storyDay(storiesNow(), page.t))} after the branch, in ${storiesWords(storiesNow())}. `
        : c.since === null
          ? "Nothing is said about it before."
          : c.since <= FROM
            ? "Unchanged since the window began. "
            : `Unchanged since ${day(c.since)}. `,
      c.unsure ? `The ${unsureWords(c.unsure)}. ` : "",
      c.possible && c.possible.length > 1 ? `It may have been held by ${plain(possibleWords(c.possible), 200)}. ` : "",
      c.taken ? ["Taken by ", name(answerWords(c.taken), 120), ". "] : "",
    ),
    storyDetail(id),
    relatedDisputes((dispute) => live.includes(dispute), "Sources disagree on who holds it"),
    entry
      ? [
          h("h4", {}, "Because"),
          h(
            "p",
            {},
            link(
              () => select("event", entry.id),
              name(entry.mark === "opening" ? `So it was when the record begins, on ${longDay(FROM)}` : entry.text, 200),
            ),
            assumed(entry) ? [" ", chip("plain", "ASSUMED")] : "",
          ),
          entry.rule === undefined ? (evidenceFor(c.row) ?? grounds(entry)) : grounds(entry),
        ]
      : null,
    strengths.length
      ? [
          h("h4", {}, "Strengths"),
          h(
            "ul",
            { class: "plainlist" },
            strengths.map((cell) =>
              h(
                "li",
                {},
                link(() => select("strength", cell), name(strengthName(cell).text)),
                strengthLine(estimate(cell, page.t)),
              ),
            ),
          ),
        ]
      : null,
    relatedDisputes(
      (dispute) => concerns(dispute, id) && !live.includes(dispute),
      c.shares
        ? "In the record, sources disagree"
        : live.length
          ? "Sources also disagree"
          : "Sources disagree, though not on who holds it on this day",
    ),
    doubted(id),
    h("h4", {}, now.stories === undefined ? "Over the whole window" : "In the record, up to the branch"),
    h(
      "table",
      { class: "latest" },
      h(
        "thead",
        { class: "unseen" },
        h(
          "tr",
          {},
          h("th", { scope: "col" }, "From"),
          h("th", { scope: "col" }, "Control"),
          h("th", { scope: "col" }, "Because"),
        ),
      ),
      h(
        "tbody",
        {},
        pieces(id).map((piece) =>
          h(
            "tr",
            { class: piece.from <= page.t && page.t < piece.to ? "current" : "" },
            h(
              "td",
              {},
              link(
                () => go({ t: piece.from > FROM ? dayEnd(piece.from) : FROM }),
                piece.from <= FROM ? "at the start" : day(piece.from),
              ),
            ),
            h(
              "td",
              {},
              h("span", { class: "lead" }, marker(piece.c.holder), h("span", {}, name(controlWords(piece.c), 120))),
            ),
            h(
              "td",
              {},
              piece.c.row?.entry
                ? link(
                    () => select("event", piece.c.row.entry.id),
                    name(
                      piece.c.row.entry.mark === "opening"
                        ? assumed(piece.c.row.entry)
                          ? "assumed"
                          : "as the window begins"
                        : unjoined(piece.c.row.entry.event),
                      40,
                    ),
                  )
                : "",
            ),
          ),
        ),
      ),
    ),
    quarters.length
      ? [
          h("h4", {}, "Within it"),
          h(
            "ul",
            { class: "plainlist" },
            quarters.map((one) =>
              h(
                "li",
                { class: "lead" },
                controlMarker(control(now, one.id, page.t)),
                h("span", {}, placeLink(one.id), `: ${controlWords(control(now, one.id, page.t))}`),
              ),
            ),
          ),
        ]
      : null,
    happenings(id),
    h(
      "p",
      { class: "soft" },
      whereabouts(place),
      place.precision_km === null || place.precision_km === undefined
        ? ""
        : `, good to about ${number(place.precision_km)} km`,
      bankWords(place.bank),
      place.source ? [" \u00b7 ", name(place.source, 200)] : "",
    ),
  ];
}

function strengthLine({ value, when }) {
  return `: ${rangeOf(value)}${when ? ` (${when})` : ""}`;
}

function bankWords(bank) {
  return (
    {
      left: ", on the left (north or east) bank",
      right: ", on the right (south or west) bank",
      island: ", on an island",
    }[bank] ?? ""
  );
}

/** Statements about the place that the state contradicts. */
function doubted(id) {
  const mismatches = reading().mismatches.filter((one) => visible(one) && (one.about ?? [one.place]).includes(id));
  return mismatches.length
    ? [
        h("h4", {}, `Statements the state contradicts (${number(mismatches.length)})`),
        h(
          "ul",
          { class: "plainlist" },
          mismatches.map((one) =>
            h(
              "li",
              {},
              link(() => select("mismatch", one.number), name(CLAIMS.get(one.claim)?.says ?? one.claim, 160)),
            ),
          ),
        ),
      ]
    : null;
}

function happenings(id) {
  const entries = eventsAt(reading(), page.t).filter((entry) => entry.place === id && there(entry, page.t));
  return entries.length
    ? [
        h("h4", {}, `What is reported from here (${number(entries.length)})`),
        h(
          "ul",
          { class: "plainlist" },
          entries.map((entry) =>
            h(
              "li",
              {},
              link(() => select("event", entry.id), name(entry.text, 160)),
              " ",
              h("span", { class: "soft" }, span(entry.earliest, entry.latest)),
              entry.disputed ? [" ", chip("no", "disputed")] : "",
              entry.others_say ? ` ${plain(entry.others_say, 160)}` : "",
            ),
          ),
        ),
      ]
    : null;
}

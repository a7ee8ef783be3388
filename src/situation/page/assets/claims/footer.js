// What the page rests on: assumptions, sources with their grades, identity, licences, downloads.
import { claimsBehind, control, isDisputed } from "../core/control.js";
import { byId, chip, h, link, name, replace } from "../core/elements.js";
import { csvCell, harmlessJson } from "../core/harmless.js";
import { FROM, P, sourceTitle } from "../core/payload.js";
import { eventsAt } from "../core/record.js";
import { page, reading, select } from "../core/state.js";
import { BRANCH, shareWords, STORIES, storiesWords } from "../core/stories.js";
import { capital, isoTime, moment, plain, span, stamp } from "../core/text.js";
import { SYMBOLS } from "../map/symbols.js";
import { leanWords, RELIABILITY } from "./claims.js";
import { storyNumbers } from "./storydetail.js";

export function drawAssumptions() {
  const opening = [...reading().byEntry.values()].filter(
    (entry) => entry.mark === "opening" && (entry.assumed || !entry.claims.length),
  );
  replace(
    byId("assumptions"),
    storyNumbers(),
    h("p", {}, "What is taken to hold when the window begins, where no claim settles it:"),
    opening.length
      ? h(
          "ul",
          { class: "columns" },
          opening.map((entry) =>
            h(
              "li",
              {},
              link(() => select("event", entry.id), name(entry.text, 160)),
              entry.assumed ? [" ", h("strong", {}, "ASSUMED"), ": ", name(entry.assumed, 300)] : "",
            ),
          ),
        )
      : h("p", { class: "empty" }, "Nothing: every opening value rests on a claim."),
    (P.assumptions ?? []).length
      ? [
          h("p", {}, "Numbers and rules that stand without a source:"),
          h(
            "table",
            { class: "full" },
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                ["What", "Value", "Reason"].map((word) => h("th", { scope: "col" }, word)),
              ),
            ),
            h(
              "tbody",
              {},
              P.assumptions.map((one) =>
                h(
                  "tr",
                  {},
                  h("th", { scope: "row" }, name(one.what, 160)),
                  h("td", {}, name(one.value, 80)),
                  h("td", {}, name(one.reason, 400)),
                ),
              ),
            ),
          ),
        ]
      : null,
  );
}

export function drawSources() {
  const rows = P.sources.map((source) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        link(
          () => select("source", source.id),
          name(sourceTitle(source), 140),
        ),
        source.background ? [" ", chip("plain", "background")] : "",
        source.copy ? h("span", { class: "soft" }, " ", name(source.copy, 200)) : "",
      ),
      h("td", {}, `${plain(source.reliability, 4)}, ${RELIABILITY[source.reliability] ?? "not graded"}`),
      h("td", {}, name(source.reason, 300)),
      h("td", {}, leanWords(source.lean)),
      h(
        "td",
        {},
        source.published?.earliest === undefined ? "" : span(source.published.earliest, source.published.latest),
      ),
    ),
  );
  const speakers = P.speakers.map((speaker) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name(speaker.name, 120)),
      h("td", {}, `${plain(speaker.reliability, 4)}, ${RELIABILITY[speaker.reliability] ?? "not graded"}`),
      h("td", {}, name(speaker.reason, 300)),
      h("td", {}, leanWords(speaker.lean)),
      h("td", {}, "speaker"),
    ),
  );
  replace(
    byId("sources"),
    h(
      "div",
      { class: "wide", tabindex: "0", role: "region", "aria-label": "Sources and speakers" },
      h(
        "table",
        { class: "full" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Voice", "Reliability", "Reason", "Lean", "Published"].map((word) => h("th", { scope: "col" }, word)),
          ),
        ),
        h("tbody", {}, rows, speakers),
      ),
    ),
  );
}

/**
 * Give a file to whoever reads the page.
 * @param {{ name: string, type: string, content: Blob | string }} file
 */
export function saveFile(file) {
  const { content } = file;
  const blob = content instanceof Blob ? content : new Blob([content], { type: `${file.type};charset=utf-8` });
  const address = URL.createObjectURL(blob);
  const anchor = h("a", { href: address, download: plain(file.name, 80).replace(/[^\w.-]+/g, "_") });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const download = (file) => saveFile({ ...file, content: file.text });

/**
 * An event as its file tells it: times in full, and only those that are known.
 * @param {Made.Entry} event
 */
function eventForFile(event) {
  const { known, held, ...entry } = event;
  const when = (minute) => (Number.isFinite(minute) ? isoTime(minute) : null);
  return {
    ...entry,
    time: when(entry.time),
    earliest: when(entry.earliest),
    latest: when(entry.latest),
    known: when(known),
    ...(held ? { held: held.map((pair) => pair.map(when)) } : {}),
  };
}

/** What is made when it is asked for: from the same values that the page shows. */
function madeFiles() {
  const json = (name, value) => ({ name, type: "application/json", text: `${harmlessJson(value)}\n` });
  const rows = () =>
    P.places
      .map((place) => ({ place, c: control(reading(), place.id, page.t) }))
      .map(({ place, c }) =>
        [
          place.id,
          place.name,
          c.holder ?? "",
          c.status,
          c.declared ?? "",
          c.since === null ? "" : c.since <= FROM ? "the start" : moment(c.since),
          c.unsure ? span(c.unsure.earliest, c.unsure.latest) : "",
          !c.shares && isDisputed(reading(), place.id, page.t) ? "yes" : "",
          c.shares ? shareWords(c) : "",
          c.assumed ? "assumed" : "",
          claimsBehind(reading(), place.id, page.t).join(" "),
        ]
          .map(csvCell)
          .join(","),
      );
  return [
    { name: "claims.json", make: () => json("claims.json", P.claims) },
    {
      name: "events.json",
      make: () => json(`events-${reading().id}.json`, eventsAt(reading(), page.t).map(eventForFile)),
    },
    {
      name: "selected-date.csv",
      make: () => ({
        name: `places-${stamp(page.t)}-${reading().id}.csv`,
        type: "text/csv",
        text: `${["place", "name", "holder", "status", "declared_by", "since", "day_not_known_exactly", "disputed", "shares", "assumed", "claims"].join(",")}\n${rows().join("\n")}\n`,
      }),
    },
  ];
}

export function drawIdentity() {
  const id = P.identity;
  replace(
    byId("identity"),
    h("p", {}, name(P.about, 400)),
    h(
      "p",
      { class: "files" },
      "Take the tables with you: ",
      [...P.downloads.map((file) => ({ name: file.name, make: () => file })), ...madeFiles()].map((file) =>
        h("button", { type: "button", on: { click: () => download(file.make()) } }, name(file.name, 60)),
      ),
    ),
    h(
      "p",
      {},
      `Made by ${plain(id.made_by, 60)} \u00b7 belief ${plain(id.belief, 40)} ` +
        (id.background === null ? "" : `\u00b7 ${id.background ? "with" : "without"} background claims `) +
        "\u00b7 " +
        `${P.kind === "comparison" ? "comparison" : BRANCH === null ? "record" : "run"} `,
      h("code", {}, plain(id.digest, 80)),
      " \u00b7 ",
      Object.entries(id.versions)
        .map(([what, version]) => `${plain(what, 40)} ${plain(version, 40)}`)
        .join(", "),
    ),
    BRANCH === null
      ? null
      : h(
          "p",
          {},
          [...STORIES].map(([which, one], i) => [
            i ? " \u00b7 " : "",
            `${capital(which)}: `,
            name(one.id, 60),
            `, ${storiesWords(one)}, seed ${plain(one.seed, 30)}, run `,
            h("code", {}, plain(one.digest, 80)),
          ]),
        ),
    h(
      "p",
      {},
      [...id.licences, P.geo.attribution, SYMBOLS ? `APP-6 symbols: ${SYMBOLS.made_by}` : ""]
        .filter(Boolean)
        .map((text, i) => [
          i ? " \u00b7 " : "",
          h("span", { dir: "auto" }, document.createTextNode(plain(text, 6000))),
        ]),
    ),
  );
}

// The detail panel: what was chosen, with the claims behind it; with nothing chosen, the latest changes.
import { actorList, heading, placeLink } from "../core/chosen.js";
import { isDark, marker } from "../core/colours.js";
import { assumed } from "../core/control.js";
import { byId, chip, h, link, name, replace } from "../core/elements.js";
import { CLAIMS, placeName, PLACES, sourceName, SOURCES, sourceTitle } from "../core/payload.js";
import { gatheredIn } from "../core/gather.js";
import { eventsAt, happened, passed, rowAt, versionAt } from "../core/record.js";
import { after, go, knownClaims, page, reading, select, usableClaims } from "../core/state.js";
import { DAY, dayStart } from "../core/calendar.js";
import { count, day, number, plain, range, rangeOf, span, unjoined } from "../core/text.js";
import { columnWords, coverOf } from "../charts/coverage.js";
import { estimate, scopeWords, strengthName } from "../charts/strengths.js";
import { claimCard, claimLists, leanWords, RELIABILITY } from "./claims.js";
import { disputeDetail, mismatchDetail, relatedDisputes } from "./disputes.js";
import { courseOf, creditOf } from "./evidence.js";
import { gatheredDetail, latest, unknownYet } from "./latest.js";
import { placeDetail } from "./placedetail.js";
import { grounds } from "./storydetail.js";

function dateNote(entry) {
  const wide = entry.latest - entry.earliest > DAY;
  return [span(entry.earliest, entry.latest), wide ? `, taken here as ${day(entry.time)}` : ""];
}

function eventDetail(id) {
  const entry = versionAt(reading(), id, page.t);
  const late = entry.time > page.t;
  return [
    heading(
      entry.text,
      dateNote(entry),
      entry.place ? [" \u00b7 ", placeLink(entry.place)] : "",
      entry.actors.length ? [" \u00b7 ", actorList(entry.actors)] : "",
      entry.disputed ? [" ", chip("no", "sources disagree")] : "",
      entry.others_say ? ` ${plain(entry.others_say, 200)}` : "",
    ),
    entry.disputed ? rivalAnswers(entry) : null,
    late
      ? h(
          "p",
          { class: "note" },
          "This lies after the selected date. ",
          link(() => go({ t: entry.time }), "Go to it"),
        )
      : null,
    entry.mark === "opening"
      ? h(
          "p",
          { class: "note" },
          "An opening value: what is taken to hold when the window begins.",
          assumed(entry)
            ? [" ", h("strong", {}, "ASSUMED"), ": ", name(entry.assumed || "no source says so", 400)]
            : "",
        )
      : null,
    grounds(entry),
    creditOf(entry),
    courseOf(id),
    entry.disputed ? null : rivalAnswers(entry),
  ];
}

/** The disputes that claims of an entry have a part in: of a disputed one ahead of its claims, since it is they that one looks for. */
const rivalAnswers = (entry) =>
  relatedDisputes((dispute) =>
    dispute.answers.some((answer) => answer.claims.some((c) => entry.claims.includes(c) || entry.against.includes(c))),
  );

function claimDetail(id) {
  const claim = CLAIMS.get(id);
  const entries = [...new Set((reading().ofClaim.get(id) ?? []).map((entry) => entry.id))].map((one) =>
    versionAt(reading(), one, page.t),
  );
  return [
    heading(
      claim.says,
      sourceName(claim.source),
      ` \u00b7 ${plain(unjoined(claim.event), 60)} \u00b7 `,
      span(claim.earliest, claim.latest),
    ),
    h("ul", { class: "claims alone" }, claimCard(id, "for")),
    entries.length
      ? [
          h("h4", {}, "In this reading it stands behind"),
          h(
            "ul",
            { class: "plainlist" },
            entries.map((entry) =>
              h(
                "li",
                {},
                link(() => select("event", entry.id), name(entry.text, 160)),
                entry.against.includes(id) ? " (against it)" : "",
              ),
            ),
          ),
        ]
      : h(
          "p",
          { class: "empty" },
          reading().untestable.includes(id)
            ? "A statement that cannot be tested against the state; it is kept and shown."
            : "In this reading nothing rests on it.",
        ),
    relatedDisputes((dispute) => dispute.answers.some((answer) => answer.claims.includes(id))),
  ];
}

function sourceDetail(id) {
  const source = SOURCES.get(id),
    p = source.published ?? {};
  const claims = usableClaims().filter((claim) => claim.source === id);
  return [
    heading(
      sourceTitle(source),
      p.earliest === undefined ? "" : `published ${span(p.earliest, p.latest)}`,
      p.how ? [" (", name(p.how, 200), ")"] : "",
      source.background ? [" ", chip("plain", "background")] : "",
    ),
    h(
      "dl",
      { class: "facts" },
      h("dt", {}, "Reliability"),
      h(
        "dd",
        {},
        chip("pair", source.reliability),
        ` ${RELIABILITY[source.reliability] ?? "not graded"}: `,
        name(source.reason, 500),
      ),
      h("dt", {}, "Lean"),
      h("dd", {}, leanWords(source.lean)),
    ),
    h("h4", {}, `Its claims (${number(claims.length)})`),
    h(
      "ul",
      { class: "plainlist" },
      claims.map((claim) =>
        h(
          "li",
          {},
          link(() => select("claim", claim.id), name(claim.says, 160)),
          " ",
          h("span", { class: "soft" }, plain(claim.id, 40)),
        ),
      ),
    ),
  ];
}

function strengthDetail(cell) {
  const { actor, place, text } = strengthName(cell),
    figure = estimate(cell, page.t);
  const head = heading(text, marker(actor), " ", PLACES.has(place) ? placeLink(place) : name(placeName(place), 60));
  if (!figure) return [head, h("p", { class: "empty" }, "The record gives no number.")];
  const { row, value, now, when } = figure,
    rows = reading().cells.get(cell);
  return [
    head,
    h("p", { class: "big" }, rangeOf(value)),
    h(
      "p",
      { class: "soft" },
      value.scope ? [name(scopeWords(value.scope), 200), ". "] : "",
      now ? `Holds from ${day(row.since)}.` : `Not an estimate for the selected date: it holds ${when}.`,
    ),
    (value.beside ?? []).length
      ? [
          h("h4", {}, "Other estimates"),
          h(
            "ul",
            { class: "plainlist" },
            value.beside.map((one) =>
              h(
                "li",
                {},
                `${range(one.low, one.best, one.high)} `,
                one.scope ? [name(scopeWords(one.scope), 120), " "] : "",
                one.claim ? link(() => select("claim", one.claim), plain(one.claim, 40)) : "",
              ),
            ),
          ),
        ]
      : null,
    rows.length > 1
      ? [
          h("h4", {}, "Over time"),
          h(
            "ul",
            { class: "plainlist" },
            rows.map((one) =>
              h(
                "li",
                {},
                `${day(one.since)}: ${one.value ? range(one.value.low, one.value.best, one.value.high) : "no longer estimated"}`,
              ),
            ),
          ),
        ]
      : null,
    row.entry ? claimLists(row.entry.claims, row.entry.against) : null,
    relatedDisputes((dispute) => dispute.cell === cell),
  ];
}

const gatheredEvents = (id) => gatheredIn(id, eventsAt(reading(), page.t));

/** What can be chosen, by kind: whether the present reading has one of that id, and what is shown of it. */
const KINDS = {
  event: { has: (id) => reading().byEntry.has(id), draw: eventDetail },
  place: { has: (id) => PLACES.has(id), draw: placeDetail },
  claim: { has: (id) => CLAIMS.has(id), draw: claimDetail },
  dispute: { has: (id) => reading().disputes[Number(id)] !== undefined, draw: (id) => disputeDetail(Number(id)) },
  mismatch: { has: (id) => reading().mismatches[Number(id)] !== undefined, draw: (id) => mismatchDetail(Number(id)) },
  strength: { has: (id) => reading().cells.has(id), draw: strengthDetail },
  source: { has: (id) => SOURCES.has(id), draw: sourceDetail },
  gathered: { has: (id) => Boolean(gatheredEvents(id)?.length), draw: (id) => gatheredDetail(gatheredEvents(id)) },
  coverage: { has: (id) => coverOf(id) !== null, draw: coverDetail },
};

/**
 * Whether things of a kind can be chosen.
 * @param {string} kind
 * @returns {boolean}
 */
export const selectable = (kind) => Object.hasOwn(KINDS, kind);

/**
 * Whether there is such a thing in the present reading.
 * @param {string} kind
 * @param {string} id
 * @returns {boolean}
 */
export const exists = (kind, id) => selectable(kind) && KINDS[kind].has(id);

let detailKey = "";

/** @param {Set<Made.Part>} changed */
export function drawDetail(changed) {
  if (page.selection && !exists(page.selection.kind, page.selection.id)) page.selection = null;
  const chosen = page.selection,
    now = reading();
  const cut =
    chosen === null || chosen.kind === "place"
      ? chosen
        ? page.t
        : [happened(now, page.t).length, unknownYet(page.t).length, dayStart(page.t), passed(now, page.t)].join()
      : [
          knownClaims(page.t).length,
          passed(now, page.t),
          chosen.kind === "event" && versionAt(now, chosen.id, page.t).time > page.t,
          chosen.kind === "strength" ? rowAt(now, chosen.id, page.t)?.since : 0,
        ].join();
  const key = JSON.stringify([chosen, page.reading, cut, after(page.t) && page.t, isDark()]);
  if (key === detailKey) return;
  detailKey = key;
  const box = byId("detail");
  const within = box.contains(document.activeElement);
  const open =
    changed.has("selection") || changed.has("reading")
      ? []
      : [...box.querySelectorAll("details")].map((one) => one.open);
  replace(box, chosen ? KINDS[chosen.kind].draw(chosen.id) : latest());
  box.querySelectorAll("details").forEach((one, i) => {
    if (open[i]) one.open = true;
  });
  if (changed.has("selection")) box.scrollTop = 0;
  if (within && changed.has("selection")) byId("detail-heading").focus({ preventScroll: true });
  document.documentElement.toggleAttribute("data-chosen", chosen !== null);
}

function coverDetail(id) {
  const { row, start, step, claims } = coverOf(id);
  return [
    heading(row.label, `${count(claims.length, "claim")} about ${columnWords(start, step)}`),
    claimLists(
      claims.map((claim) => claim.id),
      [],
    ),
  ];
}

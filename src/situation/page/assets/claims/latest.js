// With nothing chosen: the latest that had happened by the date, and what of it nobody knew yet.
import { heading, placeLink } from "../core/chosen.js";
import { marker } from "../core/colours.js";
import { chip, h, link, name } from "../core/elements.js";
import { byPlaceAndDay, eventCount, killedWords, MANY, openWords } from "../core/gather.js";
import { control, controlWords } from "../core/control.js";
import { CLAIMS, P, placeName, PLACES, sourceName } from "../core/payload.js";
import { happened, READINGS } from "../core/record.js";
import { after, page, reading, select } from "../core/state.js";
import { count, day, longDay, number, plain, span } from "../core/text.js";
import { answerWords, ruleWords } from "../core/words.js";
import { storyIntro, storyOverview } from "./storydetail.js";
import { turningPoints } from "./turning.js";

function latestRow(entry) {
  return h(
    "li",
    {},
    marker(entry.actors, 13),
    h(
      "div",
      {},
      link(() => select("event", entry.id), name(entry.text, 140)),
      h(
        "div",
        { class: "soft" },
        span(entry.earliest, entry.latest),
        entry.rule === undefined
          ? ` \u00b7 ${count(entry.claims.length + entry.against.length, "claim")} `
          : ` \u00b7 rule: ${ruleWords(entry.rule)}`,
        entry.disputed ? chip("no", "disputed") : "",
        entry.others_say ? ` ${plain(entry.others_say, 160)}` : "",
      ),
    ),
  );
}

/**
 * By cell, the claims known by a minute, and not taken back by then, that give an answer on it. A forecast is none.
 * @param {number} t
 * @returns {Map<string, Given.Claim[]>}
 */
function spokenBy(t) {
  const spoken = new Map();
  for (const claim of P.claims) {
    if (!claim.cell || claim.stance !== "asserts" || claim.known > t || claim.known < claim.earliest) continue;
    if (claim.retracted && claim.retracted.at <= t) continue;
    spoken.has(claim.cell) ? spoken.get(claim.cell).push(claim) : spoken.set(claim.cell, [claim]);
  }
  return spoken;
}

/**
 * Changes of control that best knowledge dates by a minute, and of which nobody had told by then, believed or not. An event is the
 * same by the claims that tell of it, under whatever id. The key judgements count alike (`_unknown_yet` of
 * `page/judgements/of_record.py`).
 * @param {number} t
 * @returns {Made.Entry[]}
 */
export function unknownYet(t) {
  const now = reading(),
    best = READINGS.get("best");
  if (!now.onTheDay || !best) return [];
  const mentioned = new Set(happened(now, t).flatMap((entry) => entry.claims));
  const spoken = spokenBy(t);
  const behind = new Set([...best.byEntry.values()].flatMap((entry) => entry.claims));
  const isOf = (claim, entry) =>
    entry.claims.includes(claim.id) ||
    entry.against.includes(claim.id) ||
    (claim.event === entry.event &&
      !behind.has(claim.id) &&
      claim.earliest <= entry.latest &&
      entry.earliest <= claim.latest);
  const wasClaimed = (entry) =>
    entry.claims
      .map((id) => CLAIMS.get(id))
      .filter((later) => later?.event === entry.event)
      .some((later) =>
        (spoken.get(later.cell) ?? []).some(
          (claim) => JSON.stringify(claim.answer) === JSON.stringify(later.answer) && isOf(claim, entry),
        ),
      );
  const changes = (entry) => entry.lane === "control" && entry.event !== "OrderUnknown" && best.changed.has(entry.id);
  return best.order
    .filter((entry) => changes(entry) && entry.time <= t && !entry.claims.some((claim) => mentioned.has(claim)))
    .filter((entry) => !wasClaimed(entry))
    .reverse();
}
function notYetKnown() {
  const unknown = unknownYet(page.t);
  if (!unknown.length) return null;
  const go_there = (entry) => select("event", entry.id, reading().byEntry.has(entry.id) ? {} : { reading: "best" });
  const rows = unknown.map((entry) =>
    h(
      "li",
      {},
      link(() => go_there(entry), name(entry.text, 140)),
      h(
        "div",
        { class: "soft" },
        `${span(entry.earliest, entry.latest)}${Number.isFinite(entry.known) ? `; first said ${day(entry.known)}` : ""}`,
      ),
    ),
  );
  return h(
    "div",
    { class: "note unknown" },
    h(
      "p",
      {},
      h("strong", {}, "Not known yet at this minute: "),
      `${count(unknown.length, "change")} of control that best current knowledge dates before it.`,
    ),
    h("ul", { class: "plainlist" }, rows.slice(0, 4)),
    rows.length > 4
      ? h(
          "details",
          {},
          h("summary", {}, `${number(rows.length - 4)} more`),
          h("ul", { class: "plainlist" }, rows.slice(4)),
        )
      : null,
  );
}

/** In the reading that takes what two voices tell: the places of which one alone says who holds them, each with that voice. */
function onOneVoice() {
  if (page.reading !== "two-origins") return null;
  const rows = (P.judgements ?? []).flatMap((one) => Object.entries(one.alone ?? {}));
  if (!rows.length) return null;
  const saidBy = (ids) =>
    ids.length
      ? ids.map((id, i) => [i ? ", " : "", link(() => select("claim", id), name(sourceName(CLAIMS.get(id)?.source ?? ""), 80))])
      : "assumed";
  const row = ([place, one]) =>
    h("li", {}, placeLink(place), `: ${plain(answerWords(one.holder), 80)} `, h("span", { class: "soft" }, "by ", saidBy(one.claims)));
  return [
    h("p", { class: "part" }, `On a single voice (${number(rows.length)})`),
    h("p", { class: "hint" }, "Best current knowledge gives these a holder on the word of one; this reading does not."),
    h("ul", { class: "plainlist alone" }, rows.map(row)),
  ];
}

/** How many rows a list that is folded out has at most. */
const ROWS = 400;

/** Places that best current knowledge gives otherwise at the minute than what was known then, folded away. */
function saidOtherwiseNow() {
  const then = reading(),
    best = READINGS.get("best");
  if (!then.onTheDay || !best) return null;
  const made = () =>
    [...PLACES.values()]
      .map((place) => [place.id, ...[then, best].map((one) => controlWords(control(one, place.id, page.t)))])
      .filter(([, known, now]) => known !== now);
  const rows = PLACES.size > ROWS ? null : made();
  if (rows && !rows.length) return null;
  const head = ["Place", "As known then", "As known now"].map((word) => h("th", { scope: "col" }, word));
  return foldout(`By what is known now, ${rows ? count(rows.length, "place") : "these places"} stood differently`, () => [
    h(
      "table",
      { class: "then-and-now" },
      h("thead", {}, h("tr", {}, head)),
      h(
        "tbody",
        {},
        (rows ?? made()).map(([id, known, now]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, link(() => select("place", id), name(placeName(id), 80))),
            h("td", {}, known),
            h("td", {}, now),
          ),
        ),
      ),
    ),
  ]);
}

/** A list that is made when it is folded out. */
function foldout(words, rows, open = false) {
  const box = h("details", {}, h("summary", {}, words));
  box.addEventListener("toggle", () => box.open && box.childElementCount === 1 && box.append(...rows()));
  box.open = open;
  return box;
}

/** Events of one place and day: the one, or how many with their sum, and each of them folded away. */
function gatheredRow({ place, time, events }) {
  if (events.length === 1) return latestRow(events[0]);
  const killed = killedWords(events),
    open = openWords(events);
  const where = `${place === null ? "No place given" : placeName(place)}, ${day(time)}`;
  const words = `${where}: ${eventCount(events)}${killed ? `, ${killed}` : ""}${open ? `; ${open}` : ""}`;
  return h("li", {}, h("div", {}, foldout(words, () => [h("ul", { class: "latest-list" }, events.map(latestRow))])));
}

/** A list of events; of many, those of one place and day are gathered. */
function eventList(entries) {
  if (entries.length <= MANY) return [h("ul", { class: "latest-list" }, entries.map(latestRow))];
  const groups = byPlaceAndDay(entries),
    left = groups.length - ROWS;
  return [
    h("ul", { class: "latest-list" }, groups.slice(0, ROWS).map(gatheredRow)),
    left > 0
      ? h("p", { class: "hint" }, `And ${count(left, "place and day", "places and days")} more: choose an earlier date.`)
      : "",
  ];
}

/**
 * What a mark of the events' chart gathers: how many events, the sum of the killed, and each of them by place and day.
 * @param {Made.Entry[]} events
 * @returns {Made.Child}
 */
export function gatheredDetail(events) {
  const killed = killedWords(events),
    open = openWords(events);
  const note = "The sum counts an event once, by the figures of this reading; an event without a number is in no sum.";
  return [
    heading(eventCount(events), span(events[0].time, events.at(-1).time)),
    killed ? h("p", { class: "big" }, killed) : null,
    killed ? h("p", { class: "soft" }, note) : null,
    open ? h("p", { class: "soft" }, `${open[0].toUpperCase()}${open.slice(1)}.`) : null,
    h("ul", { class: "latest-list" }, byPlaceAndDay(events).slice(0, ROWS).map(gatheredRow)),
  ];
}

/** A part of the list of what happened: some rows at once, the others folded away unless there is nothing else. */
function latestPart(title, entries, most, alone = false) {
  if (!entries.length) return null;
  const rest = entries.slice(most);
  if (!most) return foldout(`${title} (${number(rest.length)})`, () => eventList(rest), alone);
  return [
    h("p", { class: "part" }, title),
    h("ul", { class: "latest-list" }, entries.slice(0, most).map(latestRow)),
    rest.length ? foldout(`${number(rest.length)} before these`, () => eventList(rest)) : null,
  ];
}

/** What is told, or was foretold, up to the date, and is not held to have come: folded away. */
function unbelieved() {
  const rows = (reading().unbelieved ?? []).filter((one) => one.since <= page.t);
  if (!rows.length) return null;
  const claimLink = (id, i) => [i ? ", " : "", link(() => select("claim", id), plain(id, 60))];
  const row = (one) =>
    h(
      "li",
      {},
      h(
        "div",
        {},
        name(one.text, 160),
        h("div", { class: "soft" }, `${span(one.earliest, one.latest)} \u00b7 ${plain(one.note, 160)}: `, one.claims.map(claimLink)),
      ),
    );
  return foldout(`Not believed (${number(rows.length)})`, () => [
    h("ul", { class: "latest-list" }, rows.slice(0, ROWS).map(row)),
  ]);
}

/**
 * The latest changes up to the date, newest first, with how much is known by then: control before all else.
 * @returns {Made.Child}
 */
export function latest() {
  if (after(page.t)) return storyOverview();
  const now = reading();
  const done = happened(now, page.t).reverse();
  const moves = (entry) => now.story || entry.place === null || now.changed.has(entry.id);
  const lane = (...names) => done.filter((entry) => names.includes(entry.lane));
  const onControl = done.filter((entry) => entry.lane === "control" && moves(entry));
  const others = done.filter((entry) => (entry.lane === "control" ? !moves(entry) : entry.lane !== "statements"));
  return [
    storyIntro(),
    turningPoints(),
    now.story ? h("p", { class: "hint" }, `The latest by ${longDay(page.t)}; N and P go through them.`) : null,
    notYetKnown(),
    saidOtherwiseNow(),
    onOneVoice(),
    done.length
      ? null
      : h("p", { class: "empty" }, now.onTheDay ? "Nothing was known yet on this date." : "Nothing had happened yet."),
    latestPart("Control", onControl, 2),
    latestPart("Fighting and movement", others, 0, done.length === others.length),
    latestPart("Statements", lane("statements"), 0),
    unbelieved(),
  ];
}

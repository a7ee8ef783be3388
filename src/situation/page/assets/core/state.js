// The page's one state. Panels draw from it and never from each other; frames.js calls them where it has changed.
import { awaits, redraw } from "./frames.js";
import { FROM, nameAsOf, P, TO } from "./payload.js";
import { holdersEver, READINGS } from "./record.js";
import { BRANCH, FIRST_ORDER, firstQuestion, ofRecord, RECORD_END, storiesOf } from "./stories.js";
import { DAY, dayEnd, dayStart } from "./calendar.js";

/** The tab that stands open at first: of stories what they come to, of a record who held what. */
export const FIRST_TAB = BRANCH === null ? "control" : "forecast";

/** @type {Made.State} */
export const page = {
  t: TO,
  reading: P.readings[0].id,
  selection: null,
  span: "all",
  spanFrom: FROM,
  view: "valley",
  rule: "roads",
  symbols: P.symbols ? "app6" : "shapes",
  theme: "system",
  question: firstQuestion(),
  about: "",
  order: FIRST_ORDER,
  side: "",
  whose: "",
  stop: 0,
  rows: "source",
  unchanged: false,
  size: 0,
  charts: false,
  tab: FIRST_TAB,
};
/** The names of its parts. */
export const PARTS = /** @type {Made.Part[]} */ (Object.keys(page));
export const SPANS = [
  { id: "all", label: "whole window", days: null },
  { id: "month", label: "35 days", days: 35 },
  { id: "fortnight", label: "14 days", days: 14 },
  { id: "days", label: "4 days", days: 4 },
];
if (TO - FROM > 730 * DAY) SPANS.splice(1, 0, { id: "year", label: "one year", days: 366 });
if (TO - FROM > 7305 * DAY) SPANS.splice(1, 0, { id: "decade", label: "ten years", days: 3653 });
if (BRANCH !== null) SPANS.splice(1, 0, { id: "stories", label: "the stories", days: (TO - BRANCH) / DAY + 14 });
/** Begin where the payload says, else with the evening of the last change of control. */
function firstDate() {
  const last = READINGS.get(P.readings[0].id)
    .order.filter((entry) => entry.lane === "control" && entry.time <= TO)
    .at(-1);
  return P.start ?? (last ? Math.min(TO, dayEnd(last.time)) : TO);
}
const FIRST_DATE = firstDate();
export const firstMinute = () => Math.min(TO, Math.max(FROM, FIRST_DATE));

/** Begin with 35 days where most of what happens lies in them, else with the whole window. */
function recordSpan() {
  const at = Math.min(FIRST_DATE, RECORD_END),
    order = READINGS.get(P.readings[0].id).order.filter((entry) => entry.lane === "control");
  const near = order.filter((entry) => entry.time > at - 35 * DAY && entry.time <= at + 7 * DAY);
  return RECORD_END - FROM > 60 * DAY && near.length > order.length * 0.6 ? "month" : "all";
}
const RECORD_SPAN = recordSpan();
export const FIRST_SPAN = BRANCH === null ? RECORD_SPAN : "stories";
function same(a, b) {
  return a === b || (a && b && typeof a === "object" && a.kind === b.kind && a.id === b.id);
}

/**
 * Change the state; what depends on it is drawn in the next frame.
 * @param {Partial<Made.State>} change
 */
export function go(change) {
  if (change.t !== undefined) change = { ...change, t: Math.min(TO, Math.max(FROM, Math.round(change.t))) };
  for (const key of PARTS) {
    if (!(key in change) || same(page[key], change[key])) continue;
    Object.assign(page, { [key]: change[key] });
    redraw(key);
  }
  if (awaits("t") || awaits("reading")) keepInReading(change.t !== undefined);
  if (awaits("t") || awaits("span") || awaits("reading")) keepInSpan();
  if (nameAsOf(page.t)) redraw("reading");
}
/** The record's own readings end where it ends; who goes back to the stories comes back to the date that was left. */
let beyond = null;

/** @param {boolean} moved */
function keepInReading(moved) {
  if (page.t > END()) {
    beyond = page.t;
    page.t = END();
  } else if (beyond !== null && !recorded() && page.t === RECORD_END && !moved) {
    page.t = beyond;
    beyond = null;
  } else if (page.t !== RECORD_END) beyond = null;
  redraw("t");
}

/**
 * Whether the charts may be asked to show a part: shorter than the window, and of stories only where there are some.
 * @param {{ id: string, days: number | null }} one
 * @returns {boolean}
 */
export const offered = (one) =>
  (one.days === null || one.days * DAY < END() - FROM) && !(one.id === "stories" && recorded());
/**
 * The part of the window that the charts show; the record's own readings have one of theirs in place of the stories.
 * @returns {string}
 */
export function spanNow() {
  if (page.span === "stories" && recorded()) return RECORD_SPAN;
  return offered(SPANS.find((one) => one.id === page.span)) ? page.span : "all";
}

/** The selected date stays inside the part of the window that the charts show. */
function keepInSpan() {
  const length = spanLength(),
    end = END();
  let from = page.spanFrom;
  if (spanNow() === "all") from = FROM;
  else if (spanNow() === "stories" && page.t >= end - length) from = end - length;
  else if (awaits("span") || awaits("reading") || page.t < from || page.t > from + length) {
    from = Math.max(FROM, Math.min(end - length, dayStart(page.t - length * 0.5)));
  }
  if (from !== page.spanFrom) {
    page.spanFrom = from;
    redraw("spanFrom");
  }
}
function spanLength() {
  const days = SPANS.find((one) => one.id === spanNow()).days,
    whole = END() - FROM;
  return days === null ? whole : Math.min(days * DAY, whole);
}

/** @returns {[number, number]} */
export const shownSpan = () => [page.spanFrom, page.spanFrom + spanLength()];

/**
 * The present reading, and what it ends with.
 * @returns {Made.Reading}
 */
export const reading = () => READINGS.get(page.reading);

/** @returns {boolean} */
export const recorded = () => ofRecord(reading());

/** @returns {number} */
export const END = () => (recorded() ? RECORD_END : TO);

/** @returns {Given.Ensemble | null} */
export const storiesNow = () =>
  recorded() ? null : storiesOf(reading().stories ?? (reading().story?.side === "baseline" ? "baseline" : "scenario"));

/** @returns {boolean} */
export const differing = () => reading().stories === "difference";
/**
 * Whether a minute lies after the branch, in a reading that goes on with all stories, not with one.
 * @param {number} t
 * @returns {boolean}
 */
export const after = (t) => BRANCH !== null && t > BRANCH && reading().stories !== undefined;

/** @returns {number} */
export const lastKnown = () => (BRANCH !== null && reading().stories !== undefined ? BRANCH : END());

/**
 * Choose something: its claims appear in the detail panel.
 * @param {string | null} kind
 * @param {string | number} [id]
 * @param {Partial<Made.State>} [change]
 */
export function select(kind, id, change = {}) {
  go({ ...change, selection: kind === null ? null : { kind, id: String(id) } });
}

const BEFORE_BRANCH = P.claims.filter((claim) => !claim.later);
/**
 * The claims that the present reading may rest on: stories take no note of what was said after they leave the record,
 * and a view has the claims of its voices alone.
 * @returns {Given.Claim[]}
 */
export const usableClaims = () => {
  const claims = recorded() ? P.claims : BEFORE_BRANCH,
    only = reading().only;
  return only ? claims.filter((claim) => only.has(claim.id)) : claims;
};

/**
 * Claims that can be read at a minute.
 * @param {number} t
 * @returns {Given.Claim[]}
 */
export function knownClaims(t) {
  return usableClaims().filter((claim) => claim.known <= t);
}

/**
 * Something this browser was asked to remember; where files may not store anything, nothing is remembered.
 * @param {string} key
 * @returns {string | null}
 */
export function remembered(key) {
  try {
    return localStorage.getItem(`situation-${key}`);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @returns {boolean}
 */
export function remember(key, value) {
  try {
    localStorage.setItem(`situation-${key}`, value);
    return true;
  } catch {
    return false;
  }
}

/** Whether no source says of any place who ever holds it. */
export const noHolderKnown = () => recorded() && holdersEver(page.reading).every((id) => id === null);

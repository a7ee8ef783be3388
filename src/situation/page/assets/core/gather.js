// Events that would pile up: gathered by place and day, with the sum of the killed that they give.
import { dayEnd } from "./calendar.js";
import { count, number } from "./text.js";

/** More events than these in one part of the page are gathered. */
export const MANY = 300;

/**
 * @param {Made.Entry[]} entries
 * @returns {Made.Gathered[]}
 */
export function byPlaceAndDay(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const key = `${entry.place}|${dayEnd(entry.time)}`;
    groups.has(key) ? groups.get(key).push(entry) : groups.set(key, [entry]);
  }
  return [...groups.values()].map((events) => ({ place: events[0].place, time: events[0].time, events }));
}

/** What happened among some entries: that the order of some is not known is no event of its own. */
const withoutMarks = (entries) => entries.filter((entry) => entry.event !== "OrderUnknown");

/**
 * How many events some entries tell of: `9 events`.
 * @param {Made.Entry[]} entries
 * @returns {string}
 */
export const eventCount = (entries) => count(withoutMarks(entries).length, "event");

/**
 * What the sources leave open of some events: `the order of some is not known; sources disagree on 2 of them`; empty for nothing.
 * @param {Made.Entry[]} entries
 * @returns {string}
 */
export function openWords(entries) {
  const disputed = entries.filter((entry) => entry.disputed).length;
  const parts = [
    withoutMarks(entries).length < entries.length ? "the order of some is not known" : "",
    disputed ? `sources disagree on ${number(disputed)} of them` : "",
  ];
  return parts.filter(Boolean).join("; ");
}

/**
 * How many were killed by what some events give: least, best and most; null where none gives a number.
 * @param {Made.Entry[]} entries
 * @returns {{ killed: number[], without: number } | null}
 */
function killedIn(entries) {
  const counted = entries.flatMap((entry) => (entry.killed ? [entry.killed] : []));
  if (!counted.length) return null;
  const sum = [0, 1, 2].map((i) => counted.reduce((all, one) => all + one[i], 0));
  return { killed: sum, without: withoutMarks(entries).length - counted.length };
}

/**
 * How many were killed, in words: `45 to 60, best 51 killed; 3 of the events give no number`; empty where nothing is given.
 * @param {Made.Entry[]} entries
 * @returns {string}
 */
export function killedWords(entries) {
  const sum = killedIn(entries);
  if (!sum) return "";
  const [low, best, high] = sum.killed;
  const range = low < high ? `${number(low)} to ${number(high)}, best ${number(best)}` : number(best);
  const without = sum.without ? `; ${number(sum.without)} of the events ${sum.without > 1 ? "give" : "gives"} no number` : "";
  return `${range} killed${without}`;
}

/**
 * Entries in columns of some width, by where they stand; each column in the order of its entries.
 * @param {Made.Entry[]} entries
 * @param {(entry: Made.Entry) => number} x
 * @param {number} width
 * @returns {Made.Entry[][]}
 */
export function inColumns(entries, x, width) {
  const columns = new Map();
  for (const entry of entries) {
    const key = Math.floor(x(entry) / width);
    columns.has(key) ? columns.get(key).push(entry) : columns.set(key, [entry]);
  }
  return [...columns.values()];
}

/** The name of what a mark gathers: lane, first and last minute. */
const NAME = /^(\w+)\|(-?\d+)\|(-?\d+)$/;

/** @param {Made.Entry[]} entries */
export const gatheredName = (entries) => `${entries[0].lane}|${entries[0].time}|${entries.at(-1).time}`;

/**
 * The events that a name gathers, of some in order; null where the name is of none.
 * @param {string} name
 * @param {Made.Entry[]} order
 * @returns {Made.Entry[] | null}
 */
export function gatheredIn(name, order) {
  const parts = NAME.exec(name);
  if (!parts) return null;
  const [, lane, first, last] = parts;
  return order.filter((entry) => entry.lane === lane && entry.time >= Number(first) && entry.time <= Number(last));
}

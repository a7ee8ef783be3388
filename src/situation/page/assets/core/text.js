// Words, numbers and dates. Every string of the record passes through plain() before it is shown.
import { OFFSET } from "./payload.js";

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const LONG_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export const DAY = 1440;
const TURNING_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROL_MARKS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A string fit to show: marks that turn the direction of text become visible, over-long text is cut.
 * @param {unknown} value
 * @param {number} [limit]
 * @returns {string}
 */
export function plain(value, limit = 600) {
  const text = String(value ?? "")
    .replace(TURNING_MARKS, "\ufffd")
    .replace(CONTROL_MARKS, "");
  if (text.length <= limit) return text;
  return `${Array.from(text.slice(0, limit)).slice(0, -1).join("")}\u2026`;
}

/**
 * @param {number | null | undefined} value
 * @returns {string}
 */
export function number(value) {
  return value === null || value === undefined ? "" : Number(value).toLocaleString("en-GB");
}

/**
 * "1,500 to 2,500", "about 1,500", "2,000 or more".
 * @param {number | null} low
 * @param {number | null} best
 * @param {number | null} high
 * @returns {string}
 */
export function range(low, best, high) {
  if (low !== null && high !== null && low !== undefined && high !== undefined) {
    return low === high ? number(low) : `${number(low)} to ${number(high)}`;
  }
  if (low !== null && low !== undefined) return `${number(low)} or more`;
  if (high !== null && high !== undefined) return `up to ${number(high)}`;
  return best === null || best === undefined ? "no number" : `about ${number(best)}`;
}

/**
 * @param {number} n
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export function count(n, one, many) {
  return `${number(n)} ${n === 1 ? one : (many ?? `${one}s`)}`;
}

const ONE = {
  days: "day",
  hours: "hour",
  men: "man",
  fighters: "fighter",
  troops: "soldier",
  persons: "person",
  places: "place",
};
/**
 * The unit of a figure in words: "fighters", but of one "fighter".
 * @param {string} figure
 * @param {string | null} unit
 * @param {number} [limit]
 * @returns {string}
 */
export function unitFor(figure, unit, limit = 40) {
  return (/^(?:about )?[+\u2212]?1$/.test(figure) && ONE[unit]) || plain(unit ?? "", limit);
}
/**
 * An estimate with its unit: "1,500 to 2,500 fighters".
 * @param {{ low: number | null, best: number | null, high: number | null, unit: string }} estimate
 * @returns {string}
 */
export function rangeOf({ low, best, high, unit }) {
  const figure = range(low, best, high);
  return `${figure} ${unitFor(figure, unit)}`;
}

/**
 * "StrengthAssessed" as "Strength assessed".
 * @param {string} word
 * @returns {string}
 */
export function unjoined(word) {
  const text = String(word).replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const two = (n) => String(n).padStart(2, "0");

/**
 * A date whose UTC fields read as local time of the theatre.
 * @param {number} minute
 * @returns {Date}
 */
export function local(minute) {
  return new Date((minute + OFFSET) * 60000);
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function day(minute) {
  const d = local(minute);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function shortDay(minute) {
  const d = local(minute);
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function longDay(minute) {
  const d = local(minute);
  return `${d.getUTCDate()} ${LONG_MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function clock(minute) {
  const d = local(minute);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function moment(minute) {
  return `${day(minute)}, ${clock(minute)}`;
}

/**
 * First and last minute of the local day that holds the minute.
 * @param {number} minute
 * @returns {number}
 */
export function dayStart(minute) {
  return Math.floor((minute + OFFSET) / DAY) * DAY - OFFSET;
}

/**
 * @param {number} minute
 * @returns {number}
 */
export function dayEnd(minute) {
  return dayStart(minute) + DAY - 1;
}

/**
 * An interval as it is known: a day, a span of days, or hours of one day.
 * @param {number | null} earliest
 * @param {number | null} latest
 * @returns {string}
 */
export function span(earliest, latest) {
  if (earliest === null || earliest === undefined)
    return latest === null || latest === undefined ? "not dated" : `by ${day(latest)}`;
  if (latest === null || latest === undefined) return `from ${day(earliest)}`;
  const last = latest > earliest && latest === dayStart(latest) ? latest - 1 : latest;
  if (dayStart(earliest) === dayStart(last)) {
    const whole = last - earliest >= DAY - 2;
    if (whole) return day(earliest);
    return earliest === last ? moment(earliest) : `${day(earliest)}, ${clock(earliest)} to ${clock(last)}`;
  }
  const years = local(earliest).getUTCFullYear() !== local(last).getUTCFullYear();
  return `${years ? day(earliest) : shortDay(earliest)} \u2013 ${day(last)}`;
}

/**
 * "UTC+3" for the theatre's clock.
 * @returns {string}
 */
export function zone() {
  const hours = Math.abs(OFFSET) / 60;
  return `UTC${OFFSET < 0 ? "\u2212" : "+"}${Number.isInteger(hours) ? hours : hours.toFixed(1)}`;
}

/**
 * The form of a time in the address: local time of the theatre, 2017-11-03T2359.
 * @param {number} minute
 * @returns {string}
 */
export function stamp(minute) {
  const d = local(minute);
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}T${two(d.getUTCHours())}${two(d.getUTCMinutes())}`;
}

/**
 * A minute in full, after ISO 8601, in local time of the theatre: 2017-11-03T23:59+03:00.
 * @param {number} minute
 * @returns {string}
 */
export function isoTime(minute) {
  const d = local(minute),
    away = Math.abs(OFFSET);
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}T${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${OFFSET < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/**
 * Read a time of the address; a bare date is that day's end. Null where it is no date.
 * @param {string} text
 * @returns {number | null}
 */
export function readStamp(text) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d))?$/.exec(text);
  if (!parts) return null;
  const [, y, m, d, hours = "23", minutes = "59"] = parts;
  const ms = Date.UTC(+y, +m - 1, +d, +hours, +minutes);
  if (new Date(ms).getUTCDate() !== +d || +minutes > 59) return null;
  return ms / 60000 - OFFSET;
}

/**
 * Spellings brought together: case, accents, apostrophes, hyphens, Arabic vowel marks and forms of alef.
 * @param {string} text
 * @returns {string}
 */
export function spelling(text) {
  return String(text)
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
    .replace(/\u0629/g, "\u0647")
    .replace(/\u0649/g, "\u064a")
    .replace(/['\u2018\u2019\u02bb\u02bc`]/g, "")
    .replace(/[-\u2010-\u2015_.,]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const ARTICLES = /^(?:al|el|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|az|ez|il|l)$/;
/** Letters that stand for one sound brought together, in our alphabet. */
function bySound(text) {
  return text
    .replace(/w(?=[^aeiou]|$)/g, "u")
    .replace(/au/g, "o")
    .replace(/ou|oo/g, "u")
    .replace(/ee/g, "i")
    .replace(/y/g, "i")
    .replace(/ei/g, "ai")
    .replace(/q/g, "k")
    .replace(/(.)\1+/g, "$1")
    .replace(/(?<=[ae])h$/, "")
    .replace(/e$/, "a");
}
/**
 * A name by its sound, without spaces and hyphens: without its articles, and with them.
 * @param {string} text
 * @returns {string[]}
 */
export function looseSpellings(text) {
  const words = spelling(text)
      .split(" ")
      .map((word) => word.replace(/^\u0627\u0644(?=..)/, "")),
    bare = words.filter((word) => !ARTICLES.test(word));
  return [bare.length ? bare : words, words].map((some) => bySound(some.join("")));
}

/**
 * @param {string} text
 * @returns {string}
 */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

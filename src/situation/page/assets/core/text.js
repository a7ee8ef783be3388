// Words, numbers and dates. Every string of the record passes through plain() before it is shown.
import { localDate, DAY, dayNumber, dayStart, instant, JULIAN, offsetAt, ZONE } from "./calendar.js";
import { FROM } from "./payload.js";

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
export const LONG_MONTHS = [
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
 * Two ends in words: "3 Nov to never"; one of them where both read alike.
 * @param {string} low
 * @param {string} high
 * @returns {string}
 */
export const spanWords = (low, high) => (low === high ? low : `${low} to ${high}`);

/**
 * "1,500 to 2,500", "about 1,500", "2,000 or more".
 * @param {number | null} low
 * @param {number | null} best
 * @param {number | null} high
 * @returns {string}
 */
export function range(low, best, high) {
  if (low !== null && high !== null && low !== undefined && high !== undefined) {
    return spanWords(number(low), number(high));
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
 * A year as people write it: 2017, 476 CE, 44 BCE.
 * @param {number} year
 * @returns {string}
 */
export const yearWords = (year) => (year < 1 ? `${1 - year} BCE` : year < 1000 ? `${year} CE` : String(year));
/** A year as a file has it: four digits, a minus before those before the year 0. */
const fourDigits = (year) => `${year < 0 ? "-" : ""}${String(Math.abs(year)).padStart(4, "0")}`;

/**
 * @param {number} minute
 * @returns {string}
 */
export function day(minute) {
  const d = localDate(minute);
  return `${d.day} ${MONTHS[d.month - 1]} ${yearWords(d.year)}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function shortDay(minute) {
  const d = localDate(minute);
  return `${d.day} ${MONTHS[d.month - 1]}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function longDay(minute) {
  const d = localDate(minute);
  return `${d.day} ${LONG_MONTHS[d.month - 1]} ${yearWords(d.year)}`;
}

/**
 * "4 December", beside a date that has its year.
 * @param {number} minute
 * @returns {string}
 */
export function dayOfYear(minute) {
  const d = localDate(minute);
  return `${d.day} ${LONG_MONTHS[d.month - 1]}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function clock(minute) {
  const d = localDate(minute);
  return `${two(d.hour)}:${two(d.minute)}`;
}

/**
 * @param {number} minute
 * @returns {string}
 */
export function moment(minute) {
  return `${day(minute)}, ${clock(minute)}`;
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
  const years = localDate(earliest).year !== localDate(last).year;
  return `${years ? day(earliest) : shortDay(earliest)} \u2013 ${day(last)}`;
}

/**
 * The theatre's clock: its zone by name, or "UTC+3"; and its calendar where that is not ours.
 * @param {number} [minute]
 * @returns {string}
 */
export function zone(minute = FROM) {
  const offset = offsetAt(minute),
    hours = Math.abs(offset) / 60;
  const away = `UTC${offset < 0 ? "\u2212" : "+"}${Number.isInteger(hours) ? hours : hours.toFixed(1)}`;
  return `${plain(ZONE || away, 60)}${JULIAN ? ", Julian calendar" : ""}`;
}

/**
 * The form of a time in the address: local time of the theatre, 2017-11-03T2359.
 * @param {number} minute
 * @returns {string}
 */
export function stamp(minute) {
  const d = localDate(minute);
  return `${fourDigits(d.year)}-${two(d.month)}-${two(d.day)}T${two(d.hour)}${two(d.minute)}`;
}

/**
 * A minute in full, after ISO 8601, in local time of the theatre: 2017-11-03T23:59+03:00.
 * @param {number} minute
 * @returns {string}
 */
export function isoTime(minute) {
  const d = localDate(minute),
    offset = offsetAt(minute),
    away = Math.abs(offset);
  return `${fourDigits(d.year)}-${two(d.month)}-${two(d.day)}T${two(d.hour)}:${two(d.minute)}${offset < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/**
 * Read a time of the address; a bare date is that day's end. Null where it is no date.
 * @param {string} text
 * @returns {number | null}
 */
export function readStamp(text) {
  const parts = /^(-?\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d))?$/.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute] = [parts[1], parts[2], parts[3], parts[4] ?? "23", parts[5] ?? "59"].map(Number);
  if (month < 1 || month > 12 || hour > 23 || minute > 59) return null;
  const read = instant(dayNumber(year, month, day) * DAY + hour * 60 + minute),
    date = localDate(read);
  return date.day === day && date.month === month ? read : null;
}

/**
 * @param {string} text
 * @returns {string}
 */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Words as a list in a sentence: "a, b and c".
 * @param {string[]} words
 * @param {string} last
 * @returns {string}
 */
export const listWords = (words, last) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}` : words.join("");

// The theatre's clock and calendar: from minutes to local dates and back, as the record's own, testimony/dating/clock.py.
import { P } from "./payload.js";

export const DAY = 1440;
export const ZONE = P.clock?.zone ?? "";
export const JULIAN = P.clock?.calendar === "julian";
const CHANGES = P.clock?.changes ?? [];
/** More minutes than any zone is away from UTC. */
const REACH = 1560;

/**
 * Minutes by which local time is ahead of UTC at a minute.
 * @param {number} minute
 * @returns {number}
 */
export function offsetAt(minute) {
  let low = 0,
    high = CHANGES.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (CHANGES[middle][0] <= minute) low = middle + 1;
    else high = middle;
  }
  return low ? CHANGES[low - 1][1] : P.utc_offset_min;
}

/**
 * The first minute at which local clocks show a time, or a later one where they skip it.
 * @param {number} local
 * @returns {number}
 */
export function instant(local) {
  const guesses = [local - offsetAt(local + REACH), local - offsetAt(local - REACH)].sort((a, b) => a - b);
  const exact = guesses.find((minute) => minute + offsetAt(minute) === local);
  if (exact !== undefined) return exact;
  return CHANGES.find(([since]) => since > guesses[0] && since <= guesses[1])?.[0] ?? guesses[1];
}

/** Days of a cycle of years that begins in March before one of its years. */
const daysBefore = (year) => 365 * year + Math.floor(year / 4) - (JULIAN ? 0 : Math.floor(year / 100));
const CYCLE = JULIAN ? { years: 4, days: 1461, epoch: 719470 } : { years: 400, days: 146097, epoch: 719468 };

/**
 * Days from 1970-01-01 (Gregorian) to a date of the theatre's calendar.
 * @param {number} year
 * @param {number} month
 * @param {number} day
 * @returns {number}
 */
export function dayNumber(year, month, day) {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9],
    cycle = Math.floor(y / CYCLE.years);
  return cycle * CYCLE.days + daysBefore(y - cycle * CYCLE.years) + Math.floor((153 * m + 2) / 5) + day - 1 - CYCLE.epoch;
}

/**
 * The local date and time of a minute; year 0 is 1 BCE.
 * @param {number} minute
 * @returns {{ year: number, month: number, day: number, hour: number, minute: number }}
 */
export function localDate(minute) {
  const local = minute + offsetAt(minute),
    number = Math.floor(local / DAY),
    ofDay = local - number * DAY,
    cycle = Math.floor((number + CYCLE.epoch) / CYCLE.days);
  let rest = number + CYCLE.epoch - cycle * CYCLE.days,
    year = Math.min(Math.floor(rest / 365), CYCLE.years - 1);
  while (daysBefore(year) > rest) year -= 1;
  rest -= daysBefore(year);
  const m = Math.floor((5 * rest + 2) / 153);
  return {
    year: year + cycle * CYCLE.years + (m < 10 ? 0 : 1),
    month: m < 10 ? m + 3 : m - 9,
    day: rest - Math.floor((153 * m + 2) / 5) + 1,
    hour: Math.floor(ofDay / 60),
    minute: Math.floor(ofDay % 60),
  };
}

/**
 * First and last minute of the local day that holds the minute.
 * @param {number} minute
 * @returns {number}
 */
export function dayStart(minute) {
  return instant(Math.floor((minute + offsetAt(minute)) / DAY) * DAY);
}

/**
 * @param {number} minute
 * @returns {number}
 */
export function dayEnd(minute) {
  return instant((Math.floor((minute + offsetAt(minute)) / DAY) + 1) * DAY) - 1;
}

/**
 * The first minute of each month between two minutes; of each so many months, counted from January.
 * @param {number} from
 * @param {number} to
 * @param {number} [step]
 * @param {boolean} [asSpoken] count years before the year 1 as they are spoken of: 500 BCE is the year -499
 * @returns {number[]}
 */
export function monthStarts(from, to, step = 1, asSpoken = false) {
  const first = localDate(from),
    marks = [];
  let month = Math.ceil((first.year * 12 + first.month - 1) / step) * step;
  for (;;) {
    const year = Math.floor(month / 12) + (asSpoken && month < 0 ? 1 : 0),
      t = instant(dayNumber(year, (((month % 12) + 12) % 12) + 1, 1) * DAY);
    if (t > to) return marks;
    if (t >= from) marks.push(t);
    month += step;
  }
}

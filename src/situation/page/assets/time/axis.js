// The axis of time: where a minute falls on it, and which dates it marks.
import { FROM, TO } from "../core/payload.js";
import { shownSpan } from "../core/state.js";
import { localDate, DAY, dayEnd, dayStart, monthStarts } from "../core/calendar.js";
import { day, MONTHS, shortDay, yearWords } from "../core/text.js";

/**
 * @param {number} t
 * @param {number} left
 * @param {number} right
 * @returns {number}
 */
export const acrossTime = (t, left, right) => {
  const [a, b] = shownSpan();
  return left + ((t - a) / (b - a)) * (right - left);
};

/** So many months between two dates of a long axis: months, quarters and halves, then years by ones, twos and fives. */
const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000];

/**
 * The dates of an axis of months, years or centuries: a month within one year by its name, all else with the year.
 * @param {number} left
 * @param {number} right
 * @param {number} room
 * @param {[number, number]} between
 * @returns {{ t: number, text: string }[]}
 */
export function longTicks(left, right, room, [a, b]) {
  const months = (b - a) / (30.44 * DAY),
    step = STEPS.find((n) => (months / n) * room * 0.75 <= right - left) ?? STEPS.at(-1),
    manyYears = localDate(a).year !== localDate(dayEnd(b)).year;
  return monthStarts(a, b, step, step > 12).map((t) => {
    const { year, month } = localDate(t);
    if (step >= 12) return { t, text: yearWords(year) };
    return { t, text: manyYears && (month === 1 || step > 1) ? `${MONTHS[month - 1]} ${yearWords(year)}` : `1 ${MONTHS[month - 1]}` };
  });
}

/**
 * @param {number} left
 * @param {number} right
 * @param {number} [room]
 * @param {[number, number]} [between]
 * @returns {{ t: number, text: string }[]}
 */
export function timeTicks(left, right, room = 62, [a, b] = shownSpan()) {
  const days = (b - a) / DAY,
    marks = [];
  const step = [1, 2, 3, 5, 7, 14].find((n) => (days / n) * room <= right - left) ?? 0;
  if (days > 60 || !step) return longTicks(left, right, room, [a, b]);
  for (let t = dayStart(b - 1); t >= a; t = dayStart(t - step * DAY + DAY / 2)) marks.push({ t, text: shortDay(t) });
  const first = marks.at(-1);
  if (first && localDate(FROM).year !== localDate(TO).year) first.text = day(first.t);
  return marks.reverse();
}

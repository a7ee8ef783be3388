// The axis of time: where a minute falls on it, and which dates it marks.
import { shownSpan } from "../core/state.js";
import { DAY, dayStart, local, MONTHS, shortDay } from "../core/text.js";

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
  if (days > 60 || !step) {
    for (let t = dayStart(a); t <= b; t += DAY)
      if (local(t).getUTCDate() === 1 && t >= a) marks.push({ t, text: `1 ${MONTHS[local(t).getUTCMonth()]}` });
    return marks;
  }
  for (let t = dayStart(b - 1); t >= a; t -= step * DAY) marks.push({ t, text: shortDay(t) });
  return marks.reverse();
}

// Answers as marks on a scale.
import { h } from "../core/elements.js";
import { TO } from "../core/payload.js";
import { storiesNow } from "../core/state.js";
import { BRANCH, STORIES } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { number } from "../core/text.js";
import { answered, asksDays, baselineAnswer, gapWords, isShare, measured, twinOf } from "./answers.js";

/**
 * A line of a scale with two spans and a mark; all numbers are parts of the whole, 0 to 1.
 * @param {{ thin?: number[], thick?: number[], mark?: number, hollow?: number, zero?: number, ends?: string[] }} marks
 * @returns {Made.Child}
 */
export function dotRow({ thin, thick, mark, hollow, zero, ends }) {
  const cut = (value) => Math.min(1, Math.max(0, value));
  const from = (value) => `${(100 * cut(value)).toFixed(2)}%`,
    wide = (/** @type {number[]} */ [a, b]) => `${(100 * Math.max(0.004, cut(b) - cut(a))).toFixed(2)}%`;
  const some = (value) => value !== undefined && value !== null;
  const line = h(
    "span",
    { class: "dots", "aria-hidden": "true" },
    some(zero) ? h("span", { class: "dots-zero", style: { left: from(zero) } }) : null,
    thin ? h("span", { class: "dots-thin", style: { left: from(thin[0]), width: wide(thin) } }) : null,
    thick ? h("span", { class: "dots-thick", style: { left: from(thick[0]), width: wide(thick) } }) : null,
    some(hollow) ? h("span", { class: "dots-hollow", style: { left: from(hollow) } }) : null,
    some(mark) ? h("span", { class: "dots-mark", style: { left: from(mark) } }) : null,
  );
  return ends
    ? [
        line,
        h(
          "span",
          { class: "ends", "aria-hidden": "true" },
          ends.map((text) => h("span", {}, text)),
        ),
      ]
    : line;
}

/**
 * How far a number's scale goes: the horizon for days, else an even number above the highest, whose half is whole.
 * @param {Made.Answer} answer
 * @returns {number}
 */
export function scaleOf(answer) {
  if (isShare(answer)) return 1;
  if (asksDays(answer)) return (TO - BRANCH) / DAY;
  const most = Math.max(
    1,
    ...[...STORIES.values()].flatMap((one) =>
      one.questions.filter((q) => q.id === answer.id).flatMap((q) => [q.p95 ?? 0, q.mean ?? 0]),
    ),
  );
  return 2 * Math.ceil((most * 1.05) / 2);
}

/**
 * @param {Made.Answer} answer
 * @param {boolean} wide
 * @returns {Made.Child}
 */
export function answerDots(answer, wide) {
  if (!answered(answer)) return null;
  const top = scaleOf(answer),
    part = (value) => (value === null || value === undefined ? 1 : value / top),
    base = baselineAnswer(answer);
  const ends =
    !wide && isShare(answer)
      ? null
      : isShare(answer)
        ? ["0 %", "50 %", "100 %"]
        : ["0", number(Math.round(top * 5) / 10), measured(answer, number(Math.round(top * 10) / 10))];
  if (isShare(answer))
    return dotRow({ ends, thin: answer.outer, thick: answer.interval, mark: answer.share, hollow: base?.share });
  return dotRow({
    ends,
    thin: [part(answer.p05), part(answer.p95)],
    thick: [part(answer.p25), part(answer.p75)],
    mark: part(answer.p50),
    hollow: base && answered(base) ? part(base.p50) : null,
  });
}
/**
 * All differences of shares lie on one scale, so that they compare; days and men each have their own.
 * @param {Made.Answer} answer
 * @returns {number}
 */
export function gapScale(answer) {
  const widest = (rows) =>
    Math.max(1e-9, ...rows.flatMap((twin) => [twin.difference, ...(twin.interval ?? [])]).map(Math.abs)) * 1.1;
  if (isShare(answer)) return Math.min(1, Math.max(0.01, widest(storiesNow().questions.filter(isShare).map(twinOf).filter(Boolean))));
  return Math.max(Math.ceil(widest([twinOf(answer)])), asksDays(answer) ? 1 : 10);
}

/**
 * @param {Made.Answer} answer
 * @param {boolean} wide
 * @returns {Made.Child}
 */
export function gapDots(answer, wide) {
  const twin = twinOf(answer);
  if (!twin) return null;
  const most = gapScale(answer),
    part = (value) => 0.5 + value / most / 2,
    round = isShare(answer) ? Math.round(most * 100) / 100 : Math.round(most);
  return dotRow({
    ends: wide || !isShare(answer) ? [gapWords(answer, -round), "no difference", gapWords(answer, round)] : null,
    thick: twin.interval ? twin.interval.map(part) : undefined,
    mark: part(twin.difference),
    zero: 0.5,
  });
}

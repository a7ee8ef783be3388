// What an answer hangs on: the numbers that move it, and which of them stand out from luck.
import { differing, storiesNow } from "../core/state.js";
import { percent, signed, storiesWords } from "../core/stories.js";
import { numberWords } from "../core/words.js";
import { amount, finely, gapWords, inAnswer, isShare, twinOf } from "./answers.js";

/**
 * In a difference a number moves the difference; else it moves the answer.
 * @param {Made.Answer} answer
 * @returns {Made.Answer | null}
 */
export const heavy = (answer) => (differing() ? twinOf(answer) : answer);

/**
 * @param {Made.Answer} answer
 * @param {number} value
 * @returns {string}
 */
export const heavyWords = (answer, value) => (differing() ? gapWords(answer, value) : inAnswer(answer, value));
/**
 * The same without its unit where a difference would say it twice in a row.
 * @param {Made.Answer} answer
 * @param {number} value
 * @returns {string}
 */
export const heavyShort = (answer, value) =>
  differing()
    ? signed(isShare(answer) ? value * 100 : value, isShare(answer) ? 1 : finely(value))
    : isShare(answer)
      ? percent(value)
      : amount(value);
export const SURE = 3.6; // standard errors: some 150 numbers are looked at, and some 20 disputes

/**
 * @param {{ low: number, high: number, error: number }} weight
 * @returns {boolean}
 */
export const byLuck = (weight) => Math.abs(weight.high - weight.low) <= SURE * weight.error;

/** The number that moves an answer most: the one that stands out from luck, if one does. */
function heaviest(answer) {
  const rows = (heavy(answer)?.weights ?? []).filter((one) => one.low !== one.high),
    sure = rows.find((one) => !byLuck(one));
  return rows.length ? { weight: sure ?? rows[0], sure: Boolean(sure) } : null;
}

/**
 * What it hangs on most, in one sentence.
 * @param {Made.Answer} answer
 * @returns {string | null}
 */
export function hangsSentence(answer) {
  const match = heaviest(answer);
  if (!match) return null;
  const { weight, sure } = match,
    row = storiesNow().numbers[weight.number];
  const swing =
    `${heavyWords(answer, weight.low)} where it is low, ${heavyWords(answer, weight.high)} ` + "where it is high";
  if (!sure)
    return (
      `No single number stands out from luck in ${storiesWords(storiesNow())}. The ` +
      `widest swing, which may be luck, goes with \u201c${numberWords(weight.number)}\u201d: ` +
      `${swing}.`
    );
  return (
    `Most of all on \u201c${numberWords(weight.number)}\u201d${row?.source === "ASSUMED" ? ", which is assumed" : ""}: ` +
    `${swing}.`
  );
}

// Right-to-left names among the words of the page: each stands apart, so that it turns nothing round it.
import { P } from "./payload.js";
import { plain } from "./text.js";

const TURNED = "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";
const TURNS = new RegExp(TURNED, "u");

/** Every name of the payload with letters that run from right to left, the longest first, as part of a pattern. */
function turnedNames() {
  const named = [...P.actors, ...P.places, ...(P.regions ?? []), ...P.speakers, ...P.origins].map((one) => one.name);
  const all = [...named, ...P.sources.flatMap((one) => [one.outlet, one.title])];
  return [...new Set(all.filter((text) => TURNS.test(text ?? "")).map((text) => plain(text)))]
    .sort((a, b) => b.length - a.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
}
const TURNED_NAMES = turnedNames();
const NAMED = new RegExp(TURNED_NAMES.join("|") || "$^", "gu");
const APART = new RegExp([...TURNED_NAMES, `${TURNED}+(?:[ '\\u2019.-]+${TURNED}+)*`].join("|"), "gu");

/**
 * A text with marks round each right-to-left name in it. It comes last: plain() would show the marks.
 * @param {string} text
 * @returns {string}
 */
export const isolated = (text) => (TURNS.test(text) ? text.replace(APART, "\u2068$&\u2069") : text);

/**
 * The direction of a text by its first letter outside names; null for a name alone, which has its own.
 * @param {string} text
 * @returns {string | null}
 */
export function directionOf(text) {
  if (!TURNS.test(text)) return null;
  const around = text.replace(NAMED, ""),
    [first] = around.match(/\p{L}/u) ?? [null];
  if (first !== null) return TURNS.test(first) ? "rtl" : "ltr";
  return around === "" && text.match(NAMED).length === 1 ? null : "ltr";
}

// Text made harmless in what the page gives away as files: the same as the record's own, harmless.py.

const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}\u{d800}-\u{dfff}]/gu;
const FORMULA = /^(?:[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n])/;
const NUMBER = /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/**
 * JSON in which each harmful character is written as its escape.
 * @param {unknown} value
 * @returns {string}
 */
export function harmlessJson(value) {
  const escaped = (match) =>
    /[\n\t]/.test(match)
      ? match
      : [...Array(match.length).keys()].map((i) => `\\u${match.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
  return JSON.stringify(value, null, 1).replace(HARMFUL, escaped);
}

/**
 * A cell of CSV in quotes, which no spreadsheet runs: before what begins like a formula stands an apostrophe.
 * @param {unknown} cell
 * @returns {string}
 */
export function csvCell(cell) {
  const text = String(cell),
    bare = text.replace(HARMFUL, "\ufffd");
  const inert = FORMULA.test(text) && !NUMBER.test(text) ? `'${bare}` : bare;
  return `"${inert.replace(/"/g, '""')}"`;
}

// The other names of a place or an actor, which stand small beside the name.
import { h, name } from "./elements.js";
import { otherNames } from "./payload.js";

/** What is left of a name in which case, marks and spaces do not count: "El Alamein" is no other name beside "el-Alamein". */
const bareName = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/**
 * All names that a place or an actor has beside the one shown: of other times first, then as sources have them.
 * @param {{ name: string, aliases: string[], names?: any[][] }} row
 * @param {string} shown
 * @returns {string[]}
 */
export function alsoKnownAs(row, shown) {
  const named = new Map([[bareName(shown), shown]]);
  for (const other of [...otherNames(row), ...row.aliases])
    if (!named.has(bareName(other))) named.set(bareName(other), other);
  return [...named.values()].slice(1);
}

/**
 * As many of them as stand in a short line, in brackets; nothing where none does.
 * @param {{ name: string, aliases: string[], names?: any[][] }} row
 * @param {string} shown
 * @param {number} most letters
 * @returns {Made.Child}
 */
export function otherNamesBeside(row, shown, most) {
  const names = [];
  let length = 0;
  for (const one of alsoKnownAs(row, shown)) {
    length += one.length + 2;
    if (length > most) break;
    names.push(one);
  }
  return names.length
    ? h("span", { class: "other-names" }, " (", names.map((one, i) => [i ? ", " : "", name(one, most)]), ")")
    : null;
}

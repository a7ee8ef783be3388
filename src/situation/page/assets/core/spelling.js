// Spellings of one name brought together, in any script: the same as the record's own, testimony/spelling.py.

const MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/g;
/** Letters in their plain forms: each of the first becomes the second. */
const LETTERS_AS_WRITTEN = [
  ["\u0622\u0623\u0625\u0671\u0672\u0673\u0675", "\u0627"],
  ["\u0629\u06c0\u06c1\u06c2\u06c3\u06d5\u06be", "\u0647"],
  ["\u0649\u06cc\u06d2\u0626\u0678", "\u064a"],
  ["\u0624", "\u0648"],
  ["\u06a9", "\u0643"],
  ["\u03c2", "\u03c3"],
  ["\u00f8", "o"],
  ["\u0142", "l"],
  ["\u0111\u00f0", "d"],
  ["\u0127", "h"],
  ["\u0131", "i"],
  ["\u00e6", "ae"],
  ["\u0153", "oe"],
  ["\u00fe", "th"],
];
const PLAIN = new Map(LETTERS_AS_WRITTEN.flatMap(([from, to]) => [...from].map((letter) => [letter, to])));
const NO_LETTER = /[\u02b0-\u02ff\u0374\u0375\u037a\u0384\u0640\u07f4\u07f5\u00aa\u00ba]/g;

/** A digit of any script as ours. */
function digit(letter) {
  if (!/\p{Nd}/u.test(letter)) return letter;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - value - 1))) value += 1;
  return String(value);
}

/**
 * A name without case, accents, apostrophes, hyphens and spaces: spellings with one key are the same name.
 * @param {string} text
 * @returns {string}
 */
export function spellingKey(text) {
  const bare = String(text).toUpperCase().toLowerCase().normalize("NFKD").replace(MARKS, "");
  const formed = [...bare].map((letter) => PLAIN.get(letter) ?? letter).join("");
  const letters = formed.normalize("NFKD").replace(MARKS, "").replace(NO_LETTER, "");
  return [...letters]
    .filter((letter) => /[\p{L}\p{N}\p{M}]/u.test(letter))
    .map(digit)
    .join("");
}

/**
 * The same word by word, so that what is typed can begin any of them.
 * @param {string} text
 * @returns {string}
 */
export function spelling(text) {
  const words = String(text).split(/[\s\-\u2010-\u2015_.,]+/);
  return words.map(spellingKey).filter(Boolean).join(" ");
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

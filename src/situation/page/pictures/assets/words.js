// Text as text: a line of the page becomes one line of the drawing, at the same place and of the same width.
import { fit, inked, svgNode, tint } from "./paint.js";

const measure = document.createElement("canvas").getContext("2d");
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const risen = new Map();

/** How far the letters of a font rise above its line, in pixels. */
function rise(style) {
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  if (!risen.has(font)) {
    measure.font = font;
    risen.set(font, measure.measureText("x").fontBoundingBoxAscent);
  }
  return risen.get(font);
}

/** The pieces of a text that lie whole on one line: words, or the letters of a word that is broken. */
function* linePieces(node) {
  const range = document.createRange();
  const seen = (from, to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };
  for (const { 0: word, index } of node.data.matchAll(/\S+|\s+/g)) {
    const boxes = seen(index, index + word.length);
    if (!boxes.length) continue;
    if (boxes.length === 1) { yield { text: word.trim() ? word : " ", box: boxes[0] }; continue; }
    if (!word.trim()) continue;
    let at = index;
    for (const letter of word) {
      const [box] = seen(at, at + letter.length);
      if (box) yield { text: letter, box };
      at += letter.length;
    }
  }
}

/** The lines of a text with the boxes they fill. */
function linesOf(node) {
  const lines = [];
  for (const { text, box } of linePieces(node)) {
    const last = lines.at(-1);
    if (last && Math.abs(last.top - box.top) < 2 && Math.min(Math.abs(box.left - last.right), Math.abs(last.left - box.right)) < 2) {
      last.text += text;
      last.left = Math.min(last.left, box.left);
      last.right = Math.max(last.right, box.right);
    } else if (text !== " ") lines.push({ text, left: box.left, right: box.right, top: box.top });
  }
  return lines;
}

export const turned = { uppercase: (text) => text.toUpperCase(), lowercase: (text) => text.toLowerCase() };

function underlined(element) {
  for (let up = element; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.textDecorationLine.includes("underline")) return true;
    if (!style.display.startsWith("inline")) return false;
  }
  return false;
}

/**
 * @param {CSSStyleDeclaration} style
 * @returns {Record<string, any>}
 */
export function fontOf(style) {
  return { "font-family": style.fontFamily, "font-size": parseFloat(style.fontSize), "font-weight": style.fontWeight === "400" ? null : style.fontWeight, "font-style": style.fontStyle === "normal" ? null : style.fontStyle, "letter-spacing": style.letterSpacing === "normal" ? null : style.letterSpacing };
}

/**
 * The lines of a text node as elements.
 * @param {Text} node
 * @returns {SVGElement[]}
 */
export function textShapes(node) {
  const element = node.parentElement, style = getComputedStyle(element), paint = tint(style.color);
  if (!paint || style.visibility !== "visible" || !node.data.trim()) return [];
  return linesOf(node).map((line) => {
    const text = (turned[style.textTransform] ?? ((it) => it))(line.text.trimEnd()), back = style.direction === "rtl";
    const kept = line.text.length === line.text.trimEnd().length;
    return svgNode("text", { x: back ? line.right : line.left, y: line.top + rise(style), direction: back ? "rtl" : null, ...fontOf(style), ...inked(paint, "fill"), "text-decoration": underlined(element) ? "underline" : null,
      textLength: kept && text.length > 1 && !RIGHT_TO_LEFT.test(text) ? line.right - line.left : null, lengthAdjust: kept && text.length > 1 && !RIGHT_TO_LEFT.test(text) ? "spacingAndGlyphs" : null }, fit(text));
  });
}

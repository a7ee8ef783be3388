// Drawings that the page holds already: the map, the strips and the charts, with their style written on each element.
import { boxShapes, fit, inked, short, svgNode, tint } from "./paint.js";
import { fontOf, turned } from "./words.js";

const KEPT = ["id", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "width", "height", "d", "points", "transform", "viewBox", "preserveAspectRatio", "offset",
  "patternUnits", "patternContentUnits", "patternTransform", "clipPathUnits", "gradientUnits", "gradientTransform", "markerWidth", "markerHeight", "refX", "refY", "orient", "textLength", "lengthAdjust"];
const HERITABLE = { "fill-rule": "nonzero", "stroke-width": "1px", "stroke-dasharray": "none", "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-dashoffset": "0px", "paint-order": "normal", "text-anchor": "start", "dominant-baseline": "auto", direction: "ltr" };
const LETTERS = new Set(["text", "tspan", "textPath"]);
const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text"]);
const HOLDERS = new Set(["defs", "clipPath", "pattern", "linearGradient", "radialGradient", "marker", "mask", "symbol"]);

/**
 * @param {string} text
 * @returns {string | null}
 */
export const local = (text) => /url\(["']?[^"')]*#([^"')]+)["']?\)/.exec(text)?.[1] ?? null;

/** A paint of an element: a colour, or something that the drawing defines. */
function paintOf(style, property) {
  const text = style[property], id = local(text);
  if (id) return { [property]: `url(#${id})` };
  const opacity = Number(style[`${property}Opacity`]), paint = text === "none" ? null : tint(text);
  return inked(paint && opacity > 0 ? { ...paint, alpha: paint.alpha * opacity } : null, property);
}

/** The style of an element as attributes. */
function attributesOf(element, style) {
  const attributes = {};
  for (const name of KEPT) if (element.hasAttribute(name)) attributes[name] = element.getAttribute(name);
  const clip = local(style.clipPath);
  if (clip) attributes["clip-path"] = `url(#${clip})`;
  if (Number(style.opacity) < 1) attributes.opacity = Number(style.opacity);
  const leaf = SHAPES.has(element.localName) || element.localName === "tspan";
  if (leaf) {
    Object.assign(attributes, paintOf(style, "fill"), paintOf(style, "stroke"));
    for (const [name, usual] of Object.entries(HERITABLE)) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual && (attributes.stroke !== "none" || !name.startsWith("stroke"))) attributes[name] = name.startsWith("stroke") ? value.replace(/px/g, "") : value;
    }
    if (attributes.stroke === "none") delete attributes.stroke;
  }
  if (element.localName === "stop") Object.assign(attributes, { "stop-color": tint(style.stopColor)?.hex, "stop-opacity": Number(style.stopOpacity) < 1 ? Number(style.stopOpacity) : null });
  if (LETTERS.has(element.localName)) Object.assign(attributes, fontOf(style));
  return attributes;
}

/** An element of a drawing again, with all it holds; null where there is nothing to see. */
function again(element, within = false) {
  const style = getComputedStyle(element), tag = element.localName, held = within || HOLDERS.has(tag);
  if (!held && (style.display === "none" || Number(style.opacity) === 0)) return null;
  if (["title", "desc", "style", "script", "metadata"].includes(tag)) return null;
  if (["image", "foreignObject", "use"].includes(tag)) throw new Error(`a drawing holds <${tag}>`);
  const children = [...element.childNodes].map((child) => (child.nodeType === Node.TEXT_NODE ? (LETTERS.has(tag) ? document.createTextNode(fit((turned[style.textTransform] ?? ((it) => it))(child.data))) : null) : child.nodeType === Node.ELEMENT_NODE ? again(child, held) : null)).filter(Boolean);
  const attributes = attributesOf(element, style);
  if (SHAPES.has(tag) && !held && (style.visibility !== "visible" || (attributes.fill === "none" && !attributes.stroke))) return null;
  if (["g", "a"].includes(tag) && !children.length && !held) return null;
  return svgNode(tag === "a" ? "g" : tag, attributes, ...children);
}

/**
 * A drawing of the page at its place.
 * @param {SVGElement} svg
 * @returns {SVGElement[]}
 */
export function drawingAt(svg) {
  const box = svg.getBoundingClientRect();
  if (box.width <= 0 || box.height <= 0 || box.right <= 0 || box.bottom <= 0) return [];
  const node = again(svg);
  if (!node) return [];
  for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height })) node.setAttribute(name, short(value));
  const style = getComputedStyle(svg);
  if (style.overflow === "visible") node.setAttribute("overflow", "visible");
  return [...boxShapes(style, box), node];
}

/**
 * What a drawing refers to and does not hold, taken from elsewhere on the page.
 * @param {SVGElement} root
 * @returns {SVGElement[]}
 */
export function missing(root) {
  const copies = [];
  for (let again_ = true; again_;) {
    again_ = false;
    const nodes = [root, ...copies].flatMap((one) => [one, ...one.querySelectorAll("*")]), held = new Set(nodes.map((node) => node.getAttribute("id")));
    for (const id of new Set(nodes.flatMap((node) => [...node.attributes].map((one) => local(one.value))).filter(Boolean))) {
      if (held.has(id)) continue;
      const there = document.getElementById(id);
      if (!there) throw new Error(`a drawing refers to ${id}, which is not there`);
      copies.push(again(there, true));
      held.add(id);
      again_ = true;
    }
  }
  return copies;
}

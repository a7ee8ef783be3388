// The panel drawn again as SVG: its boxes, its lines of text and its drawings, in the order in which they are painted.
import { drawingAt, local, missing } from "./drawings.js";
import { boxShapes, cornerOf, define, definitions, fit, inked, short, SVG_NS, svgNode, tint } from "./paint.js";
import { textShapes } from "./words.js";

function painted(element) {
  const style = getComputedStyle(element);
  if (style.position === "static") return 0;
  const order = parseInt(style.zIndex, 10);
  return Number.isNaN(order) || order === 0 ? 1 : order > 0 ? 1 + order : -1;
}

/** A box turned by the page: its own size, and the turn about its middle. */
function turnOf(element, style, box) {
  const matrix = /^matrix\(([^)]+)\)$/.exec(style.transform)?.[1].split(",").map(Number);
  if (!matrix || (Math.abs(matrix[1]) < 1e-6 && Math.abs(matrix[2]) < 1e-6)) return null;
  const x = box.x + box.width / 2, y = box.y + box.height / 2, width = element.offsetWidth, height = element.offsetHeight;
  return { box: { x: x - width / 2, y: y - height / 2, width, height }, degrees: (Math.atan2(matrix[1], matrix[0]) * 180) / Math.PI, x, y };
}

function shapesOf(element) {
  const style = getComputedStyle(element), bare = style.display === "contents";
  if (!bare && !element.checkVisibility()) return [];
  const box = element.getBoundingClientRect();
  if (style.clipPath === "inset(50%)" || Number(style.opacity) === 0) return [];
  if (element.namespaceURI === SVG_NS) return style.visibility === "visible" ? drawingAt(element) : [];
  if (["CANVAS", "IMG", "VIDEO", "IFRAME"].includes(element.tagName)) throw new Error(`a panel holds <${element.tagName.toLowerCase()}>`);
  const seen = style.visibility === "visible" && !bare, turn = turnOf(element, style, box);
  const own = seen ? boxShapes(style, turn?.box ?? box) : [];
  if (turn) return [svgNode("g", { transform: `rotate(${short(turn.degrees)} ${short(turn.x)} ${short(turn.y)})` }, ...own)];
  const children = [...element.childNodes].map((node, i) => ({ node, i, level: node.nodeType === Node.ELEMENT_NODE ? painted(node) : 0 })).sort((a, b) => a.level - b.level || a.i - b.i);
  const within = children.flatMap(({ node }) => (node.nodeType === Node.ELEMENT_NODE ? shapesOf(node) : node.nodeType === Node.TEXT_NODE ? textShapes(/** @type {Text} */ (node)) : []));
  const clipped = !bare && within.length && style.overflowX !== "visible" && element.tagName !== "HTML" && element.tagName !== "BODY";
  const clip = clipped ? define(svgNode("clipPath", {}, svgNode("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: cornerOf(style, box) || null }))) : null;
  const all = clip ? [...own, svgNode("g", { "clip-path": clip }, ...within)] : [...own, ...within];
  return Number(style.opacity) < 1 && all.length ? [svgNode("g", { opacity: Number(style.opacity) }, ...all)] : all;
}

/** Names in the order in which they stand: the charts draw lots for theirs. */
function renamed(root) {
  const nodes = [...root.querySelectorAll("*")], names = new Map();
  for (const node of nodes) if (node.id) names.set(node.id, `n${names.size}`);
  for (const node of nodes) {
    for (const { name, value } of [...node.attributes]) {
      const id = name === "id" ? value : local(value);
      if (id) node.setAttribute(name, name === "id" ? names.get(id) : `url(#${names.get(id)})`);
    }
  }
  return root;
}

/**
 * @param {{ width: number, height: number, words: string }} picture
 * @returns {string}
 */
export function vectorPicture({ width, height, words }) {
  const [ground] = [document.body, document.documentElement].map((one) => tint(getComputedStyle(one).backgroundColor)).filter(Boolean);
  const all = shapesOf(document.body);
  const root = svgNode("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, svgNode("title", {}, fit(document.querySelector("html").dataset.picture === "page" ? document.title : words)), svgNode("desc", {}, fit(words)));
  const kept = svgNode("defs", {});
  root.append(kept, svgNode("rect", { width, height, ...inked(ground ?? { hex: "#ffffff", alpha: 1 }, "fill") }), ...all);
  kept.append(...definitions);
  kept.append(...missing(root));
  return new XMLSerializer().serializeToString(renamed(root));
}

// Boxes as shapes: ground, gradients, borders and bars, from the computed style of an element.
export const SVG_NS = "http://www.w3.org/2000/svg";
export const definitions = [];

/**
 * @param {number} value
 * @returns {string}
 */
export const short = (value) => String(Number(Number(value).toFixed(2)));

/**
 * @param {unknown} text
 * @returns {string}
 */
export const fit = (text) => String(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/**
 * @param {string} tag
 * @param {Record<string, any>} properties
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svgNode(tag, properties, ...children) {
  const node = document.createElementNS(SVG_NS, tag);
  for (const [key, value] of Object.entries(properties)) if (value !== null && value !== undefined && value !== "") node.setAttribute(key, typeof value === "number" ? short(value) : fit(value));
  node.append(...children);
  return node;
}

/**
 * @param {SVGElement} node
 * @returns {string}
 */
export function define(node) {
  node.setAttribute("id", `drawn-${definitions.length}`);
  definitions.push(node);
  return `url(#${node.id})`;
}

/**
 * A computed colour as "#rrggbb" and its opacity; null where nothing is to be seen.
 * @param {string} text
 * @returns {{ hex: string, alpha: number } | null}
 */
export function tint(text) {
  const parts = /^rgba?\(([^)]+)\)$/.exec(text)?.[1].split(/[\s,/]+/).filter(Boolean).map(Number);
  if (!parts) return /^#[0-9a-f]{6}$/i.test(text) ? { hex: text, alpha: 1 } : null;
  const [r, g, b, alpha = 1] = parts;
  return alpha === 0 ? null : { hex: `#${[r, g, b].map((n) => Math.round(n).toString(16).padStart(2, "0")).join("")}`, alpha };
}

/**
 * @param {{ hex: string, alpha: number } | null} paint
 * @param {string} property
 * @returns {Record<string, any>}
 */
export const inked = (paint, property) => (paint ? { [property]: paint.hex, [`${property}-opacity`]: paint.alpha < 1 ? paint.alpha : null } : { [property]: "none" });

/** Split at commas that stand in no bracket. */
function listed(text) {
  const parts = [];
  let depth = 0, from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === "(") depth += 1;
    else if (text[i] === ")") depth -= 1;
    else if (text[i] === "," && !depth) { parts.push(text.slice(from, i)); from = i + 1; }
  }
  return [...parts, text.slice(from)].map((part) => part.trim());
}

/** "12px", "50%" or "calc(50% - 1px)" along a line of some length. */
function along(text, length) {
  return [...text.matchAll(/([-+])?\s*([\d.]+)(px|%)/g)].reduce((sum, [, sign, n, unit]) => sum + (sign === "-" ? -1 : 1) * n * (unit === "%" ? length / 100 : 1), 0);
}

/** A linear gradient, or one that repeats, as a paint. */
function gradient(text, box) {
  const match = /^(repeating-)?linear-gradient\((.*)\)$/.exec(text);
  if (!match) return null;
  const [first, ...rest] = listed(match[2]), ways = { "to right": 90, "to left": 270, "to top": 0, "to bottom": 180 };
  const angle = first.endsWith("deg") ? parseFloat(first) : ways[first], stops = angle === undefined ? [first, ...rest] : rest;
  const turn = ((angle ?? 180) * Math.PI) / 180, dx = Math.sin(turn), dy = -Math.cos(turn);
  const length = Math.abs(box.width * dx) + Math.abs(box.height * dy), middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const at = stops.flatMap((stop) => {
    const [, colour, where] = /^(rgba?\([^)]*\)|\S+)\s*(.*)$/.exec(stop);
    const places = where.match(/calc\([^)]*\)|\S+/g) ?? [null];
    return places.map((place) => ({ colour, place: place === null ? null : along(place, length) }));
  });
  at.forEach((one, i) => { one.place ??= (i / Math.max(1, at.length - 1)) * length; });
  const from = match[1] ? at[0].place : 0, to = match[1] ? at.at(-1).place : length;
  const point = (way) => ({ x: middle.x + dx * (way - length / 2), y: middle.y + dy * (way - length / 2) }), a = point(from), b = point(to);
  return define(svgNode("linearGradient", { gradientUnits: "userSpaceOnUse", spreadMethod: match[1] ? "repeat" : null, x1: a.x, y1: a.y, x2: b.x, y2: b.y },
    ...at.map(({ colour, place }) => { const paint = tint(colour); return svgNode("stop", { offset: to > from ? (place - from) / (to - from) : 0, "stop-color": paint?.hex ?? "#000000", "stop-opacity": paint ? (paint.alpha < 1 ? paint.alpha : null) : 0 }); })));
}

const BOX_SIDES = ["Top", "Right", "Bottom", "Left"];
const dashes = { dashed: (w) => `${3 * w} ${2 * w}`, dotted: (w) => `${w} ${w}` };

function borders(style, box, radius) {
  const sides = BOX_SIDES.map((side) => ({ side, width: parseFloat(style[`border${side}Width`]) || 0, line: style[`border${side}Style`], colour: style[`border${side}Color`] }));
  const seen = sides.filter((one) => one.width > 0 && one.line !== "none" && one.line !== "hidden" && tint(one.colour));
  if (!seen.length) return [];
  const [first] = sides, even = seen.length === 4 && sides.every((one) => one.width === first.width && one.line === first.line && one.colour === first.colour);
  if (even) {
    const w = first.width;
    return [svgNode("rect", { x: box.x + w / 2, y: box.y + w / 2, width: Math.max(0, box.width - w), height: Math.max(0, box.height - w), rx: Math.max(0, radius - w / 2) || null, fill: "none", ...inked(tint(first.colour), "stroke"), "stroke-width": w, "stroke-dasharray": dashes[first.line]?.(w) })];
  }
  return seen.map(({ side, width, line, colour }) => {
    const x = side === "Right" ? box.x + box.width - width / 2 : box.x + width / 2, y = side === "Bottom" ? box.y + box.height - width / 2 : box.y + width / 2;
    const path = side === "Top" || side === "Bottom" ? `M${short(box.x)},${short(y)}H${short(box.x + box.width)}` : `M${short(x)},${short(box.y)}V${short(box.y + box.height)}`;
    return svgNode("path", { d: path, fill: "none", ...inked(tint(colour), "stroke"), "stroke-width": width, "stroke-dasharray": dashes[line]?.(width) });
  });
}

/** Shadows that lie inside a box: a bar at its edge, or a line round it. */
function inner(style, box, radius) {
  return listed(style.boxShadow).flatMap((text) => {
    const paint = tint(/rgba?\([^)]*\)/.exec(text)?.[0] ?? ""), [x, y, , spread] = (text.match(/-?[\d.]+px/g) ?? []).map(parseFloat);
    if (!/\binset\b/.test(text) || !paint) return [];
    if (spread > 0 && !x && !y) return [svgNode("rect", { x: box.x + spread / 2, y: box.y + spread / 2, width: Math.max(0, box.width - spread), height: Math.max(0, box.height - spread), rx: radius || null, fill: "none", ...inked(paint, "stroke"), "stroke-width": spread })];
    return x > 0 && !y ? [svgNode("rect", { x: box.x, y: box.y, width: x, height: box.height, ...inked(paint, "fill") })] : [];
  });
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {{ x: number, y: number, width: number, height: number }} box
 * @returns {number}
 */
export function cornerOf(style, box) {
  const text = style.borderTopLeftRadius, most = Math.min(box.width, box.height) / 2;
  return Math.min(most, text.endsWith("%") ? (parseFloat(text) / 100) * Math.min(box.width, box.height) : parseFloat(text) || 0);
}

/**
 * What an element's box shows by itself.
 * @param {CSSStyleDeclaration} style
 * @param {{ x: number, y: number, width: number, height: number }} box
 * @returns {SVGElement[]}
 */
export function boxShapes(style, box) {
  if (box.width <= 0 || box.height <= 0) return [];
  const radius = cornerOf(style, box), ground = tint(style.backgroundColor), fill = style.backgroundImage === "none" ? null : gradient(style.backgroundImage, box);
  const whole = (properties) => svgNode("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: radius || null, ...properties });
  return [...(ground ? [whole(inked(ground, "fill"))] : []), ...(fill ? [whole({ fill })] : []), ...inner(style, box, radius), ...borders(style, box, radius)];
}

// Making elements. Text goes in as text nodes, never as markup.
import { directionOf, isolated } from "./direction.js";
import { plain } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element & ElementCSSInlineStyle} Node
 * @param {Node} node
 * @param {Made.Properties} properties
 * @param {Made.Child} children
 * @returns {Node}
 */
function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (key === "style") for (const [name, text] of Object.entries(value)) node.style.setProperty(name, text);
    else node.setAttribute(key, value === true ? "" : key === "title" ? isolated(String(value)) : String(value));
  }
  add(node, children);
  return node;
}

/**
 * @param {Element} node
 * @param {Made.Child} children
 */
export function add(node, children) {
  for (const child of /** @type {any[]} */ ([children]).flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(isolated(plain(child))));
  }
}

/**
 * An element with attributes, listeners in `on`, properties of style in `style`, and what stands in it.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Made.Properties} properties
 * @param {...Made.Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/**
 * The same in a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Made.Properties} properties
 * @param {...Made.Child} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function s(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/**
 * A name or a sentence from the record, kept from turning the words around it, and by no name in it turned itself.
 * @param {unknown} text
 * @param {number} [limit]
 * @returns {HTMLElement}
 */
export function name(text, limit = 120) {
  const words = plain(text, limit);
  return h("bdi", { dir: directionOf(words) }, words);
}

/**
 * An element of the page by its id.
 * @template {keyof Made.Elements} Id
 * @param {Id} id
 * @returns {Made.Elements[Id]}
 */
export function byId(id) {
  return /** @type {any} */ (document.getElementById(id));
}

/**
 * @param {Element} node
 * @param {...Made.Child} children
 */
export function replace(node, ...children) {
  node.replaceChildren();
  add(node, children);
}

/**
 * A button that reads as a link.
 * @param {() => void} act
 * @param {...Made.Child} children
 * @returns {HTMLElement}
 */
export function link(act, ...children) {
  return h("button", { type: "button", class: "link", on: { click: act } }, ...children);
}

/**
 * @param {string} kind
 * @param {...Made.Child} children
 * @returns {HTMLElement}
 */
export function chip(kind, ...children) {
  return h("span", { class: `chip ${kind}` }, ...children);
}

/**
 * Buttons of which one is chosen.
 * @param {HTMLElement} box
 * @param {{ id: string, label: string, hint?: string }[]} options
 * @param {string} chosen
 * @param {(id: string) => void} choose
 */
export function segments(box, options, chosen, choose) {
  const focused = document.activeElement,
    had = focused instanceof HTMLElement && box.contains(focused) ? focused.dataset.value : null;
  replace(
    box,
    options.map((option) =>
      h(
        "button",
        {
          type: "button",
          "data-value": option.id,
          title: option.hint ? plain(option.hint, 300) : null,
          "aria-pressed": option.id === chosen ? "true" : "false",
          on: { click: () => choose(option.id) },
        },
        name(option.label, 40),
      ),
    ),
  );
  if (had !== null) [...box.querySelectorAll("button")].find((button) => button.dataset.value === had)?.focus();
}

/**
 * The outline of a marker, centred on 0,0, about r from the middle to its edge.
 * @param {string} shape
 * @param {number} r
 * @returns {string}
 */
export function outline(shape, r) {
  const ring = (n, first, radius = r) =>
    Array.from({ length: n }, (_, i) => {
      const a = first + (i * 2 * Math.PI) / n;
      return `${(radius * Math.cos(a)).toFixed(2)},${(radius * Math.sin(a)).toFixed(2)}`;
    });
  const closed = (points) => `M${points.join("L")}Z`;
  const up = -Math.PI / 2;
  switch (shape) {
    case "square":
      return closed(ring(4, Math.PI / 4, r * 1.25));
    case "diamond":
      return closed(ring(4, 0, r * 1.25));
    case "triangle-up":
      return closed(ring(3, up, r * 1.25));
    case "triangle-down":
      return closed(ring(3, -up, r * 1.25));
    case "pentagon":
      return closed(ring(5, up, r * 1.12));
    case "hexagon":
      return closed(ring(6, up, r * 1.12));
    case "star": {
      const outer = ring(5, up, r * 1.3),
        inner = ring(5, up + Math.PI / 5, r * 0.55);
      return closed(outer.flatMap((point, i) => [point, inner[i]]));
    }
    case "cross":
    case "x": {
      const w = r * 0.4,
        l = r * 1.1;
      const plus = [
        [-w, -l],
        [w, -l],
        [w, -w],
        [l, -w],
        [l, w],
        [w, w],
        [w, l],
        [-w, l],
        [-w, w],
        [-l, w],
        [-l, -w],
        [-w, -w],
      ];
      const c = Math.SQRT1_2;
      const turned = shape === "cross" ? plus : plus.map(([x, y]) => [c * (x - y), c * (x + y)]);
      return closed(turned.map((point) => point.map((v) => v.toFixed(2)).join(",")));
    }
    default:
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
  }
}

const ruler = document.createElement("canvas").getContext("2d");
/** Widths that were measured, by font and text. */
const widths = new Map();

/**
 * @param {string} text
 * @param {number} size
 * @param {boolean} bold
 * @returns {number}
 */
export function textWidth(text, size, bold) {
  const key = `${bold ? "600" : "400"} ${size}px ${text}`;
  if (!widths.has(key)) {
    ruler.font = `${bold ? "600" : "400"} ${size}px ${getComputedStyle(document.body).fontFamily}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * The text cut so that it fits a width in pixels.
 * @param {string} text
 * @param {number} width
 * @param {boolean} bold
 * @returns {string}
 */
export function cutTo(text, width, bold) {
  if (textWidth(text, 12, bold) <= width) return text;
  let n = text.length - 1;
  while (n > 1 && textWidth(`${text.slice(0, n)}\u2026`, 12, bold) > width) n -= 1;
  return `${text.slice(0, n).trimEnd()}\u2026`;
}

/** @param {string} text */
export function speak(text) {
  byId("spoken").textContent = plain(text, 300);
}

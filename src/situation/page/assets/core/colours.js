// Colours and shapes of the actors in both themes, and the light or dark switch.
import { byId, outline, s } from "./elements.js";
import { ACTORS, members, root } from "./payload.js";
import { redraw } from "./frames.js";
import { go, page, remember } from "./state.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
export const isDark = () => (page.theme === "system" ? dark.matches : page.theme === "dark");
const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** @returns {string} */
export function unknownColour() {
  return isDark() ? "#6A6E74" : "#ADA99B";
}

/**
 * The actor's colour for areas.
 * @param {string | null} id
 * @returns {string}
 */
export function colour(id) {
  const own = ACTORS.get(root(id))?.colour?.[isDark() ? "dark" : "light"];
  return HEX.test(own ?? "") ? own : unknownColour();
}

/**
 * The actor's colour for lines and outlines, dark or bright enough to see on the page.
 * @param {string | null} id
 * @returns {string}
 */
export function lineColour(id) {
  const own = ACTORS.get(root(id))?.colour?.line;
  return !isDark() && HEX.test(own ?? "") ? own : colour(id);
}

/**
 * @param {string | null} id
 * @returns {string}
 */
export function shape(id) {
  return id ? (ACTORS.get(root(id))?.shape ?? "circle") : "x";
}

/**
 * Black or white, whichever reads better on the colour.
 * @param {string} hex
 * @returns {string}
 */
export function inkOn(hex) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(full.slice(i, i + 2), 16) / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#12151A" : "#FFFFFF";
}

/**
 * @param {string} property
 * @returns {string}
 */
export function cssColour(property) {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}

/**
 * A disc in equal sectors, one in the colour of each of several actors, clockwise from the top.
 * @param {string[]} ids
 * @param {number} r
 * @returns {SVGElement}
 */
export function disc(ids, r) {
  const at = (part) =>
    `${(r * Math.sin(2 * Math.PI * part)).toFixed(2)},${(-r * Math.cos(2 * Math.PI * part)).toFixed(2)}`;
  const wide = ids.length === 1 ? 1 : 0;
  return s(
    "g",
    { class: "together" },
    ids.map((id, i) =>
      s("path", {
        d: `M0,0L${at(i / ids.length)}A${r},${r} 0 ${wide},1 ${at((i + 1) / ids.length)}Z`,
        fill: colour(id),
        stroke: "var(--card)",
        "stroke-width": 0.8,
      }),
    ),
  );
}

/**
 * A small marker for lists: the actor's shape in its colour, or a disc of the colours of several.
 * @param {string | null | string[]} who
 * @param {number} [size]
 * @returns {SVGElement}
 */
export function marker(who, size = 12) {
  const ids = Array.isArray(who) ? [...new Set(who.map(root))] : members(who),
    [id = null] = ids;
  return s(
    "svg",
    { class: "marker", width: size, height: size, viewBox: "-8 -8 16 16", "aria-hidden": "true", focusable: "false" },
    ids.length > 1
      ? disc(ids, 6.4)
      : s("path", { d: outline(shape(id), 5.6), fill: colour(id), stroke: lineColour(id), "stroke-width": 1.4 }),
  );
}

export function applyTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}
dark.addEventListener("change", () => {
  if (page.theme === "system") {
    applyTheme();
    redraw("theme");
  }
});
byId("theme").addEventListener("click", () => {
  const next = isDark() ? "light" : "dark";
  remember("theme", next);
  go({ theme: next });
});

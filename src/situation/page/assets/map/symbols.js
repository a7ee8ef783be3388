// Symbols after APP-6, where the page carries them: one frame and one icon for every side, its own shape beside it.
import { colour, disc, inkOn, marker, shape } from "../core/colours.js";
import { byId, outline, s, segments } from "../core/elements.js";
import { members, P } from "../core/payload.js";
import { go, page } from "../core/state.js";

export const SYMBOLS = P.symbols ?? null;
const SYMBOL_KINDS = [
  {
    id: "app6",
    label: "APP-6",
    hint: "The frame for \u201cunknown\u201d around every side alike, land unit, infantry",
  },
  { id: "shapes", label: "Shapes", hint: "A shape of its own for every side" },
];
export const SYMBOL_WORDS =
  "Symbols: APP-6, with the frame for \u201cunknown\u201d around every side " +
  "alike, so that none is called friend or foe. Colour, and the small shape " +
  "beside it, say which side.";
const STROKES = /^[MmLlHhVvCcSsQqTtAaZz0-9 ,.-]+$/;

/** @returns {boolean} */
export const app6 = () => SYMBOLS !== null && page.symbols === "app6";

/**
 * A holder's symbol around 0,0, as wide as a marker of radius r asks for, with the side's own shape at its lower left.
 * @param {string} holder
 * @param {number} r
 * @returns {SVGElement}
 */
export function symbolMark(holder, r) {
  const half = r * 1.5,
    [x, y] = SYMBOLS.middle,
    k = (2 * half) / SYMBOLS.size;
  const turned = { transform: `scale(${k.toFixed(5)}) translate(${-x},${-y})` };
  const strokes = (list, extra) =>
    list.filter((d) => STROKES.test(d)).map((d) => s("path", { d, "vector-effect": "non-scaling-stroke", ...extra }));
  return s(
    "g",
    { class: "app6" },
    s(
      "g",
      turned,
      strokes([SYMBOLS.frame], { class: "halo" }),
      strokes([SYMBOLS.frame], { fill: colour(holder), stroke: "var(--ink)", "stroke-width": 1.1 }),
      strokes(SYMBOLS.icon, { fill: "none", stroke: inkOn(colour(holder)), "stroke-width": r > 6 ? 1.3 : 1 }),
    ),
    s(
      "g",
      { transform: `translate(${(-half * 0.8).toFixed(2)},${(half * 0.8).toFixed(2)})` },
      members(holder).length > 1
        ? disc(members(holder), r * 0.6)
        : s("path", { d: outline(shape(holder), r * 0.5), fill: colour(holder), stroke: "var(--ink)", "stroke-width": 0.9 }),
    ),
  );
}

/**
 * A holder's sign in the legend, as the map draws it.
 * @param {string | null} id
 * @returns {SVGElement}
 */
export function legendSign(id) {
  if (!app6() || id === null) return marker(id, 14);
  return s(
    "svg",
    { class: "marker", width: 24, height: 22, viewBox: "-12 -11 24 22", "aria-hidden": "true", focusable: "false" },
    symbolMark(id, 6),
  );
}

/** The switch on the map; it stays away where the page carries no symbols. */
export function drawSymbolSwitch() {
  const box = byId("symbols");
  box.hidden = SYMBOLS === null;
  if (SYMBOLS !== null) segments(box, SYMBOL_KINDS, page.symbols, (symbols) => go({ symbols }));
}

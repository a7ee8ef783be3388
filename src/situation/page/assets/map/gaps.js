// The map of a difference: in what share of the stories one holder has each place, in the scenario less the baseline.
import { inkOn, isDark } from "../core/colours.js";
import { byId, h, replace, s } from "../core/elements.js";
import { actorName, P } from "../core/payload.js";
import { after, differing, go, noHolderKnown, page } from "../core/state.js";
import { beyondLuck, percent, pointsWords, sharesOn, STORIES, storyDay, TWINS } from "../core/stories.js";
import { plain } from "../core/text.js";

/** The ends of the scale, told apart in all kinds of colour vision, and what lies between them: red, green, blue. */
const GAP_COLOURS = {
  light: { less: [140, 81, 10], none: [246, 243, 233], more: [1, 102, 94] },
  dark: { less: [223, 160, 82], none: [44, 50, 59], more: [90, 200, 184] },
};
/** Differences as large as this, and larger, have the colour of the end. */
const WIDEST_GAP = 0.5;
/** Smaller differences are not marked: half a point. */
const LEAST_GAP = 0.005;
/** Every so many days is looked at, and the last, to find whose shares differ most. */
const STRIDE = 10;

/** Whether the map shows a difference at the selected minute. */
export const gapping = () => differing() && after(page.t);

/**
 * In what share of the stories a holder has a place: in the baseline, in the scenario, and the one less the other.
 * @param {string} place
 * @param {string | null} holder
 * @param {number} dayNumber
 * @returns {Made.Gap}
 */
function gapOn(place, holder, dayNumber) {
  const [base, now] = ["baseline", "scenario"].map(
    (key) => sharesOn(STORIES.get(key), place, dayNumber).find((one) => one.holder === holder)?.share ?? 0,
  );
  return { base, now, gap: now - base, luck: !beyondLuck(place, dayNumber).includes(holder) };
}

/** @type {string[] | null} */
let holdersFound = null;

/** Who may be shown: those whose shares differ anywhere, the largest difference first. */
function gapHolders() {
  if (holdersFound) return holdersFound;
  const last = (STORIES.get("scenario")?.days.length ?? 1) - 1,
    days = [...Array(Math.ceil(last / STRIDE)).keys()].map((i) => i * STRIDE + 1).concat(last),
    most = new Map();
  for (const place of P.places) {
    const names = new Set([...STORIES.values()].flatMap((one) => one.shares[place.id]?.holders ?? []));
    for (const holder of names)
      if (holder !== null)
        for (const day of days)
          most.set(holder, Math.max(most.get(holder) ?? 0, Math.abs(gapOn(place.id, holder, day).gap)));
  }
  holdersFound = [...most.keys()].filter((id) => most.get(id) >= LEAST_GAP).sort((a, b) => most.get(b) - most.get(a));
  return holdersFound;
}

/**
 * Whose shares the map shows: the chosen holder's, or those of the one that the scenario changes most.
 * @returns {string | null}
 */
export const whoseNow = () =>
  gapHolders().includes(page.whose) ? page.whose : (gapHolders()[0] ?? null);

/**
 * The difference at a place at the selected minute; none where nobody's shares differ anywhere.
 * @param {string} place
 * @returns {Made.Gap}
 */
export const gapAt = (place) => gapOn(place, whoseNow(), storyDay(STORIES.get("scenario"), page.t));

/**
 * That nothing is marked on the map of a difference, and why, as a sentence; else nothing.
 * @returns {string}
 */
export function noGapWords() {
  if (whoseNow() === null) return "Nowhere does any side\u2019s share of the stories differ by half a point.";
  if (P.places.some((place) => Math.abs(gapAt(place.id).gap) >= LEAST_GAP)) return "";
  return `On this date no place differs by half a point for ${plain(actorName(whoseNow()), 40)}.`;
}

/**
 * "+49.2 points: 0 → 49 %" for a place that differs, or "+2.5 points, may be luck"; else nothing.
 * @param {Made.Gap} one
 * @returns {string}
 */
export const gapLabel = ({ base, now, gap, luck }) =>
  Math.abs(gap) < LEAST_GAP
    ? ""
    : luck
      ? `${pointsWords(gap)}, may be luck`
      : `${pointsWords(gap)}: ${percent(base).replace(" %", "")} \u2192 ${percent(now)}`;

/** The colour of a difference. */
function gapColour(gap) {
  const { less, none, more } = GAP_COLOURS[isDark() ? "dark" : "light"],
    part = gap === 0 ? 0 : Math.min(1, 0.15 + Math.abs(gap) / WIDEST_GAP) ** 0.7,
    end = gap > 0 ? more : less;
  return `#${none.map((from, i) => Math.round(from + (end[i] - from) * part).toString(16).padStart(2, "0")).join("")}`;
}

/**
 * A place in the map of a difference: larger and stronger the more it differs, its point up for more and down for less.
 * @param {{ area: boolean }} place
 * @param {Made.Point} point
 * @param {number} gap
 * Pale and dashed where that may be luck.
 * @param {{ chosen?: boolean, luck?: boolean }} look
 * @returns {SVGElement}
 */
export function drawGapMark(place, point, gap, { chosen, luck }) {
  const { x, y, r } = point,
    node = s("g", { class: "place shares", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` });
  node.append(s("circle", { class: "hit", r: Math.max(2.2 * r, 9) }));
  if (place.area && !point.dot) node.append(s("circle", { class: "area", r: r + 7, stroke: "var(--faint)" }));
  if (chosen) node.append(s("circle", { r: r + 10, class: "ring chosen" }));
  if (Math.abs(gap) < LEAST_GAP) {
    node.append(s("circle", { r: point.dot ? 1.6 : r * 0.55, class: "alike" }));
    return node;
  }
  const size = point.dot ? 3.2 : r * (1.3 + Math.sqrt(Math.min(1, Math.abs(gap)))),
    fill = luck ? gapColour(Math.sign(gap) * 1e-9) : gapColour(gap),
    tip = size * 0.5 * (gap > 0 ? -1 : 1);
  node.append(s("circle", { r: size, fill, stroke: gapColour(Math.sign(gap)), "stroke-width": 1.2, class: luck ? "moved lucky" : "moved" }));
  if (!point.dot)
    node.append(
      s("path", {
        d: `M${(-size * 0.5).toFixed(1)},${(-tip * 0.7).toFixed(1)}H${(size * 0.5).toFixed(1)}L0,${tip.toFixed(1)}Z`,
        fill: inkOn(fill),
      }),
    );
  return node;
}

/**
 * What the colours of the difference mean, for the legend.
 * @returns {Made.Child}
 */
export const gapScaleBar = () =>
  h(
    "li",
    { class: "gap-scale" },
    h("span", {}, `\u25bc ${pointsWords(-WIDEST_GAP)} or less`),
    h("span", {
      class: "gap-bar",
      "aria-hidden": "true",
      style: { background: `linear-gradient(to right, ${[-1, -0.1, 0, 0.1, 1].map((part) => gapColour(part * WIDEST_GAP)).join(", ")})` },
    }),
    h("span", {}, `${pointsWords(WIDEST_GAP)} or more \u25b2`),
  );

/** The heading of the map, and in a difference the choice of whose shares it shows. */
export function drawWhose() {
  const box = byId("whose"),
    on = gapping() && TWINS !== null,
    whose = on ? whoseNow() : null;
  box.hidden = whose === null;
  byId("rules").hidden = on;
  const of = noHolderKnown() ? "Where it happened" : whose === null ? "Who holds what" : `Held by ${plain(actorName(whose), 40)}`;
  replace(byId("map-heading"), on ? `${of}: scenario less baseline` : of);
  if (whose === null) return;
  if (box.options.length !== gapHolders().length)
    replace(
      box,
      gapHolders().map((id) => h("option", { value: id }, plain(actorName(id), 40))),
    );
  box.value = whose;
}
byId("whose").addEventListener("change", () => go({ whose: byId("whose").value }));

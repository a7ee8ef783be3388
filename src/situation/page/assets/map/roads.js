// The roads of a sheet: each half in the colour of who holds its end, and drawn anew only where that has changed.
import { colour, lineColour, unknownColour } from "../core/colours.js";
import { s } from "../core/elements.js";
import { members, P, PLACES } from "../core/payload.js";
import { open } from "../core/stories.js";

/** Pixels that a half road may lie off the sheet and still show its width on it. */
const MARGIN = 8;

/**
 * Half a road: from its end to its middle, thin as a line, and where it may take a colour as wide lines.
 * @typedef {{ x1: number, y1: number, x2: number, y2: number, wide: SVGElement | null, thin: SVGElement, look: string }} Half
 */
/**
 * What is coloured by one place: the halves that end there, and the ground round it.
 * @typedef {{ halves: Half[], round: SVGElement | null, look: string }} Ends
 */
/** @typedef {{ nodes: SVGElement[], ends: Map<string, Ends> }} Roads */

/** @returns {Half} */
function halfRoad(end, middle, over, wild) {
  const [x1, y1, x2, y2] = [end.x, end.y, ...middle],
    look = wild && over !== "ford" ? "track" : over;
  return {
    ...{ x1, y1, x2, y2 },
    wide: over === "road" && !wild ? s("g", {}) : null,
    thin: s("line", { x1, y1, x2, y2, class: look, stroke: unknownColour() }),
    look: "",
  };
}

/** Whether something of a half road lies on a sheet of this size, as far as the box round it tells. */
const onSight = ({ x1, y1, x2, y2 }, w, h) =>
  Math.max(x1, x2) > -MARGIN &&
  Math.min(x1, x2) < w + MARGIN &&
  Math.max(y1, y2) > -MARGIN &&
  Math.min(y1, y2) < h + MARGIN;

/**
 * The roads that a sheet shows, as yet without colour.
 * @param {Map<string, Made.Point>} at
 * @param {number} w
 * @param {number} h
 * @returns {Roads}
 */
export function layRoads(at, w, h) {
  const wide = s("g", { class: "corridors" }),
    thin = s("g", { class: "roads" }),
    /** @type {Map<string, Ends>} */
    ends = new Map();
  const endsOf = (id) => ends.get(id) ?? ends.set(id, { halves: [], round: null, look: "" }).get(id);
  for (const link of P.links) {
    const [a, b] = link.ends.map((id) => at.get(id));
    if (!a || !b) continue;
    const middle = [(a.x + b.x) / 2, (a.y + b.y) / 2],
      over = { crossing: "ford", track: "track" }[link.line] ?? "road",
      wild = link.ends.some((id) => PLACES.get(id).area);
    [a, b].forEach((end, i) => {
      const half = halfRoad(end, middle, over, wild);
      if (!onSight(half, w, h)) return;
      endsOf(link.ends[i]).halves.push(half);
      thin.append(half.thin);
      if (half.wide) wide.append(half.wide);
    });
  }
  for (const [id, point] of at) {
    if (PLACES.get(id).area || point.dot) continue;
    const round = s("circle", { cx: point.x, cy: point.y, r: point.r + 6, fill: "none" });
    endsOf(id).round = round;
    wide.append(round);
  }
  return { nodes: [wide, thin], ends };
}

/**
 * Colour the roads by who holds their ends: halves whose look is as before are left as they are.
 * @param {Roads} roads
 * @param {Map<string, Made.Control>} state
 * @param {string} rule
 */
export function colourRoads(roads, state, rule) {
  for (const [id, one] of roads.ends) {
    const c = state.get(id),
      look = `${rule} ${c.holder} ${c.status} ${(c.shares ?? []).map(({ holder, share }) => `${holder} ${share}`).join()}`;
    if (one.look === look) continue;
    one.look = look;
    one.round?.setAttribute("fill", rule === "roads" && c.holder ? colour(c.holder) : "none");
    for (const half of one.halves) colourHalf(half, c, rule);
  }
}

/**
 * @param {Half} half
 * @param {Made.Control} c
 * @param {string} rule
 */
function colourHalf(half, c, rule) {
  const stroke = c.holder ? lineColour(c.holder) : unknownColour();
  if (half.thin.getAttribute("stroke") !== stroke) half.thin.setAttribute("stroke", stroke);
  if (!half.wide) return;
  const parts = rule === "roads" ? partsOf(half, c) : [],
    look = JSON.stringify(parts);
  if (half.look === look) return;
  half.look = look;
  half.wide.replaceChildren(...parts.map((part) => s("line", part)));
}

/** The wide lines of half a road: one for a holder, dashes for several, and of shares a length for each. */
function partsOf(half, c) {
  if (open(c)) return c.status === "shares" ? cutParts(half, c.shares) : [];
  if (!c.holder || c.status === "unknown") return [];
  const { x1, y1, x2, y2 } = half,
    look = c.status === "held" ? "corridor" : "corridor broken";
  return members(c.holder).map((one, i, all) => ({
    ...{ x1, y1, x2, y2, stroke: colour(one), class: look },
    ...(i ? { "stroke-dasharray": `${10 * (all.length - i)} ${10 * i}` } : {}),
  }));
}

/**
 * Half a road cut in proportion to the shares, from its end to its middle, to half a pixel.
 * @param {Half} half
 * @param {Made.Share[]} shares
 */
function cutParts({ x1, y1, x2, y2 }, shares) {
  const steps = 2 * Math.hypot(x2 - x1, y2 - y1) || 1,
    at = (part) => Math.round(Math.min(1, part) * steps) / steps;
  let sum = 0;
  return shares
    .filter((one) => one.holder !== null && one.share > 0)
    .map(({ holder, share }) => {
      const [from, to] = [at(sum), at(sum + share)];
      sum += share;
      return {
        ...{ x1: (x1 + (x2 - x1) * from).toFixed(1), y1: (y1 + (y2 - y1) * from).toFixed(1) },
        ...{ x2: (x1 + (x2 - x1) * to).toFixed(1), y2: (y1 + (y2 - y1) * to).toFixed(1) },
        ...{ stroke: colour(holder), class: "corridor" },
      };
    });
}

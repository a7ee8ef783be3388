// Filling a sheet: what stands still is drawn once, and of places, roads and names only what has changed since.
import { isDark } from "../core/colours.js";
import { assumedWords, control, controlWords, isDisputed, unsureWords } from "../core/control.js";
import { name, replace, s } from "../core/elements.js";
import { P, placeName, PLACES } from "../core/payload.js";
import { page, reading, select, storiesNow } from "../core/state.js";
import { shareErrors, storiesWords } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { day, plain } from "../core/text.js";
import { pointed } from "../core/tooltip.js";
import { WEIGHT } from "./area.js";
import { drawGapMark, gapAt, gapLabel, gapping, whoseNow } from "./gaps.js";
import { besideSigns, layLabels } from "./labels.js";
import { countryNames, drawGround, drawMark, drawNames, drawScale, holdInOrder } from "./mapmarks.js";
import { colourRoads, layRoads } from "./roads.js";
import { points } from "./sheet.js";
import { app6 } from "./symbols.js";

/** A difference as large as this has its name on the map wherever it lies: five points. */
const NAMED_GAP = 0.05;
function labelItems(at, crowded, members, gaps) {
  const items = [];
  for (const [id, point] of at) {
    const place = PLACES.get(id),
      chosen = page.selection?.kind === "place" && page.selection.id === id;
    if (point.out || (point.dot && !chosen)) continue;
    const major = place.size === "major";
    const differs = gaps.get(id),
      gap = differs && !differs.luck ? Math.abs(differs.gap) : 0;
    if (crowded.has(id) && !major && !chosen && gap < NAMED_GAP) continue;
    items.push({
      id,
      text: plain(placeName(id), 34),
      under: differs ? gapLabel(differs) : "",
      x: point.x,
      y: point.y,
      r: point.r,
      bold: major,
      size: major ? 13 : 12,
      area: place.area,
      must: major || chosen || members?.has(id) || gap >= NAMED_GAP ? 1 : 0,
      weight: WEIGHT.get(id) + (major ? 50 : 0) + (chosen ? 500 : 0) + 300 * gap,
    });
  }
  return items;
}

/** What an svg shows: what it was drawn from, where each place falls on it, and the markers as they are. */
const memos = new WeakMap();

/** Draw what stands still: ground, frames and the scale bar; and make room for what does not. */
function beginSheet(svg, camera, w, h, close, framed) {
  const at = points(camera, w, h, close),
    order = [...at]
      .filter(([, point]) => !point.out)
      .sort(
        (a, b) =>
          Number(b[1].dot) - Number(a[1].dot) ||
          Number(PLACES.get(a[0]).size === "major") - Number(PLACES.get(b[0]).size === "major"),
      );
  const scaleBox = scaleRoom(at, w, h, close ? 74 : 100),
    names = s("g", { class: "names", "aria-hidden": "true" }),
    roads = layRoads(at, w, h),
    marks = s("g", { class: "marks" });
  svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
  replace(
    svg,
    drawGround(camera, w, h),
    s("g", { class: "links" }, roads.nodes),
    s("g", {}, framed),
    marks,
    names,
    drawScale(camera, scaleBox.x ? w : null, h, close ? 60 : 90),
  );
  const still = [
    ...countryNames(camera, w, h).map((one) => one.box),
    ...order
      .filter(([, { dot }]) => !dot)
      .map(([id, { x, y, r }]) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, of: id })),
  ];
  return {
    ...{ at, order, scaleBox, still, roads, marks, names },
    ...{ drawn: new Map(), named: new Map(), laidFrom: "", laid: [], placed: "" },
  };
}

/** What a marker is drawn from. */
const lookOf = (c) => [c.holder, c.status, c.parts, c.besieger, c.declared, Boolean(c.unsure), c.assumed, c.shares];

/**
 * Fill one svg: ground, links, markers, names, scale.
 * @param {SVGSVGElement} svg
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @param {Map<string, Made.Control>} state
 * @param {{ obstacles: Made.Box[], crowded: Set<string>, close: Set<string> | null, framed: () => SVGElement[] }} use
 */
export function fillSheet(svg, camera, w, h, state, { obstacles, crowded, close, framed }) {
  const gap = gapping(),
    whose = gap ? whoseNow() : null,
    gaps = new Map(gap ? P.places.map((place) => [place.id, gapAt(place.id)]) : []);
  const base = JSON.stringify([camera, w, h, isDark(), app6(), page.reading, page.view, gap, whose]);
  let memo = memos.get(svg);
  if (memo?.base !== base) {
    memo = { base, ...beginSheet(svg, camera, w, h, close, framed()) };
    memos.set(svg, memo);
  }
  const { at, order } = memo;
  colourRoads(memo.roads, state, page.rule);
  let moved = memo.drawn.size !== order.length;
  for (const [id, point] of order) {
    const place = PLACES.get(id),
      c = state.get(id);
    const signs = {
      chosen: page.selection?.kind === "place" && page.selection.id === id,
      fresh: c.since !== null && c.since > page.t - DAY && c.row?.entry?.mark !== "opening",
      disputed: !c.shares && isDisputed(reading(), id, page.t),
    };
    const differs = gaps.get(id) ?? null;
    const key = JSON.stringify([lookOf(c), signs, differs && [differs.gap, differs.luck]]);
    if (memo.drawn.get(id)?.key === key) continue;
    moved = true;
    const node = pointed(
      differs === null ? drawMark(place, point, c, signs) : drawGapMark(place, point, differs.gap, { ...signs, luck: differs.luck }),
      () => placeTip(place, control(reading(), id, page.t)),
      () => select("place", id),
    );
    memo.drawn.set(id, { key, node });
  }
  if (moved) holdInOrder(memo.marks, order.map(([id]) => memo.drawn.get(id).node));
  const chosen = page.selection?.kind === "place" ? page.selection.id : null,
    items = labelItems(at, crowded, close, gaps),
    boxes = [...obstacles, ...memo.still, memo.scaleBox],
    signs = signBoxes(at, state);
  const laidFrom = JSON.stringify([items.map((one) => [one.id, one.text, one.under, one.must, one.weight]), obstacles, chosen]);
  if (memo.laidFrom !== laidFrom) {
    memo.laid = layLabels(items, boxes, { w, h });
    memo.laidFrom = laidFrom;
    memo.placed = "";
  }
  const placed = JSON.stringify(signs);
  if (memo.placed === placed) return;
  memo.placed = placed;
  drawNames(memo.names, memo.named, besideSigns(memo.laid, signs, boxes, { w, h }), chosen);
}

/** Room for the scale bar: at the right, or at the left where a place stands in its way. */
function scaleRoom(at, w, h, wide) {
  const right = { x: w - wide, y: h - 30, w: wide, h: 30 };
  return [...at.values()].some((p) => !p.out && p.x + p.r + 4 > right.x && p.y + p.r + 6 > right.y)
    ? { ...right, x: 0 }
    : right;
}

/** Where the signs for an unsure date and for a dispute stand, so that no name covers them. */
function signBoxes(at, state) {
  return [...at]
    .filter(
      ([id, p]) =>
        !p.dot && !p.out && (state.get(id).unsure || isDisputed(reading(), id, page.t)),
    )
    .map(([, p]) => ({ x: p.x - p.r - 17, y: p.y - p.r - 9, w: 16, h: 11 }));
}

function placeTip(place, c) {
  return [
    name(placeName(place.id), 60),
    controlWords(c),
    c.since === null ? null : `since ${day(c.since)}`,
    c.shares ? `of ${storiesWords(storiesNow())} on ${day(page.t)}` : null,
    shareErrors(c),
    c.unsure ? unsureWords(c.unsure) : null,
    c.assumed ? assumedWords(c) : null,
  ];
}


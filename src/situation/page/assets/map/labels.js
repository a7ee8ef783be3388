// Where names go on the map: weightier places first, each at the first free spot around its marker.
import { textWidth } from "../core/elements.js";

const MISLEADING = 60; // as bad as so much of a name covered, in square pixels

/**
 * @param {Made.Box} a
 * @param {Made.Box} b
 * @returns {number}
 */
export const overlap = (a, b) =>
  Math.max(0, Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y));

/** How far a name at a spot is from a marker: from the middle of its nearest side, by which it is read. */
const reach = ({ x, y, w, h }, marker) =>
  Math.min(
    ...[
      [x, y + h / 2],
      [x + w, y + h / 2],
      [x + w / 2, y],
      [x + w / 2, y + h],
    ].map(([side, height]) => Math.hypot(side - marker.x - marker.w / 2, height - marker.y - marker.h / 2)),
  );

/** Whether a name at a spot would be read as that of another's marker, which lies nearer to it. */
function misleads(spot, own, markers) {
  const far = reach(spot, own) - 1;
  return markers.near(spot, far).some((one) => one.of !== own.of && reach(spot, one) < far);
}

const SQUARE = 64; // pixels
/** The size of a second line under a name. */
export const UNDER = 12;

/** Boxes by the squares of the sheet that they touch: of hundreds only the near ones are looked at. */
function bySquare(boxes) {
  const squares = new Map();
  const touched = ({ x, y, w, h }, margin) => {
    const names = [];
    for (let i = Math.floor((x - margin) / SQUARE); i <= Math.floor((x + w + margin) / SQUARE); i++)
      for (let j = Math.floor((y - margin) / SQUARE); j <= Math.floor((y + h + margin) / SQUARE); j++)
        names.push(i * 10000 + j);
    return names;
  };
  const put = (box) => {
    for (const name of touched(box, 0)) {
      if (!squares.has(name)) squares.set(name, []);
      squares.get(name).push(box);
    }
  };
  boxes.forEach(put);
  return {
    put,
    near: (box, margin) => [...new Set(touched(box, margin).flatMap((name) => squares.get(name) ?? []))],
  };
}

/** The spots around a marker, best first; the last are above and below it as near as the edge of the sheet allows. */
function spots(item, sheet) {
  const g = item.r + 3,
    { w, h } = item,
    { x, y } = item,
    inside = Math.max(3, Math.min(x - w / 2, sheet.w - w - 3));
  return [
    [x + g, y - h / 2],
    [x - g - w, y - h / 2],
    [x - w / 2, y - g - h],
    [x - w / 2, y + g],
    [x + g * 0.7, y - g * 0.7 - h],
    [x - g * 0.7 - w, y - g * 0.7 - h],
    [x + g * 0.7, y + g * 0.7],
    [x - g * 0.7 - w, y + g * 0.7],
    [x + g + 12, y - h - 8],
    [x - g - w - 12, y - h - 8],
    [x + g + 12, y + 8],
    [x - g - w - 12, y + 8],
    [inside, y - g - h],
    [inside, y + g],
  ].map(([left, top]) => ({ x: left, y: top, w, h }));
}

/** With more labels that must be shown than this, a close-up is made wider, and they may cover less. */
export const SEVERAL = 8;
/** With more labels than this that must be shown, one that finds no room of its own is left out all the same. */
export const CROWD = 16;

/**
 * Lay the labels out. Items: {id, text, under, x, y, r, weight, must, bold, size}; obstacles: rectangles, of a marker
 * with the id that it is `of`; sheet: {w, h}.
 * Returns the items that found room, with their rectangle. One that must be shown takes the least bad spot.
 * @param {any[]} items
 * @param {Made.Box[]} obstacles
 * @param {{ w: number, h: number }} sheet
 * @returns {any[]}
 */
export function layLabels(items, obstacles, sheet) {
  const taken = bySquare(obstacles),
    markers = bySquare(obstacles.filter((one) => one.of));
  const musts = items.filter((one) => one.must).length,
    most = musts > CROWD ? 0.05 : musts > SEVERAL ? 0.2 : 0.35; // how much a label that must be shown may cover, by its own size
  const turn = [...items].sort((a, b) => b.must - a.must || b.weight - a.weight || (a.id < b.id ? -1 : 1));
  for (const item of turn) {
    item.w = Math.max(textWidth(item.text, item.size, item.bold), item.under ? textWidth(item.under, UNDER, true) : 0) + 2;
    item.h = item.size + 2 + (item.under ? UNDER + 2 : 0);
  }
  /** How bad a spot is: what a name there would cover, and whether it would be read as that of another place. */
  const badness = (item, spot, names) => {
    const outside = spot.x < 2 || spot.y < 2 || spot.x + spot.w > sheet.w - 2 || spot.y + spot.h > sheet.h - 2;
    const marks = taken
      .near(spot, 0)
      .reduce((sum, one) => (one.of === item.id ? sum : sum + overlap(spot, one) * (one.of ? 3 : 1)), 0);
    const covered = names.reduce((sum, one) => sum + overlap(spot, one), marks) + (outside ? 4000 : 0);
    const own = { x: item.x, y: item.y, w: 0, h: 0, of: item.id };
    return { covered, cost: () => covered + (misleads(spot, own, markers) ? MISLEADING : 0) };
  };
  /** The best spot of a name, given those of others. */
  const bestSpot = (item, names) => {
    let best = null;
    for (const [rank, spot] of spots(item, sheet).entries()) {
      const { covered, cost } = badness(item, spot, names);
      if (best && covered && covered + rank >= best.cost + best.rank) continue;
      const bad = cost();
      if (!best || bad === 0 || bad + rank < best.cost + best.rank) best = { spot, cost: bad, rank };
      if (bad === 0) break;
    }
    return best;
  };
  const allowed = (item) => (item.must ? item.w * item.h * most : 0);
  const laid = [];
  for (const item of turn) {
    const { spot, cost } = bestSpot(item, near(laid, item));
    if (cost <= allowed(item)) laid.push({ ...item, spot, cost });
  }
  makeRoom(laid, sheet, bestSpot, (item, spot, names) => badness(item, spot, names).cost());
  return laid;
}

/** The names that one around a marker could touch. */
const near = (laid, { x, y, w, h, r }) => {
  const reached = { x: x - w - r - 20, y: y - 2 * h - r - 12, w: 2 * (w + r + 20), h: 2 * (2 * h + r + 12) };
  return laid.map((one) => one.spot).filter((spot) => overlap(reached, spot) > 0);
};

/** Give names that cover something a better spot, where up to two others can make room for it. */
function makeRoom(laid, sheet, bestSpot, costAt) {
  for (const one of laid) {
    if (!one.cost) continue;
    for (const spot of spots(one, sheet)) {
      const pushed = laid.filter((other) => other !== one && overlap(other.spot, spot) > 0);
      if (pushed.length > 2) continue;
      const stay = laid.filter((other) => other !== one && !pushed.includes(other)),
        names = [...stay.map((other) => other.spot), spot],
        moved = [{ of: one, spot, cost: costAt(one, spot, names.slice(0, -1)) }];
      for (const other of pushed) {
        const best = bestSpot(other, names);
        moved.push({ of: other, spot: best.spot, cost: best.cost });
        names.push(best.spot);
      }
      const sum = (rows) => rows.reduce((all, row) => all + row.cost, 0);
      if (sum(moved) >= one.cost + sum(pushed) - 1) continue;
      for (const { of, ...place } of moved) Object.assign(of, place);
      break;
    }
  }
}

/**
 * The labels with those elsewhere that a sign would stand under; all others stay, so that a step of the date moves few.
 * @param {any[]} laid what `layLabels` made without the signs
 * @param {Made.Box[]} signs
 * @param {Made.Box[]} obstacles
 * @param {{ w: number, h: number }} sheet
 * @returns {any[]}
 */
export function besideSigns(laid, signs, obstacles, sheet) {
  const of = bySquare(signs),
    covered = laid.filter((one) => of.near(one.spot, 0).some((sign) => overlap(one.spot, sign) > 0));
  if (!covered.length) return laid;
  const stay = laid.filter((one) => !covered.includes(one)),
    moved = layLabels(covered, [...obstacles, ...signs, ...stay.map((one) => one.spot)], sheet),
    by = new Map([...stay, ...moved].map((one) => [one.id, one]));
  return laid.map((one) => by.get(one.id)).filter(Boolean);
}

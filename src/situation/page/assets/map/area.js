// The main area of the map: the part in which most of what is told of places can be told apart, for any war.
import { FROM, P, TO } from "../core/payload.js";
import { READINGS } from "../core/record.js";
import { STORIES } from "../core/stories.js";
import { freeCorner } from "./corners.js";
import { apart, bounds, cameraOver, onSheet } from "./projection.js";

/** The sheet on which areas are compared: its size, the room about it, and how near signs cannot be told apart. */
const TRIAL_SHEET = { w: 640, h: 420, pad: { x: 62, y: 34 }, near: 17 };
/** A close-up of a crowd on that sheet: so wide a place, within bounds, and so much wider than high. */
const TRIAL_CLOSEUP = { place: 22, least: 190, most: 300, ratio: 1.35, pad: { x: 40, y: 22 } };
/** An area holds at least half of what is told; of areas about as good the largest is shown. */
const LEAST_TOLD = 0.5;
const NEARLY_MOST = 0.78;
/** How much a larger scale is worth: twice the scale is 1.2 times as good, since names then have room. */
const SCALE_POWER = 0.3;
/** Places about an area are in it as long as this part of its scale is left. */
const LITTLE_SCALE = 0.85;
/** So many areas are compared, and so many places at once are left out of one for the next. */
const MOST_AREAS = 40;
const AT_ONCE = 8;
/** A place that changes hands in every story weighs as much as one of so many claims. */
const A_CHANGE = 9;

/** How much of the record happens at each place: the claims behind its entries, and a little for being there. */
function recordWeight() {
  const weight = new Map(P.places.map((place) => [place.id, 0.2]));
  const first = READINGS.get(P.readings[0].id);
  for (const entry of first.entries) {
    if (entry.place !== null && entry.mark === "event" && entry.lane !== "statements" && weight.has(entry.place)) {
      weight.set(entry.place, weight.get(entry.place) + Math.max(1, entry.claims.length));
    }
  }
  return weight;
}
export const WEIGHT = recordWeight();

/**
 * Whether a place changes hands: in the record within the window, or in the stories.
 * @param {Given.Place} place
 * @returns {boolean}
 */
export function changesHands(place) {
  const rows = READINGS.get(P.readings[0].id).cells.get(`${place.id}.holder`) ?? [];
  return (
    rows.some((row) => row.since > FROM && row.since <= TO) ||
    [...STORIES.values()].some((one) => (one.shares[place.id]?.rows ?? []).length > 1)
  );
}

/** By how much of the stories the share of any holder of a place moves from how they begin; the most of any ensemble and day. */
function moves(place) {
  const all = [...STORIES.values()].flatMap((one) => {
    const rows = one.shares[place.id]?.rows ?? [];
    return rows.flatMap((row) => row.slice(1).map((share, i) => Math.abs(share - rows[0][i + 1])));
  });
  return all.reduce((most, part) => Math.max(most, part), 0);
}

/** What is told of each place, by record and stories: of four times the claims it is twice as much. */
const TOLD = new Map(P.places.map((place) => [place.id, Math.sqrt(WEIGHT.get(place.id) + A_CHANGE * moves(place))]));
const toldOf = (places) => places.reduce((all, place) => all + TOLD.get(place.id), 0);

/** How much of what is told of some places can be told apart on a sheet: a sign that lies under a weightier one cannot. */
function toldApart(places, { w, h, pad }) {
  const camera = cameraOver(places, w, h, pad);
  const at = places
    .map((place) => ({ place, weight: TOLD.get(place.id), at: onSheet(camera, w, h, place.lon, place.lat) }))
    .sort((a, b) => b.weight - a.weight);
  return at.filter(
    (one, i) => !at.slice(0, i).some((o) => Math.hypot(o.at[0] - one.at[0], o.at[1] - one.at[1]) < TRIAL_SHEET.near),
  );
}

/** All places within the bounds of some. */
function within(places) {
  const b = bounds(places);
  return P.places.filter((p) => p.lon >= b.west && p.lon <= b.east && p.lat >= b.south && p.lat <= b.north);
}

/** How good an area is: what of it can be told apart, also in close-ups of its crowds that find a corner, and at what scale. */
function worth(area) {
  const clear = new Map(toldApart(area, TRIAL_SHEET).map((one) => [one.place, one.weight]));
  const camera = cameraOver(area, TRIAL_SHEET.w, TRIAL_SHEET.h, TRIAL_SHEET.pad),
    taken = [];
  for (const crowd of crowds(area)) {
    const { place, least, most, ratio, pad } = TRIAL_CLOSEUP,
      wide = Math.min(most, Math.max(least, place * crowd.length)),
      corner = freeCorner(area, camera, TRIAL_SHEET, { w: wide, h: wide / ratio }, taken);
    if (!corner) continue;
    taken.push(corner);
    for (const one of toldApart(crowd, { ...corner, pad })) clear.set(one.place, one.weight);
  }
  return [...clear.values()].reduce((all, weight) => all + weight, 0) * camera.k ** SCALE_POWER;
}

/** The outermost places on the side that leaves the sheet largest for the least that is lost. */
function outermost(places) {
  const scale = (some) => cameraOver(some, TRIAL_SHEET.w, TRIAL_SHEET.h, TRIAL_SHEET.pad).k,
    now = scale(places);
  let best = { gain: -1, out: [] };
  for (const key of ["lon", "lat"])
    for (const sign of [1, -1]) {
      const sorted = [...places].sort((a, b) => sign * (a[key] - b[key]));
      for (let n = 1; n <= Math.min(AT_ONCE, places.length - 3); n += 1) {
        const out = sorted.slice(0, n),
          gain = Math.log(scale(sorted.slice(n)) / now) / toldOf(out);
        if (gain > best.gain) best = { gain, out };
      }
    }
  return best.out;
}

/** An area with the places about it, the nearest first, that cost it little of its scale. */
function withNear(area) {
  const scale = (places) => cameraOver(places, TRIAL_SHEET.w, TRIAL_SHEET.h, TRIAL_SHEET.pad).k,
    b = bounds(area),
    middle = { lon: (b.west + b.east) / 2, lat: (b.south + b.north) / 2 };
  const others = P.places
    .filter((place) => !area.includes(place))
    .sort((p, q) => apart(p, middle) - apart(q, middle));
  return others.reduce(
    (wider, place) => (scale([...wider, place]) >= LITTLE_SCALE * scale(area) ? [...wider, place] : wider),
    area,
  );
}

/** The places among which most is told and can be told apart: far-off ones are left to an inset and to the whole map. */
function mainArea() {
  let core = P.places.filter((place) => WEIGHT.get(place.id) >= 1 || changesHands(place));
  if (core.length < 3) return P.places;
  const least = LEAST_TOLD * toldOf(core),
    nested = [P.places];
  while (core.length >= 3 && toldOf(core) >= least) {
    nested.push(within(core));
    const out = new Set(outermost(core));
    if (!out.size) break;
    core = core.filter((place) => !out.has(place));
  }
  const step = Math.max(1, Math.ceil(nested.length / MOST_AREAS)),
    areas = nested.filter((_, i) => i % step === 0).map((area) => ({ area, worth: worth(area) })),
    most = Math.max(...areas.map((one) => one.worth));
  return withNear(areas.find((one) => one.worth >= NEARLY_MOST * most).area);
}

/**
 * Places of an area too close together to tell apart on the sheet: the heaviest such group, quarters of a city apart from it.
 * @param {Given.Place[]} area
 * @returns {Given.Place[][]}
 */
export function crowds(area) {
  const { w, h, pad, near } = TRIAL_SHEET,
    camera = cameraOver(area, w, h, pad);
  const heft = (set) => set.reduce((all, p) => all + WEIGHT.get(p.id), 0);
  const cities = area
    .map((city) => [city, ...P.places.filter((place) => place.within === city.id)])
    .filter((set) => set.length >= 4);
  const nested = new Set(cities.flatMap((set) => set.slice(1)));
  const points = area
    .filter((place) => !nested.has(place))
    .map((place) => ({ place, at: onSheet(camera, w, h, place.lon, place.lat) }));
  const group = points.map((_, i) => i);
  const find = (i) => (group[i] === i ? i : (group[i] = find(group[i])));
  points.forEach((a, i) =>
    points.forEach((b, j) => {
      if (j > i && Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < near) group[find(i)] = find(j);
    }),
  );
  const sets = new Map();
  points.forEach((one, i) => {
    const g = find(i);
    sets.has(g) ? sets.get(g).push(one.place) : sets.set(g, [one.place]);
  });
  const most = (list) => list.sort((a, b) => heft(b) - heft(a)).slice(0, 1);
  const city = most(cities),
    close = [...sets.values()].filter((set) => set.length >= 3);
  const others = close.filter((set) => !city.length || !set.includes(city[0][0]));
  return [...most(others.length ? others : close), ...city];
}

export const THEATRE = mainArea();

/** What changes hands far from the main area: the group of which most is told, each within the area's width of another. */
function farOff() {
  const b = bounds(THEATRE),
    wide = apart({ lon: b.west, lat: b.south }, { lon: b.east, lat: b.north }) / 2;
  const left = P.places
    .filter((place) => !THEATRE.includes(place) && changesHands(place))
    .sort((p, q) => TOLD.get(q.id) - TOLD.get(p.id));
  const groups = [];
  for (const place of left) {
    const near = groups.find((group) => apart(group[0], place) < wide);
    near ? near.push(place) : groups.push([place]);
  }
  return groups.sort((p, q) => toldOf(q) - toldOf(p))[0] ?? [];
}
export const FAR_OFF = farOff();

// From longitude and latitude to the sheet: plain cartesian axes, longitude narrowed by the cosine of the latitude.
import { FROM, P, TO } from "../core/payload.js";
import { READINGS } from "../core/record.js";
import { STORIES } from "../core/stories.js";

const MIDDLE = P.places.length ? P.places.reduce((sum, p) => sum + p.lat, 0) / P.places.length : 0;
export const NARROW = Math.cos((MIDDLE * Math.PI) / 180);
const KM_A_DEGREE = 111.2;

/**
 * A camera looks at the middle of the sheet; k is pixels a degree of latitude.
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @param {number} lon
 * @param {number} lat
 * @returns {[number, number]}
 */
export function onSheet(camera, w, h, lon, lat) {
  return [w / 2 + (lon - camera.lon) * NARROW * camera.k, h / 2 - (lat - camera.lat) * camera.k];
}

/**
 * @param {Given.Place[]} places
 * @returns {{ west: number, east: number, south: number, north: number }}
 */
export function bounds(places) {
  const lons = places.map((p) => p.lon),
    lats = places.map((p) => p.lat);
  return { west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) };
}

/**
 * The camera that shows all the places with room for their labels, at most `deepest` pixels a degree.
 * @param {Given.Place[]} places
 * @param {number} w
 * @param {number} h
 * @param {{ x: number, y: number }} pad
 * @param {number} [deepest]
 * @returns {Made.Camera}
 */
export function cameraOver(places, w, h, pad, deepest = 60000) {
  if (!places.length) return { lon: 0, lat: 0, k: 10 };
  const b = bounds(places);
  const across = Math.max((b.east - b.west) * NARROW, 0.005),
    up = Math.max(b.north - b.south, 0.005);
  const k = Math.min((w - pad.x * 2) / across, (h - pad.y * 2) / up, deepest);
  return { lon: (b.west + b.east) / 2, lat: (b.south + b.north) / 2, k: Math.max(k, 5) };
}

/**
 * Kilometres between two places, near enough for a map of this size.
 * @param {{ lon: number, lat: number }} a
 * @param {{ lon: number, lat: number }} b
 * @returns {number}
 */
export function apart(a, b) {
  return Math.hypot((a.lon - b.lon) * NARROW, a.lat - b.lat) * KM_A_DEGREE;
}

/** How much of the story happens at each place: the claims behind its entries, and a little for being there. */
function storyWeight() {
  const weight = new Map(P.places.map((place) => [place.id, 0.2]));
  const first = READINGS.get(P.readings[0].id);
  for (const entry of first.entries) {
    if (entry.place !== null && entry.mark === "event" && entry.lane !== "statements" && weight.has(entry.place)) {
      weight.set(entry.place, weight.get(entry.place) + Math.max(1, entry.claims.length));
    }
  }
  return weight;
}
export const WEIGHT = storyWeight();

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

/** How many of the places stand clear of all others on a sheet that shows them all. */
function standClear(places) {
  const camera = cameraOver(places, 640, 420, { x: 62, y: 34 });
  const at = places.map((place) => onSheet(camera, 640, 420, place.lon, place.lat));
  return at.filter((a) => at.every((b) => a === b || Math.hypot(a[0] - b[0], a[1] - b[1]) > 17)).length;
}

/** The main area, with as many more places that change hands, the nearest first, as leave the most standing clear. */
function withChanges(area) {
  const b = bounds(area),
    middle = { lon: (b.west + b.east) / 2, lat: (b.south + b.north) / 2 };
  const others = P.places
    .filter((place) => !area.includes(place) && changesHands(place))
    .sort((p, q) => apart(p, middle) - apart(q, middle));
  const wider = others.map((_, i) => [...area, ...others.slice(0, i + 1)]);
  return wider.reduce(
    (best, places) => {
      const clear = standClear(places);
      return clear > best.clear ? { places, clear } : best;
    },
    { places: area, clear: standClear(area) },
  ).places;
}

/** The places round which most of the story turns: far-off ones are left to the whole map. */
function theatre() {
  const busy = P.places.filter((place) => WEIGHT.get(place.id) >= 1);
  if (busy.length < 3) return P.places;
  const middle = (key) => {
    const sorted = [...busy].sort((a, b) => a[key] - b[key]);
    const half = sorted.reduce((sum, p) => sum + WEIGHT.get(p.id), 0) / 2;
    let sum = 0;
    return sorted.find((p) => (sum += WEIGHT.get(p.id)) >= half)[key];
  };
  const centre = { lon: middle("lon"), lat: middle("lat") };
  const far = busy.map((p) => ({ d: apart(p, centre), w: WEIGHT.get(p.id) })).sort((a, b) => a.d - b.d);
  const wanted = far.reduce((sum, one) => sum + one.w, 0) * 0.85;
  let sum = 0;
  const radius = far.find((one) => (sum += one.w) >= wanted).d * 1.02;
  return withChanges(P.places.filter((place) => apart(place, centre) <= radius));
}
export const THEATRE = theatre();

/**
 * Places too close together to tell apart at this camera: the heaviest such group, quarters of a city apart from it.
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @param {number} gap
 * @returns {Given.Place[][]}
 */
export function crowds(camera, w, h, gap) {
  const heft = (set) => set.reduce((sum, p) => sum + WEIGHT.get(p.id), 0);
  const cities = THEATRE.map((city) => [city, ...P.places.filter((place) => place.within === city.id)]).filter(
    (set) => set.length >= 4,
  );
  const nested = new Set(cities.flatMap((set) => set.slice(1)));
  const points = THEATRE.filter((place) => !nested.has(place)).map((place) => ({
    place,
    at: onSheet(camera, w, h, place.lon, place.lat),
  }));
  const group = points.map((_, i) => i);
  const find = (i) => (group[i] === i ? i : (group[i] = find(group[i])));
  points.forEach((a, i) =>
    points.forEach((b, j) => {
      if (j > i && Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) < gap) group[find(i)] = find(j);
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

/**
 * A round length for a scale bar of about the given width.
 * @param {Made.Camera} camera
 * @param {number} wide
 * @returns {{ km: number, px: number }}
 */
export function scaleLength(camera, wide) {
  const km = (wide / camera.k) * KM_A_DEGREE;
  const power = 10 ** Math.floor(Math.log10(km));
  const step = [5, 2, 1].find((n) => n * power <= km) * power;
  return { km: step, px: (step / KM_A_DEGREE) * camera.k };
}

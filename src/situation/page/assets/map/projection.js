// From longitude and latitude to the sheet: plain cartesian axes, longitude narrowed by the cosine of the latitude.
import { P } from "../core/payload.js";

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

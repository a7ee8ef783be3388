// The map's own state: its sheet and close-ups, and where each place falls on them.
import { P, PLACES } from "../core/payload.js";
import { WEIGHT } from "./area.js";
import { onSheet } from "./projection.js";

/** @type {{ w: number, h: number, camera: Made.Camera | null, closeups: Made.Closeup[], base: string, drawn: string }} */
export const sheet = { w: 0, h: 0, camera: null, closeups: [], base: "", drawn: "" };

/**
 * Where each place falls; minor places under a weightier one shrink to a dot, but in a close-up all stand side by side.
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @param {boolean} close
 * @returns {Map<string, Made.Point>}
 */
export function points(camera, w, h, close) {
  const order = [...P.places].sort(
    (a, b) => Number(b.size === "major") - Number(a.size === "major") || WEIGHT.get(b.id) - WEIGHT.get(a.id),
  );
  const at = new Map();
  for (const place of order) {
    const [x, y] = onSheet(camera, w, h, place.lon, place.lat);
    if (x < 7 || y < 7 || x > w - 7 || y > h - 7) {
      at.set(place.id, { x, y, r: 4, out: true, dot: true });
      continue;
    }
    const r = (place.size === "major" ? 7 : 5) + (close ? 0.5 : 0);
    const near =
      !close &&
      [...at].some(
        ([id, other]) =>
          !other.dot &&
          !(place.size === "major" && PLACES.get(id).size === "major") &&
          Math.hypot(other.x - x, other.y - y) < (other.r + r) * 0.85,
      );
    at.set(place.id, { x, y, r: near ? 2.4 : r, dot: near });
  }
  const signs = [...at]
    .filter(([id, point]) => !point.dot && !point.out && (close || PLACES.get(id).size === "major"))
    .map(([, point]) => point);
  for (let again = close ? 6 : 1; again > 0; again -= 1) setApart(signs);
  return at;
}

/**
 * Signs that would cover each other part by some pixels, each half the way, so that both can be seen and chosen.
 * @param {Made.Point[]} signs
 */
function setApart(signs) {
  signs.forEach((a, i) =>
    signs.slice(i + 1).forEach((b) => {
      const dx = b.x - a.x,
        dy = b.y - a.y,
        away = Math.hypot(dx, dy) || 1,
        short = Math.min(12, a.r + b.r + 2.5 - away) / 2;
      if (short <= 0) return;
      a.x -= (dx / away) * short;
      a.y -= (dy / away) * short;
      b.x += (dx / away) * short;
      b.y += (dy / away) * short;
    }),
  );
}

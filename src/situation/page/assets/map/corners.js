// The corners of a sheet, in which close-ups stand where they cover no place.
import { overlap } from "./labels.js";
import { onSheet } from "./projection.js";

/**
 * The corner of a sheet where a box of some size covers none of the places, nor another box; none where there is no such corner.
 * @param {Given.Place[]} places
 * @param {Made.Camera} camera
 * @param {{ w: number, h: number }} size
 * @param {{ w: number, h: number }} box
 * @param {Made.Box[]} taken
 * @returns {Made.Box | null}
 */
export function freeCorner(places, camera, { w, h }, box, taken) {
  const corners = [
    { x: w - box.w - 8, y: 8 },
    { x: 8, y: h - box.h - 8 },
    { x: 8, y: 8 },
    { x: w - box.w - 8, y: h - box.h - 34 },
  ].map((corner) => ({ ...corner, ...box }));
  const at = places.map((place) => onSheet(camera, w, h, place.lon, place.lat));
  return (
    corners.find(
      (one) =>
        !taken.some((other) => overlap(one, other)) &&
        !at.some(
          ([x, y]) => x > one.x - 26 && x < one.x + one.w + 26 && y > one.y - 14 && y < one.y + one.h + 14,
        ),
    ) ?? null
  );
}

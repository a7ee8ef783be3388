// Moving over the map: scale, dragging by mouse or finger, keys, and the part of it that an address names.
import { near180, writtenLon } from "../core/meridian.js";
import { MIDDLE_LON } from "../core/payload.js";
import { redraw } from "../core/frames.js";
import { page } from "../core/state.js";
import { NARROW } from "./projection.js";
import { sheet } from "./sheet.js";

/**
 * The part of the map that is looked at, as the address carries it: longitude, latitude, pixels a degree.
 * @returns {string}
 */
export function cameraWords() {
  const { lon, lat, k } = sheet.camera;
  return `${writtenLon(lon).toFixed(3)},${lat.toFixed(3)},${k.toFixed(0)}`;
}

/**
 * @param {string} text
 * @returns {boolean}
 */
export function readCamera(text) {
  const [lon, lat, k, ...more] = text.split(",").map(Number);
  if (
    more.length ||
    ![lon, lat, k].every(Number.isFinite) ||
    Math.abs(lon) > 180 ||
    Math.abs(lat) > 90 ||
    k < 5 ||
    k > 20000
  )
    return false;
  sheet.camera = { lon: near180(lon, MIDDLE_LON), lat, k };
  redraw("view");
  return true;
}

/**
 * @param {number} factor
 * @param {number[]} [middle]
 */
export function zoom(factor, middle = [sheet.w / 2, sheet.h / 2]) {
  const { camera, w, h } = sheet;
  const lon = camera.lon + (middle[0] - w / 2) / (camera.k * NARROW),
    lat = camera.lat - (middle[1] - h / 2) / camera.k;
  const k = Math.min(20000, Math.max(15, camera.k * factor)),
    f = camera.k / k;
  sheet.camera = { k, lon: lon + (camera.lon - lon) * f, lat: lat + (camera.lat - lat) * f };
  page.view = "free";
  redraw("view");
}

/** Look at another part of the map: the middle moves by some pixels of the sheet. */
function pan(dx, dy, { lon, lat, k } = sheet.camera) {
  sheet.camera = { k, lon: lon + dx / (k * NARROW), lat: lat - dy / k };
  page.view = "free";
  redraw("view");
}

/**
 * Where a part of the map is looked at, go on with a place in the middle.
 * @param {Given.Place} place
 */
export function lookAt(place) {
  if (page.view === "free") pan(0, 0, { ...sheet.camera, lon: place.lon, lat: place.lat });
}

/**
 * On the focused map the arrows move it, plus and minus change its scale.
 * @param {KeyboardEvent} event
 */
export function walkMap(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = sheet.w / 8,
    way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (way) pan(...way);
  else if (event.key === "+" || event.key === "=") zoom(1.5);
  else if (event.key === "-") zoom(1 / 1.5);
  else return;
  event.preventDefault();
}

/**
 * The mouse drags the map, and so does a finger once a part of it is looked at; before, a finger scrolls the page.
 * @param {SVGElement} svg
 */
export function draggable(svg) {
  let held = null;
  const scale = () => sheet.w / svg.getBoundingClientRect().width;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary && (event.pointerType === "mouse" || page.view === "free"))
      held = { x: event.clientX, y: event.clientY, camera: sheet.camera };
  });
  addEventListener("pointermove", (event) => {
    if (
      !held ||
      !event.isPrimary ||
      Math.hypot(event.clientX - held.x, event.clientY - held.y) < (event.pointerType === "mouse" ? 4 : 8)
    )
      return;
    pan((held.x - event.clientX) * scale(), (held.y - event.clientY) * scale(), held.camera);
  });
  for (const over of ["pointerup", "pointercancel"])
    addEventListener(over, () => {
      held = null;
    });
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, [(event.clientX - box.left) * scale(), (event.clientY - box.top) * scale()]);
    },
    { passive: false },
  );
}

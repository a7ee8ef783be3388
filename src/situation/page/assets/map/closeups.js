// Setting out the map: the camera of the sheet, and close-ups with their boxes where they cover nothing.
import { byId, link, replace, s } from "../core/elements.js";
import { P, PLACES } from "../core/payload.js";
import { go, page } from "../core/state.js";
import { count, number, plain } from "../core/text.js";
import { freeCorner } from "./corners.js";
import { CROWD, SEVERAL, overlap } from "./labels.js";
import { changesHands, crowds, FAR_OFF, THEATRE, WEIGHT } from "./area.js";
import { apart, bounds, cameraOver, NARROW, onSheet } from "./projection.js";
import { points, sheet } from "./sheet.js";

const STRIP = 250; // pixels that a close-up is high where it has the width under the map to itself
const A_NAME = 40; // pixels of a close-up's width that each of its places has for its name, where there are many

const FAR_SCALE = 2; // an inset of what is far off is at most so many times the scale of the main area, lest one place fill it
const SIZES = [1, 0.85, 0.7]; // a close-up is smaller rather than under the map
const WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];

const STACKED = 2; // how much wider than high a close-up is that stands above another, lest two push all else out of sight

/** The size of a close-up: wide where its places lie side by side; under the map one alone has all of its width. */
function closeupSize(places, w, over, alone) {
  const b = bounds(places),
    ratio = ((b.east - b.west) * NARROW) / Math.max(b.north - b.south, 0.002) > 1.4 || !over ? 1.55 : 1.25;
  const manyNames = places.length > SEVERAL && places.length <= CROWD;
  const cw = Math.round(
    w < 520 || (alone && !over)
      ? w - 24
      : over
        ? manyNames
          ? Math.min(w / 2, A_NAME * places.length)
          : Math.min(w * (ratio > 1.4 ? 0.4 : 0.3), 340)
        : (w - 32) / 2,
  );
  const tall = w < 520 && !alone ? cw / STACKED : cw / ratio;
  return { cw, ch: Math.round(over ? tall : Math.min(tall, 1.15 * STRIP)) };
}

/**
 * An inset of what is far off is low, and small where it lies over the map: it shows who holds a few places, and how far away
 * they are.
 */
const farSize = (w, over) => ({ cw: over ? Math.round(Math.min(w * 0.3, 240)) : w - 24, ch: 110 });

/** "Northtown, 240 km north-east": of the main area's middle. */
function farTitle(largest) {
  const b = bounds(THEATRE),
    middle = { lon: (b.west + b.east) / 2, lat: (b.south + b.north) / 2 },
    eighths = (Math.atan2((largest.lon - middle.lon) * NARROW, largest.lat - middle.lat) * 4) / Math.PI,
    wind = WINDS[(Math.round(eighths) + 8) % 8];
  return `${plain(largest.name, 24)}, ${number(Math.round(apart(middle, largest) / 10) * 10)} km ${wind}`;
}

/** The same camera a little further north, so that the title above covers no place. */
const underTitle = (camera) => ({ ...camera, lat: camera.lat + 9 / camera.k });

/** Set out the sheet for the present size and view: its camera, and the close-ups with their boxes. */
export function setOut() {
  const w = (sheet.w = Math.max(280, Math.round(byId("map").clientWidth))),
    narrow = w < 520;
  const base = Math.round(w < 900 ? Math.min(Math.max(w * 0.64, 270), 450) : Math.min(w * 0.5, 540));
  const groups = crowds(THEATRE).map((places) => ({ places, far: false }));
  const over = page.view === "valley" && w >= 620;
  const lay = (extra, insets = groups) => {
    sheet.h = base + extra;
    if (page.view !== "free") {
      const home =
        page.view === "all"
          ? cameraOver(P.places, w, base, { x: 46, y: 28 }, 9000)
          : cameraOver(THEATRE, w, base, { x: narrow ? 36 : 62, y: 34 }, 9000);
      sheet.camera = { ...home, lat: home.lat - extra / 2 / home.k };
    }
    const taken = [],
      sized = insets.map(({ places, far }) => {
        const { cw, ch } = far ? farSize(w, over) : closeupSize(places, w, over, groups.length === 1);
        /** @type {Made.Box | null} */
        let spot = null;
        for (const part of over ? (far ? [1] : SIZES) : [])
          spot ??= freeCorner(THEATRE, sheet.camera, { w, h: sheet.h }, { w: part * cw, h: part * ch }, taken);
        if (!spot) return { places, far, cw, ch, spot };
        taken.push(spot);
        return { places, far, cw: Math.round(spot.w), ch: Math.round(spot.h), spot };
      });
    const kept = sized.filter((one) => one.spot || !one.far || !over),
      under = kept.filter((one) => !one.spot);
    if (over && under.length === 1) Object.assign(under[0], { cw: w - 24, ch: STRIP }); // it would leave half of the width empty
    sheet.closeups = kept.map(({ places, far, cw, ch, spot }, i) => {
      const largest = [...places].sort(
        (p, q) => Number(q.size === "major") - Number(p.size === "major") || WEIGHT.get(q.id) - WEIGHT.get(p.id),
      )[0];
      return {
        places,
        title: far ? farTitle(largest) : `${"AB"[i]}: around ${plain(largest.name, 30)}`,
        letter: far ? "" : "AB"[i],
        w: cw,
        h: ch,
        spot,
        camera: underTitle(cameraOver(places, cw, ch - 18, { x: 56, y: 26 }, far ? FAR_SCALE * sheet.camera.k : undefined)),
      };
    });
    return taken.length;
  };
  // higher only as far as more close-ups find room on it
  const heights = over ? [0, 50, 100, 150] : [0],
    room = heights.map((extra) => lay(extra));
  const far = page.view === "valley" && FAR_OFF.length ? [{ places: FAR_OFF, far: true }] : [];
  lay(heights[room.indexOf(Math.max(...room))], [...groups, ...far]); // over the map only where a corner is left
}

/**
 * Where the close-ups lie on the sheet: a frame each, its letter at the corner that is freest.
 * @returns {{ rect: Made.Properties, letter: string, box: Made.Box }[]}
 */
export function frames() {
  const of = JSON.stringify([sheet.camera, sheet.w, sheet.h, sheet.closeups]);
  if (framed.of !== of) framed = { of, frames: setFrames() };
  return framed.frames;
}

/** The frames as they lie, and what they were set from. */
let framed = { of: "", frames: [] };

function setFrames() {
  const { camera, w, h } = sheet,
    at = [...points(camera, w, h, false).values()].filter((point) => !point.out);
  const on = sheet.closeups.filter((close) => close.letter);
  return on.map((close) => {
    const b = bounds(close.places),
      gap = 11;
    const [x1, y1] = onSheet(camera, w, h, b.west, b.north),
      [x2, y2] = onSheet(camera, w, h, b.east, b.south);
    const corners = [
      [x2 + gap + 2, y1 - gap - 2],
      [x1 - gap - 12, y1 - gap - 2],
      [x2 + gap + 2, y2 + gap + 12],
      [x1 - gap - 12, y2 + gap + 12],
    ].map(([x, y]) => ({ x, y: y - 10, w: 10, h: 12 }));
    const busy = (box) =>
      at.reduce(
        (sum, p) => sum + overlap(box, { x: p.x - p.r - 4, y: p.y - p.r - 4, w: 2 * p.r + 8, h: 2 * p.r + 8 }),
        0,
      );
    return {
      rect: { x: x1 - gap, y: y1 - gap, width: x2 - x1 + 2 * gap, height: y2 - y1 + 2 * gap },
      letter: close.letter,
      box: corners.reduce((a, c) => (busy(c) < busy(a) ? c : a)),
    };
  });
}

/**
 * @param {{ rect: Made.Properties, letter: string, box: Made.Box }} frame
 * @returns {SVGElement}
 */
export function drawFrame({ rect, letter, box }) {
  return s("g", { class: "frame" }, s("rect", { ...rect, rx: 4 }), s("text", { x: box.x, y: box.y + 11 }, letter));
}

/** Under the main area: how many places lie outside it, how many of them change hands, and the way to see them. */
export function drawOutside() {
  const at = page.view === "valley" ? [...points(sheet.camera, sheet.w, sheet.h, false)] : [],
    inset = sheet.closeups.flatMap((close) => close.places),
    out = at.filter(([, point]) => point.out).map(([id]) => PLACES.get(id)).filter((place) => !inset.includes(place)),
    moved = out.filter(changesHands).length;
  byId("outside").hidden = !out.length;
  replace(
    byId("outside"),
    `${count(out.length, "place")} outside`,
    moved ? `, ${movedWords(moved, out.length)}` : "",
    ": ",
    link(() => go({ view: "all" }), "whole map"),
    ".",
  );
}

/** Of some places outside how many change hands, as a clause. */
function movedWords(moved, out) {
  if (out === 1) return "which changes hands";
  if (moved === 1) return "one of which changes hands";
  return `${moved < out ? number(moved) : out === 2 ? "both" : "all"} of which change hands`;
}

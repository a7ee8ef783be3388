// What stands on the map: ground, links, markers of places with their status, and names.
import { colour, disc, lineColour, shape, unknownColour } from "../core/colours.js";
import { outline, s, textWidth } from "../core/elements.js";
import { members, P, root } from "../core/payload.js";
import { open } from "../core/stories.js";
import { number, plain } from "../core/text.js";
import { UNDER } from "./labels.js";
import { apart, NARROW, onSheet, scaleLength } from "./projection.js";
import { drawShareMark } from "./sharemarks.js";
import { app6, symbolMark } from "./symbols.js";

const nearestOf = (rows, at) => rows.reduce((a, b) => (a && apart(a, at) <= apart(b, at) ? a : b), null);

/** From the code of a country to its name on the map: the one nearest to the middle of its places. */
function namesByCode() {
  const middle = (rows, key) => rows.reduce((sum, place) => sum + place[key], 0) / rows.length;
  return new Map(
    [...new Set(P.places.map((place) => place.country))].map((code) => {
      const rows = P.places.filter((place) => place.country === code);
      return [code, nearestOf(P.geo.countries ?? [], { lon: middle(rows, "lon"), lat: middle(rows, "lat") })];
    }),
  );
}
const COUNTRY_NAMES = namesByCode();

/**
 * Names of countries with the room they take: where each belongs, or at the edge of the sheet nearest to that, as long as
 * the places there are still of the same country.
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @returns {{ country: any, home: boolean, x: number, y: number, box: Made.Box }[]}
 */
export function countryNames(camera, w, h) {
  return (P.geo.countries ?? [])
    .map((country) => {
      const [x, y] = onSheet(camera, w, h, country.lon, country.lat),
        wide = textWidth(plain(country.name, 30).toUpperCase(), 14, false) * 1.3;
      const cut = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most)),
        inX = cut(x, wide / 2 + 8, w - wide / 2 - 8),
        inY = cut(y, 30, h - 46);
      const there = {
        lon: camera.lon + (inX - w / 2) / (NARROW * camera.k),
        lat: camera.lat - (inY - h / 2) / camera.k,
      };
      const home = (x === inX && y === inY) || COUNTRY_NAMES.get(nearestOf(P.places, there)?.country) === country;
      return { country, home, x: inX, y: inY, box: { x: inX - wide / 2, y: inY - 13, w: wide, h: 17 } };
    })
    .filter(({ home }) => home && w > 400);
}

/**
 * Lines of the sheet that do not change with time: lakes, coast, rivers, borders, names of countries.
 * @param {Made.Camera} camera
 * @param {number} w
 * @param {number} h
 * @returns {SVGElement}
 */
export function drawGround(camera, w, h) {
  const line = (points) =>
    points
      .map(([lon, lat], i) => {
        const [x, y] = onSheet(camera, w, h, lon, lat);
        return `${i ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`;
      })
      .join("");
  const layer = s("g", { class: "land" });
  for (const lake of P.geo.lakes ?? [])
    layer.append(s("path", { class: "lake", d: lake.rings.map((ring) => `${line(ring)}Z`).join("") }));
  if (P.geo.coast?.length) layer.append(s("path", { class: "river coast", d: P.geo.coast.map(line).join("") }));
  for (const river of P.geo.rivers ?? [])
    layer.append(s("path", { class: "river", d: river.lines.map(line).join("") }));
  for (const look of ["border band", "border"])
    layer.append(s("path", { class: look, d: (P.geo.borders ?? []).map(line).join("") }));
  for (const { country, x, y } of countryNames(camera, w, h)) {
    layer.append(s("text", { class: "country", x, y, "text-anchor": "middle" }, plain(country.name, 30)));
  }
  return layer;
}

const DASH = [5, 2.5];
/** The ring of a siege, dashes in the colour of whoever rings the place; of several in turn. */
function siegeRing(besieger, r) {
  const ring = besieger ? members(besieger) : [null],
    round = DASH[0] + DASH[1];
  return ring.map((one, i) =>
    s("circle", {
      r,
      class: "ring siege",
      stroke: one ? lineColour(one) : "var(--ink)",
      "stroke-dasharray": `${DASH[0]} ${DASH[1] + round * (ring.length - 1)}`,
      "stroke-dashoffset": -i * round,
    }),
  );
}

/**
 * One place: the holder's colour and shape, with the signs of its status around it.
 * @param {{ area: boolean }} place
 * @param {Made.Point} point
 * @param {Made.Standing} c
 * @param {{ chosen?: boolean, fresh?: boolean, disputed?: boolean }} look
 * @returns {SVGElement}
 */
export function drawMark(place, point, c, { chosen, fresh, disputed }) {
  if (open(c)) return drawShareMark(place, point, c, { chosen });
  const { x, y, r } = point;
  const node = s("g", { class: "place", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` });
  node.append(s("circle", { class: "hit", r: Math.max(r + 4, 9) }));
  if (point.dot) {
    node.append(s("circle", { r: 2.4, fill: colour(c.holder), stroke: "var(--card)", "stroke-width": 0.8 }));
    return node;
  }
  const area = place.area;
  if (area)
    node.append(s("circle", { class: "area", r: r + 7, stroke: c.holder ? lineColour(c.holder) : unknownColour() }));
  if (c.status === "contested") node.append(s("circle", { r: r + 5, fill: "url(#stripes)", class: "ring ink" }));
  if (c.status === "besieged") node.append(...siegeRing(c.besieger, r + 5.5));
  if (chosen) node.append(s("circle", { r: r + 10, class: "ring chosen" }));
  else if (fresh) node.append(s("circle", { r: r + 7.5, class: "ring fresh" }));
  const d = outline(!c.holder && c.status === "ungarrisoned" ? "circle" : shape(c.holder), r);
  if (app6() && c.holder && c.status !== "unknown" && c.status !== "ungarrisoned") node.append(symbolMark(c.holder, r));
  else node.append(s("path", { d, class: "halo" }));
  if (node.querySelector(".app6")) {
    node.querySelector(".hit").setAttribute("r", String(Math.max(r * 1.5, 9)));
  } else if (c.status === "unknown" || (!c.holder && c.status !== "ungarrisoned")) {
    node.append(s("path", { d: outline("x", r), fill: unknownColour(), class: "edge" }));
  } else if (c.status === "ungarrisoned") {
    node.append(
      s("path", {
        d,
        fill: "var(--card)",
        stroke: c.holder ? lineColour(c.holder) : "var(--muted)",
        "stroke-width": 2,
        "stroke-dasharray": "2.5 2",
      }),
    );
  } else if (members(c.holder).length > 1) {
    node.append(disc(members(c.holder), r * 1.1));
  } else {
    node.append(
      s("path", {
        d,
        fill: colour(c.holder),
        stroke: lineColour(c.holder) === colour(c.holder) ? "var(--card)" : lineColour(c.holder),
        "stroke-width": 1,
      }),
    );
  }
  const rest = c.status === "mixed" ? c.parts?.find((part) => root(part.actor) !== root(c.holder)) : null;
  if (rest) {
    node.append(
      s("path", {
        d: outline(shape(rest.actor), r * 0.72),
        transform: `translate(${r * 0.95},${r * 0.8})`,
        fill: colour(rest.actor),
        stroke: "var(--card)",
        "stroke-width": 1.4,
      }),
    );
  }
  if (c.assumed && c.holder)
    node.append(
      s("circle", {
        class: "hole",
        r: Math.max(1.5, r * 0.32),
        ...(node.querySelector(".app6") ? { stroke: "var(--ink)", "stroke-width": 1.1 } : {}),
      }),
    );
  if (c.declared) node.append(s("path", { class: "flag", d: `M${r * 0.5},${-r - 1}v-9l7,2.6l-7,2.6` }));
  const sign = `${c.unsure ? "?" : ""}${disputed ? "\u2260" : ""}`;
  if (sign) node.append(s("text", { class: "sign", x: -r - 1, y: -r + 1, "text-anchor": "end" }, sign));
  return node;
}

/** @typedef {{ key: string, node: SVGElement, under: SVGElement | null }} Named */

/**
 * Names where they were laid; those that stand already as they should are left as they are.
 * @param {SVGElement} names
 * @param {Map<string, Named>} present what stands there, by place
 * @param {any[]} laid
 * @param {string | null} chosen
 */
export function drawNames(names, present, laid, chosen) {
  const gone = new Set(present.keys());
  for (const one of laid) {
    const { id, spot, size, bold, area, text, under } = one;
    const key = JSON.stringify([spot, size, bold, text, under, id === chosen]);
    gone.delete(id);
    if (present.get(id)?.key === key) continue;
    const x = (spot.x + 1).toFixed(1);
    present.set(id, {
      key,
      node: s(
        "text",
        {
          x,
          y: (spot.y + size - 1.5).toFixed(1),
          "font-size": size,
          class: `${bold ? "major" : ""} ${area ? "wide" : ""} ${id === chosen ? "selected" : ""}`,
        },
        text,
      ),
      under: under
        ? s("text", { x, y: (spot.y + spot.h - 3).toFixed(1), "font-size": UNDER, class: "under" }, under)
        : null,
    });
  }
  for (const id of gone) present.delete(id);
  const rows = laid.map((one) => present.get(one.id));
  holdInOrder(names, [...rows.map((one) => one.node), ...rows.map((one) => one.under).filter(Boolean)]);
}

/**
 * Have an element hold some nodes in their order, and no others; what stands in its place is not touched.
 * @param {Element} box
 * @param {Node[]} nodes
 */
export function holdInOrder(box, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...box.childNodes]) if (!wanted.has(node)) node.remove();
  let next = box.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else box.insertBefore(node, next);
  }
}

/**
 * @param {Made.Camera} camera
 * @param {number | null} w
 * @param {number} h
 * @param {number} wide
 * @returns {SVGElement}
 */
export function drawScale(camera, w, h, wide) {
  const { km, px } = scaleLength(camera, wide);
  return s(
    "g",
    { class: "scale", transform: `translate(${w === null ? 12 : w - px - 12},${h - 10})` },
    s("path", { d: `M0,-4V0H${px.toFixed(1)}V-4` }),
    s("text", { x: px / 2, y: -5, "text-anchor": "middle" }, `${number(km)} km`),
  );
}

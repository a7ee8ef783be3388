// Shares as pictures: a ring on the map, a bar in lists, roads cut in proportion. Never one colour where stories differ.
import { colour, lineColour, marker, shape, unknownColour } from "../core/colours.js";
import { add, h, name, outline, s } from "../core/elements.js";
import { errorWords, holderName, open, percents, pointsWords } from "../core/stories.js";
import { app6, symbolMark } from "./symbols.js";

function arc(from, to, r) {
  const at = (part) =>
    `${(r * Math.sin(2 * Math.PI * part)).toFixed(2)},${(-r * Math.cos(2 * Math.PI * part)).toFixed(2)}`;
  return `M${at(from)}A${r},${r} 0 ${to - from > 0.5 ? 1 : 0},1 ${at(to)}`;
}

/** A ring of sectors, clockwise from the top; what is left of the whole stays empty. */
function ringOf(shares, r, width) {
  /** @type {SVGElement[]} */
  const made = [
    s("circle", { r, class: "ring-ground", "stroke-width": width + 2.4 }),
    s("circle", { r, class: "ring-empty", "stroke-width": width }),
  ];
  let sum = 0;
  for (const { holder, share } of shares) {
    const from = sum,
      to = Math.min(0.9999, sum + share);
    sum += share;
    if (to - from < 0.002) continue;
    made.push(
      s("path", {
        d: arc(from, to, r),
        fill: "none",
        stroke: holder === null ? unknownColour() : colour(holder),
        "stroke-width": width,
      }),
    );
    if (shares.length > 1)
      made.push(
        s("path", {
          d: arc(to - 0.004, Math.min(0.9999, to + 0.004), r),
          fill: "none",
          class: "ring-cut",
          "stroke-width": width,
        }),
      );
  }
  return made;
}

/** The inside of a ring: the shape or the symbol of whoever leads, as faint as its lead is small. */
function leader(shares, r) {
  const [first] = shares;
  if (!first || first.holder === null) return null;
  if (app6()) {
    const mark = symbolMark(first.holder, r);
    mark.setAttribute("opacity", Math.max(0.3, first.share).toFixed(2));
    return mark;
  }
  return s("path", {
    d: outline(shape(first.holder), r),
    fill: colour(first.holder),
    "fill-opacity": Math.max(0.15, first.share).toFixed(2),
    stroke: lineColour(first.holder),
    "stroke-width": 0.9,
  });
}

/**
 * A place after the branch on which the stories differ.
 * @param {{ area: boolean }} place
 * @param {Made.Point} point
 * @param {Made.Standing} c
 * @param {{ chosen?: boolean }} look
 * @returns {SVGElement}
 */
export function drawShareMark(place, point, c, { chosen }) {
  const { x, y, r } = point;
  const node = s("g", { class: "place shares", transform: `translate(${x.toFixed(1)},${y.toFixed(1)})` });
  node.append(s("circle", { class: "hit", r: Math.max(r + 4, 9) }));
  if (point.dot) {
    node.append(...ringOf(c.shares, 1.9, 2));
    return node;
  }
  if (place.area) node.append(s("circle", { class: "area", r: r + 7, stroke: unknownColour() }));
  if (chosen) node.append(s("circle", { r: r + 10, class: "ring chosen" }));
  const ring = app6() ? r * 1.5 + 2.4 : r + 0.8; // a symbol is wider than a shape, and stands whole in its ring
  node.append(...ringOf(c.shares, ring, 3.6));
  add(node, [leader(c.shares, app6() ? r : r * 0.55)]);
  return node;
}

/**
 * The mark of a place's control in lists: the holder's shape, or a ring where stories differ.
 * @param {Made.Control} c
 * @param {number} [size]
 * @returns {SVGElement}
 */
export function controlMarker(c, size = 12) {
  if (!open(c)) return marker(c.holder, size);
  const svg = s("svg", {
    class: "marker",
    width: size,
    height: size,
    viewBox: "-8 -8 16 16",
    "aria-hidden": "true",
    focusable: "false",
  });
  svg.append(
    ...ringOf(
      c.shares.filter((one) => one.share > 0),
      5,
      4,
    ),
  );
  return svg;
}

/**
 * Shares as a table of bars, with their numbers.
 * @param {Made.Control} c
 * @param {string} words
 * @returns {HTMLElement}
 */
export function shareTable(c, words) {
  const parts = c.status === "difference" ? c.shares.map((one) => pointsWords(one.share)) : percents(c.shares);
  return h(
    "table",
    { class: "shares-table" },
    h("caption", { class: "unseen" }, words),
    h(
      "thead",
      { class: "unseen" },
      h("tr", {}, h("th", { scope: "col" }, "Holder"), h("th", { scope: "col" }, "Share")),
    ),
    h(
      "tbody",
      {},
      c.shares.map(({ holder, share, error, luck }, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, h("span", { class: "lead" }, marker(holder), name(holderName(holder), 60))),
          h(
            "td",
            {},
            h(
              "span",
              { class: "sharebar" },
              h("span", {
                style: {
                  width: `${(100 * Math.abs(share)).toFixed(1)}%`,
                  background: holder === null ? unknownColour() : colour(holder),
                },
              }),
            ),
            h(
              "span",
              { class: "share-number" },
              parts[i],
              luck ? h("span", { class: "soft" }, " may be luck") : "",
              error && c.status !== "difference" && error[0] !== error[1]
                ? h("span", { class: "soft" }, ` ${errorWords(error)}`)
                : "",
            ),
          ),
        ),
      ),
    ),
  );
}

// The pieces of a strip: who held a place from when to when, how that is drawn, and where the axis has its dates.
import { colour, inkOn, shape } from "../core/colours.js";
import { blurs, control } from "../core/control.js";
import { outline, s } from "../core/elements.js";
import { FROM, members, root } from "../core/payload.js";
import { lastKnown, reading, shownSpan } from "../core/state.js";
import { acrossTime } from "./axis.js";

export const ROW = 18;

/**
 * Pieces of one row: from, to and what held then.
 * @param {string} id
 * @returns {{ from: number, to: number, c: Made.Control }[]}
 */
export function pieces(id) {
  const cuts = new Set([FROM]);
  for (const attribute of ["holder", "status", "parts", "besieger", "declared_by", "successors"]) {
    for (const row of reading().cells.get(`${id}.${attribute}`) ?? []) {
      if (row.since > FROM && row.since < lastKnown()) cuts.add(row.since);
      if (row.until !== null && row.until !== undefined && row.until > FROM && row.until < lastKnown())
        cuts.add(row.until);
    }
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.map((from, i) => ({ from, to: sorted[i + 1] ?? lastKnown(), c: control(reading(), id, from) }));
}

/**
 * @param {string} id
 * @returns {{ from: number, to: number }[]}
 */
export function unsureSpans(id) {
  return blurs(reading(), id)
    .filter((one) => one.latest - one.earliest > 2 && !(one.row && one.row.since <= FROM))
    .map((one) => ({ from: Math.max(FROM, one.from), to: Math.min(lastKnown(), one.until - 1) }))
    .filter((one) => one.to > one.from);
}

/**
 * What the pattern of a piece means, by the status that has it in the key; null for a plain one.
 * @param {Made.Control} c
 * @returns {string | null}
 */
export function pieceSign(c) {
  if (!c.holder && !["ungarrisoned", "contested"].includes(c.status)) return "unknown";
  return ["contested", "ungarrisoned", "unknown", "besieged", "mixed"].find((status) => status === c.status) ?? null;
}

/** The edges of a besieged piece, in the colour of whoever rings the place; of several in turn along it. */
function besiegedEdges(besieger, x, width, ...edges) {
  const ring = besieger ? members(besieger) : [null],
    length = ring.length > 1 ? 12 : width;
  const cuts = Array.from({ length: Math.max(1, Math.ceil(width / length)) }, (_, i) => i);
  return edges.flatMap((y) =>
    cuts.map((i) => {
      const one = ring[i % ring.length];
      return s("rect", {
        x: (x + i * length).toFixed(1),
        width: Math.min(length, width - i * length).toFixed(1),
        y,
        height: 3,
        fill: one ? colour(one) : "var(--ink)",
        stroke: "var(--card)",
        "stroke-width": 0.6,
      });
    }),
  );
}

/**
 * @param {{ from: number, to: number, c: Made.Control }} piece
 * @param {number} y
 * @param {number} left
 * @param {number} right
 * @returns {SVGElement[]}
 */
export function pieceMarks(piece, y, left, right) {
  const [a, b] = shownSpan();
  if (piece.to <= a || piece.from >= b) return [];
  const x1 = acrossTime(Math.max(piece.from, a), left, right),
    x2 = acrossTime(Math.min(piece.to, b), left, right);
  const w = Math.max(0.5, x2 - x1),
    { c } = piece,
    top = y + 3,
    height = ROW - 6;
  const box = (extra) => s("rect", { x: x1.toFixed(1), width: w.toFixed(1), y: top, height, ...extra });
  const made = [];
  if (c.status === "ungarrisoned") {
    const fill = c.holder ? colour(c.holder) : "var(--muted)";
    made.push(box({ fill: "var(--sunk)" }), s("rect", { x: x1, width: w, y: top + height / 2 - 1.5, height: 3, fill }));
  } else if (pieceSign(c) === "unknown" && !c.holder) {
    made.push(box({ fill: "var(--sunk)" }), box({ fill: "url(#crosses)" }));
  } else {
    const together = members(c.holder),
      each = height / together.length;
    made.push(...together.map((one, i) => box({ fill: colour(one), y: (top + i * each).toFixed(1), height: each })));
    if (c.status === "contested") made.push(box({ fill: "url(#stripes)" }));
    if (c.status === "unknown") made.push(box({ fill: "url(#crosses)" }));
    const rest = c.status === "mixed" ? c.parts?.find((part) => root(part.actor) !== root(c.holder)) : null;
    if (rest)
      made.push(
        s("rect", {
          x: x1,
          width: w,
          y: top + height * 0.62,
          height: height * 0.38,
          fill: colour(rest.actor),
          stroke: "var(--card)",
          "stroke-width": 0.8,
        }),
      );
    if (c.status === "besieged") made.push(...besiegedEdges(c.besieger, x1, w, top - 1, top + height - 2));
  }
  if (w > 16 && c.holder && members(c.holder).length === 1) {
    made.push(
      s("path", {
        d: outline(shape(c.holder), 3.1),
        transform: `translate(${(x1 + 8).toFixed(1)},${top + height / 2})`,
        fill: c.status === "ungarrisoned" ? colour(c.holder) : inkOn(colour(c.holder)),
        stroke: c.status === "contested" ? colour(c.holder) : "none",
        "stroke-width": 3,
        "paint-order": "stroke",
      }),
    );
  }
  if (c.assumed && w > 74 && c.status === "held")
    made.push(
      s(
        "text",
        { class: "assumed", x: (x1 + 16).toFixed(1), y: top + height - 2.6, fill: inkOn(colour(c.holder)) },
        "assumed",
      ),
    );
  made.push(s("path", { d: `M${x1.toFixed(1)},${top}v${height}`, class: "cut" }));
  return made;
}

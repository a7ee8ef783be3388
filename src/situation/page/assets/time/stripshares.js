// Control strips after the branch: shares of stories by holder stacked a day at a time; in a difference, gains over losses.
import { colour, unknownColour } from "../core/colours.js";
import { s } from "../core/elements.js";
import { P, TO } from "../core/payload.js";
import { differing, reading, recorded, shownSpan, storiesNow } from "../core/state.js";
import { BRANCH, changedShares, pointsWords, sharesOn, STORIES } from "../core/stories.js";
import { acrossTime } from "./axis.js";
import { ROW } from "./strippieces.js";

function shareSpans(place, stories) {
  if (!differing()) return (stories.shares[place]?.rows ?? []).map((row) => row[0]);
  return [
    ...new Set([...STORIES.values()].flatMap((one) => (one.shares[place]?.rows ?? []).map((row) => row[0]))),
  ].sort((a, b) => a - b);
}

/**
 * @param {string} place
 * @returns {boolean}
 */
export const storiesMove = (place) => reading().stories !== undefined && shareSpans(place, storiesNow()).length > 1;

function stacked(shares, x, width, y, tall) {
  let sum = 0;
  return shares.map(({ holder, share }) => {
    const top = y + tall * sum;
    sum += share;
    return s("rect", {
      x: x.toFixed(1),
      width: width.toFixed(1),
      y: top.toFixed(2),
      height: (tall * share).toFixed(2),
      fill: holder === null ? unknownColour() : colour(holder),
    });
  });
}

/** One span of a row: the shares from top to bottom in the order of the holders' names, so that colours keep their place. */
function spanMarks(place, stories, dayNumber, x, width, y, tall) {
  const steady = (list) => [...list].sort((a, b) => (String(a.holder) < String(b.holder) ? -1 : 1));
  if (!differing()) return stacked(steady(sharesOn(stories, place, dayNumber)), x, width, y, tall);
  const most = gapTop(),
    moved = changedShares(place, dayNumber).map((one) => ({ ...one, share: one.share / most })),
    half = tall / 2;
  const gains = moved.filter((one) => one.share > 0),
    losses = moved.filter((one) => one.share < 0).map((one) => ({ ...one, share: -one.share }));
  const top = gains.reduce((sum, one) => sum + one.share, 0);
  return [
    ...stacked(steady(gains), x, width, y + half * (1 - top), half),
    ...stacked(steady(losses), x, width, y + half, half),
  ];
}

/** The scale of the difference: the most that any place has changed hands on any day, rounded up, as a part of the stories. */
let gapMost = null;
function gapTop() {
  if (gapMost !== null) return gapMost;
  const days = (place) => [
    ...new Set([...STORIES.values()].flatMap((one) => (one.shares[place]?.rows ?? []).map((row) => row[0]))),
  ];
  const gained = (place, n) => changedShares(place, n).reduce((sum, one) => sum + Math.max(0, one.share), 0);
  const most = Math.max(0, ...P.places.flatMap(({ id }) => days(id).map((n) => gained(id, n))));
  gapMost = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75].find((step) => most <= step) ?? 1;
  return gapMost;
}

/**
 * What the strips mean after the branch.
 * @returns {string}
 */
export function stripShareWords() {
  return differing()
    ? "after the branch: who gains (above the middle) and who loses (below) " +
        `against the baseline; the half height is ${pointsWords(gapTop(), false)}`
    : "after the branch: in what share of the stories each side holds the place";
}

/** @returns {SVGElement} */
export function shareSample() {
  const [one, other] = P.actors.filter((actor) => !actor.parent).map((actor) => colour(actor.id)),
    box = (x, y, width, height, fill) => s("rect", { x, y, width, height, fill });
  const parts = differing()
    ? [box(0, 0, 26, 12, "var(--sunk)"), box(6, 2, 20, 4, one), box(6, 6, 20, 4, other ?? one)]
    : [box(0, 0, 26, 12, one), box(0, 7, 13, 5, other ?? one), box(13, 4, 13, 8, other ?? one)];
  return s("svg", { class: "swatch", width: 26, height: 12, "aria-hidden": "true", focusable: "false" }, parts);
}

/**
 * @param {SVGElement} row
 * @param {string} place
 * @param {number} y
 * @param {number} left
 * @param {number} right
 */
export function drawStripShares(row, place, y, left, right) {
  if (reading().stories === undefined) return;
  const stories = storiesNow(),
    [a, b] = shownSpan(),
    days = shareSpans(place, stories),
    tall = ROW - 4,
    top = y + 2;
  const group = s("g", { class: "share-strip" });
  if (differing()) {
    const x1 = acrossTime(Math.max(a, BRANCH), left, right),
      x2 = acrossTime(Math.min(b, TO), left, right);
    if (x2 > x1)
      group.append(
        s("rect", { x: x1, width: x2 - x1, y: top, height: tall, fill: "var(--sunk)" }),
        s("path", { class: "tick", d: `M${x1.toFixed(1)},${top + tall / 2}H${x2.toFixed(1)}` }),
      );
  }
  days.forEach((dayNumber, i) => {
    const from = Math.max(a, stories.days[dayNumber]),
      to = Math.min(b, days[i + 1] === undefined ? TO : stories.days[days[i + 1]]);
    if (to <= from) return;
    const x = acrossTime(from, left, right);
    group.append(...spanMarks(place, stories, dayNumber, x, acrossTime(to, left, right) - x + 0.3, top, tall));
  });
  row.append(group);
}

/**
 * Whether a label of the axis at x would lie under the label of the branch.
 * @param {number} x
 * @param {number} left
 * @param {number} right
 * @returns {boolean}
 */
export function underBranchLabel(x, left, right) {
  const [a, b] = shownSpan();
  if (recorded() || BRANCH < a || BRANCH > b) return false;
  const at = acrossTime(BRANCH, left, right);
  return right - at > 150 ? x > at - 44 && x < at + 142 : x > at - 150 && x < at + 6;
}

/**
 * The labelled line where the record ends and the stories begin.
 * @param {SVGElement} svg
 * @param {number} left
 * @param {number} right
 * @param {number} tall
 */
export function drawBranchLine(svg, left, right, tall) {
  const [a, b] = shownSpan();
  if (recorded() || BRANCH < a || BRANCH > b) return;
  const x = acrossTime(BRANCH, left, right),
    room = right - x > 150;
  svg.append(
    s("path", { class: "branch", d: `M${x.toFixed(1)},0V${tall}` }),
    s(
      "text",
      { class: "branch-label", x: room ? x + 4 : x - 4, y: 10, "text-anchor": room ? "start" : "end" },
      "branch: stories from here",
    ),
  );
}

// Control strips: a row a place, time across. Colour is the holder, patterns are the status, dots an unsure day.
import { assumedWords, control, controlWords, disputedSpans, isDisputed, unsureWords } from "../core/control.js";
import { add, byId, cutTo, h, name, replace, s, textWidth } from "../core/elements.js";
import { FROM, members, P, placeName, PLACES } from "../core/payload.js";
import { go, lastKnown, noHolderKnown, page, reading, select, shownSpan } from "../core/state.js";
import { BRANCH, shareErrors } from "../core/stories.js";
import { dayEnd } from "../core/calendar.js";
import { day, number, plain } from "../core/text.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { acrossTime, timeTicks } from "./axis.js";
import { pieceMarks, pieces, pieceSign, ROW, unsureSpans } from "./strippieces.js";
import {
  drawBranchLine,
  drawStripShares,
  shareSample,
  storiesMove,
  stripShareWords,
  underBranchLabel,
} from "./stripshares.js";

export const HEAD = 18;
const LINE = 14; // of a name too long for its column, above its strip
export const strip = { width: 0, label: 150, tall: 0, rows: [], paper: 0 };

/** Places in order: by country as the map lists them, quarters under their city. */
function stripOrder() {
  const children = new Map();
  for (const place of P.places)
    if (place.within && PLACES.has(place.within))
      children.set(place.within, [...(children.get(place.within) ?? []), place]);
  const rows = [];
  const put = (place, depth) => {
    rows.push({ place, depth });
    for (const child of children.get(place.id) ?? []) if (depth < 4) put(child, depth + 1);
  };
  const countries = [...new Set(P.places.map((place) => place.country))];
  for (const country of countries) {
    for (const place of P.places)
      if (place.country === country && !(place.within && PLACES.has(place.within))) put(place, 0);
  }
  return rows;
}
export const STRIP_ORDER = stripOrder();

/** The places a place lies in, nearest first. */
function ancestors(place) {
  const chain = [];
  for (let up = place.within; PLACES.has(up) && !chain.includes(up); up = PLACES.get(up).within) chain.push(up);
  return chain;
}

export function drawStrips() {
  const box = byId("strips");
  strip.width = strip.paper || Math.max(300, box.clientWidth);
  const still = STRIP_ORDER.filter(({ place }) => !changes(place.id) && !reading().ofDispute.has(place.id));
  const rows = page.unchanged ? STRIP_ORDER : STRIP_ORDER.filter((row) => !still.includes(row));
  const listed = new Set(rows.map((row) => row.place.id));
  strip.rows = rows.map(({ place }) => ({ place, depth: ancestors(place).filter((id) => listed.has(id)).length }));
  const names = strip.rows.map(
    ({ place, depth }) =>
      textWidth(plain(placeName(place.id), 60), strip.paper ? 13.5 : 12, place.size === "major") + depth * 10 + 28,
  );
  const narrow = strip.width < 460 && !strip.paper;
  strip.label = narrow
    ? 112
    : Math.round(Math.max(110, Math.min(strip.width * 0.3, 230, Math.max(...names, 0))));
  const button = byId("unchanged");
  button.hidden = !still.length || noHolderKnown();
  button.setAttribute("aria-pressed", page.unchanged ? "true" : "false");
  button.textContent = page.unchanged
    ? `Hide ${number(still.length)} that never changed`
    : `Show ${number(still.length)} that never changed`;
  const w = strip.width,
    above = names.map((wide) => (narrow && wide > strip.label ? LINE : 0)),
    tall = (strip.tall = HEAD + strip.rows.length * ROW + LINE * above.filter(Boolean).length + 2),
    left = strip.label,
    right = w - 8;
  const svg = s("svg", { viewBox: `0 0 ${w} ${tall}`, "aria-hidden": "true", focusable: "false" });
  for (const { t, text } of timeTicks(left, right)) {
    const x = acrossTime(t, left, right);
    svg.append(
      s("path", { class: "tick", d: `M${x.toFixed(1)},${HEAD - 3}V${tall}` }),
      x < right - 36 && !underBranchLabel(x, left, right)
        ? s("text", { class: "when", x: x + 2, y: HEAD - 6 }, text)
        : "",
    );
  }
  const [a, b] = shownSpan(),
    signs = new Set();
  let top = HEAD;
  strip.rows.forEach(({ place, depth }, i) => {
    const y = top + above[i],
      disputed = disputedSpans(reading(), place.id).length > 0;
    const row = s("g", { class: "row", "data-place": place.id });
    row.append(s("rect", { class: "under", x: 0, y: top, width: w, height: ROW + above[i] }));
    for (const piece of pieces(place.id)) {
      const marks = pieceMarks(piece, y, left, right);
      if (marks.length) signs.add(pieceSign(piece.c));
      if (marks.length && piece.c.holder && members(piece.c.holder).length > 1) signs.add("together");
      add(row, marks);
    }
    drawStripShares(row, place.id, y, left, right);
    const within = (from, to) => ({
      x: acrossTime(Math.max(a, from), left, right),
      w: Math.max(2, acrossTime(Math.min(b, to), left, right) - acrossTime(Math.max(a, from), left, right)),
    });
    for (const one of unsureSpans(place.id)) {
      if (one.to < a || one.from > b) continue;
      const at = within(one.from, one.to);
      signs.add("unsure");
      row.append(s("rect", { class: "unsure", x: at.x, width: at.w, y: y + 3, height: ROW - 6, fill: "url(#dots)" }));
    }
    for (const one of disputedSpans(reading(), place.id)) {
      if (one.to < a || one.from > b) continue;
      const at = within(one.from, Math.min(one.to, lastKnown()));
      signs.add("disputed");
      row.append(s("rect", { class: "disputed", x: at.x, width: at.w, y: y + 1.5, height: ROW - 3 }));
    }
    const text = cutTo(
      plain(placeName(place.id), 60),
      ((above[i] ? w - 8 : strip.label) - 12 - depth * 10 - (disputed && !above[i] ? 12 : 0)) / (strip.paper ? 1.13 : 1),
      place.size === "major",
    );
    row.append(
      s("text", { class: `label ${place.size === "major" ? "major" : ""}`, x: 4 + depth * 10, y: top + ROW - 5 }, text),
    );
    if (disputed) row.append(s("text", { class: "sign", x: left - 4, y: y + ROW - 5, "text-anchor": "end" }, "\u2260"));
    row.addEventListener("pointermove", (event) => stripTip(event, place));
    row.addEventListener("pointerleave", hideTip);
    row.addEventListener("click", (event) => {
      hideTip();
      pickStrip(event, place);
    });
    svg.append(row);
    top = y + ROW;
  });
  drawBranchLine(svg, left, right, tall);
  const list = h(
    "div",
    {
      id: "strip-list",
      role: "listbox",
      tabindex: "0",
      "aria-label": "Places, one row each. Up and down choose a place.",
    },
    strip.rows.map(({ place }) =>
      h(
        "div",
        { role: "option", id: `strip-${P.places.indexOf(place)}`, class: "unseen", "aria-selected": "false" },
        name(placeName(place.id)),
      ),
    ),
  );
  const cursor = h("div", { class: "cursor" }),
    later = h("div", { class: "later" });
  list.append(svg, later, cursor);
  list.style.aspectRatio = `${w} / ${tall}`;
  list.addEventListener("keydown", walkStrips);
  const focused = document.activeElement?.id === "strip-list";
  const silent = noHolderKnown() ? "No source says who holds any place." : "No place changes hands.";
  list.hidden = !strip.rows.length;
  replace(box, list.hidden ? h("p", { class: "empty" }, silent) : "", list, stripKey(signs));
  if (focused) list.focus({ preventScroll: true });
  chooseStrip();
  moveStripCursor();
}

/** The key of the patterns that are drawn, and of no others. */
function stripKey(signs) {
  const sample = (...marks) =>
    s(
      "svg",
      { class: "swatch", width: 26, height: 12, "aria-hidden": "true", focusable: "false" },
      marks.map((mark) => s("rect", { width: 26, height: 12, fill: "var(--muted)", ...mark })),
    );
  const stories =
      reading().stories === undefined || shownSpan()[1] <= BRANCH ? [] : [[stripShareWords(), shareSample()]],
    edge = { height: 2.5, fill: "var(--ink)" };
  const known = [
    ["together", "held by several together", sample({}, { height: 6, fill: "var(--ink)" })],
    ["contested", "fought over", sample({}, { fill: "url(#stripes)" })],
    ["ungarrisoned", "nobody stands there", sample({ fill: "var(--sunk)" }, { height: 3, y: 4.5 })],
    ["unknown", "not known who holds it", sample({ fill: "var(--sunk)" }, { fill: "url(#crosses)" })],
    ["besieged", "besieged, edges in the besieger's colour", sample({}, edge, { ...edge, y: 9.5 })],
    ["mixed", "split between two", sample({}, { y: 7.4, height: 4.6, fill: "var(--ink)", stroke: "var(--card)" })],
    ["unsure", "day or hour not known exactly", sample({}, { fill: "url(#dots)" })],
    ["disputed", "sources disagree about it", sample({}, { fill: "url(#rivals)", class: "disputed" })],
  ].filter(([sign]) => signs.has(sign));
  return h(
    "p",
    { class: "hint key" },
    [...stories, ...known.map(([, ...entry]) => entry)].map(([words, picture]) =>
      h("span", { class: "lead" }, picture, words),
    ),
  );
}

function stripTime(event) {
  const box = byId("strip-list").getBoundingClientRect(),
    x = ((event.clientX - box.left) / box.width) * strip.width;
  const [a, b] = shownSpan(),
    t = a + ((x - strip.label) / (strip.width - 8 - strip.label)) * (b - a);
  return x < strip.label ? null : Math.min(b, Math.max(a, t));
}
function stripTip(event, place) {
  const t = stripTime(event) ?? page.t,
    c = control(reading(), place.id, t);
  showTip(event, [
    name(placeName(place.id), 60),
    `${day(t)}: ${controlWords(c)}`,
    shareErrors(c),
    c.unsure ? unsureWords(c.unsure) : null,
    c.assumed ? assumedWords(c) : null,
    isDisputed(reading(), place.id, t) ? "sources disagree about it" : null,
  ]);
}
function pickStrip(event, place) {
  const t = stripTime(event);
  select("place", place.id, t === null ? {} : { t: dayEnd(t) });
}
function walkStrips(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !strip.rows.length) return;
  event.preventDefault();
  const at = strip.rows.findIndex(({ place }) => page.selection?.kind === "place" && page.selection.id === place.id);
  const next =
    at < 0 ? (step > 0 ? 0 : strip.rows.length - 1) : Math.min(strip.rows.length - 1, Math.max(0, at + step));
  select("place", strip.rows[next].place.id);
}
export function chooseStrip() {
  const list = byId("strip-list");
  if (!list) return;
  const chosen = page.selection?.kind === "place" ? page.selection.id : null;
  list.removeAttribute("aria-activedescendant");
  for (const option of list.querySelectorAll("[role=option]")) {
    const mine = chosen !== null && option.id === `strip-${P.places.indexOf(PLACES.get(chosen))}`;
    option.setAttribute("aria-selected", mine ? "true" : "false");
    if (mine) list.setAttribute("aria-activedescendant", option.id);
  }
  for (const row of list.querySelectorAll(".row"))
    row.classList.toggle("chosen", row.getAttribute("data-place") === chosen);
}
export function moveStripCursor() {
  const list = byId("strip-list");
  if (!list) return;
  const x = (100 * acrossTime(page.t, strip.label, strip.width - 8)) / strip.width,
    end = (100 * (strip.width - 8)) / strip.width;
  const [cursor, later] = [".cursor", ".later"].map((part) => /** @type {HTMLElement} */ (list.querySelector(part)));
  Object.assign(cursor.style, { left: `${x}%`, top: `${(100 * HEAD) / strip.tall}%` });
  Object.assign(later.style, { left: `${x}%`, width: `${Math.max(0, end - x)}%` });
}

byId("unchanged").addEventListener("click", () => go({ unchanged: !page.unchanged }));

function changes(id) {
  const rows = ["holder", "status"].flatMap((attribute) => reading().cells.get(`${id}.${attribute}`) ?? []);
  return new Set(rows.map((row) => row.since).filter((since) => since > FROM)).size + (storiesMove(id) ? 1 : 0);
}

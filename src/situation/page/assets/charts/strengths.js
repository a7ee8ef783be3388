// Strengths: for each side and place the range of the record on the selected date, with the other estimates beside it.
import { cssColour, isDark, lineColour, shape } from "../core/colours.js";
import { byId, cutTo, h, name, replace, textWidth } from "../core/elements.js";
import { actorName, placeName } from "../core/payload.js";
import { page, reading, recorded, select } from "../core/state.js";
import { BRANCH } from "../core/stories.js";
import { number, plain, range, rangeOf, shortDay } from "../core/text.js";
import { chartFrames, look, plot, plotText, wholeTicks } from "./charts.js";
import { canDraw } from "./library.js";

/** @returns {string[]} */
export function strengthCells() {
  return [...reading().cells.keys()].filter((cell) => cell.endsWith(".strength") && cell.includes("@")).sort();
}

/**
 * @param {string} cell
 * @returns {{ actor: string, place: string, text: string }}
 */
export function strengthName(cell) {
  const [actor, place] = cell.slice(0, -".strength".length).split("@");
  return { actor, place, text: `${plain(actorName(actor), 24)}, ${plain(placeName(place), 24)}` };
}

/**
 * The estimate of a cell at a minute. Before the first one it is the first to come; after it lapsed, the last there was.
 * Null where the record never gave a number.
 * @param {string} cell
 * @param {number} t
 * @returns {{ row: Made.Row, value: any, now: boolean, when: string } | null}
 */
export function estimate(cell, t) {
  const rows = (reading().cells.get(cell) ?? []).filter((row) => row.value);
  if (!rows.length) return null;
  const past = rows.filter((row) => row.since <= t).at(-1),
    row = past ?? rows[0];
  const later = BRANCH !== null && t > BRANCH && !recorded(); // the stories go on where the record's estimate ends
  const over = past && row.until !== null && row.until !== undefined && row.until <= t;
  return {
    row,
    value: row.value,
    now: Boolean(past) && !over && !later,
    when: !past ? `from ${shortDay(row.since)}` : over ? `until ${shortDay(row.until)}` : later ? `on ${shortDay(BRANCH)}` : "",
  };
}

const SCOPES = { place: "in the place itself", vicinity: "in its vicinity" };

/**
 * @param {string | null} scope
 * @returns {string}
 */
export const scopeWords = (scope) => (scope ? (SCOPES[scope] ?? scope) : "");

/** How many estimates the chart shows at most. */
const MOST_ESTIMATES = 40;

/** Of many estimates those in force, the latest first, then those that came next to the date; in their own order. */
function latestOf(estimates) {
  if (estimates.length <= MOST_ESTIMATES) return estimates;
  const away = (one) => (one.now ? 0 : 1) * 1e12 + Math.abs(page.t - one.row.since);
  const nearest = new Set([...estimates].sort((a, b) => away(a) - away(b)).slice(0, MOST_ESTIMATES));
  return estimates.filter((one) => nearest.has(one));
}

let strengthKey = "";

/** @param {Set<Made.Part>} changed */
export function drawStrengths(changed) {
  if (!canDraw("strengths")) return;
  const every = strengthCells()
    .map((cell) => ({ cell, ...strengthName(cell), ...estimate(cell, page.t) }))
    .filter((one) => one.row);
  const all = latestOf(every);
  const others = every.length - all.length;
  byId("strengths-more").textContent = others
    ? `The ${number(MOST_ESTIMATES)} latest by this date; ${number(others)} others, each by its place.`
    : "";
  const key = JSON.stringify([
    all.map((one) => [one.cell, one.row.since, one.when]),
    page.reading,
    isDark(),
    byId("strengths").clientWidth,
  ]);
  if (key === strengthKey && !changed.has("charts")) return;
  strengthKey = key;
  if (!all.length) {
    chartFrames.delete("strengths");
    for (const name of ["role", "aria-label"]) byId("strengths").removeAttribute(name);
    replace(byId("strengths"), h("p", { class: "empty" }, "This reading has no estimate of strength."));
    return;
  }
  const lines = [];
  for (const one of all) {
    lines.push({ ...one, v: one.value, main: true });
    for (const beside of one.value.beside ?? []) lines.push({ ...one, v: beside, main: false });
  }
  const y = new Map();
  let at = 0;
  for (const line of lines) {
    at += line.main ? 1.35 : 0.85;
    y.set(line, -at);
  }
  const figures = (line) =>
    `${range(line.v.low, line.v.best, line.v.high)}${line.when && line.main ? ` (${line.when})` : ""}${line.main || !line.v.scope ? "" : ` ${plain(scopeWords(line.v.scope), 24)}`}`;
  const width = byId("strengths").clientWidth,
    wrap = width < 460;
  const labels = lines
    .filter((line) => line.main)
    .map((line) =>
      wrap
        ? [actorName(line.actor), placeName(line.place)].map((words) => plotText(cutTo(words, width * 0.42 - 18, false), 60)).join("<br>")
        : plotText(cutTo(line.text, width * 0.42 - 18, false), 80),
    );
  const longest = Math.max(...labels.flatMap((text) => text.split("<br>")).map((text) => textWidth(text, 12, false)));
  const left = Math.min(width * 0.42, longest + 18),
    height = Math.round(at * 24 + 54),
    layout = look(
      height,
      left,
      Math.min(width * 0.45, Math.max(...lines.map((line) => textWidth(figures(line), 12, false))) + 18),
    );
  const top =
    Math.max(1, ...lines.flatMap(({ v }) => [v.low, v.best, v.high].filter((n) => n !== null && n !== undefined))) *
    1.12;
  const ends = ({ v }) => [v.low ?? v.best ?? 0, v.high ?? v.best ?? v.low ?? 0];
  const tone = (line) => (line.main ? lineColour(line.actor) : cssColour("--muted"));
  /** @type {Made.Properties[]} */
  const traces = lines.map((line) => ({
    type: "scatter",
    mode: "lines",
    x: ends(line),
    y: [y.get(line), y.get(line)],
    line: { width: line.main ? 9 : 3, color: tone(line) },
    opacity: line.now ? (line.main ? 0.75 : 0.9) : 0.25,
    hoverinfo: "none",
    customdata: [line.cell, line.cell],
  }));
  const marks = lines
    .map((line) => ({
      line,
      x: line.v.best ?? (line.v.high === null || line.v.high === undefined ? line.v.low : null),
    }))
    .filter((mark) => mark.x !== null && mark.x !== undefined);
  traces.push({
    type: "scatter",
    mode: "markers",
    x: marks.map((m) => m.x),
    y: marks.map((m) => y.get(m.line)),
    customdata: marks.map((m) => m.line.cell),
    hoverinfo: "none",
    marker: {
      size: marks.map((m) => (m.line.main ? 11 : 8)),
      opacity: marks.map((m) => (m.line.now ? 1 : 0.35)),
      symbol: marks.map((m) =>
        m.line.v.best === null || m.line.v.best === undefined
          ? "triangle-right"
          : m.line.main
            ? shape(m.line.actor)
            : "diamond-open",
      ),
      color: marks.map((m) => tone(m.line)),
      line: { width: 1.2, color: cssColour("--card") },
    },
  });
  /** @type {Made.Properties[]} */
  const numbers = lines.map((line) => ({
    x: Math.max(...ends(line)),
    y: y.get(line),
    xanchor: "left",
    xshift: 9,
    showarrow: false,
    align: "left",
    font: { size: 12, color: line.now && line.main ? cssColour("--ink") : cssColour("--muted") },
    text: plotText(figures(line), 44),
  }));
  const units = [...new Set(all.map((one) => one.value.unit).filter(Boolean))];
  numbers.push({
    xref: "paper",
    yref: "paper",
    x: 0,
    y: 0,
    xanchor: "left",
    yanchor: "top",
    yshift: -19,
    showarrow: false,
    text: plotText(units.join(", "), 40),
    font: { size: 12, color: cssColour("--muted") },
  });
  plot(
    "strengths",
    traces,
    {
      ...layout,
      annotations: numbers,
      margin: { ...layout.margin, b: 40 },
      xaxis: { ...layout.axis, range: [0, top], tickangle: 0, ...wholeTicks(top, wrap ? 3 : 5) },
      yaxis: {
        ...layout.axis,
        range: [-at - 0.8, -0.6],
        showgrid: false,
        tickvals: lines.filter((l) => l.main).map((l) => y.get(l)),
        ticktext: labels,
      },
    },
    {
      tip: (cell) => strengthWords(cell),
      act: (cell) => select("strength", cell),
      time: false,
      words: `Estimated strengths: ${all.map((one) => `${one.text}: ${range(one.value.low, one.value.best, one.value.high)}${one.when ? ` (${one.when})` : ""}`).join("; ")}.`,
    },
  );
}

function strengthWords(cell) {
  const { value, when } = estimate(cell, page.t);
  return [
    name(strengthName(cell).text),
    rangeOf(value),
    value.scope ? plain(scopeWords(value.scope), 80) : null,
    when || null,
  ];
}

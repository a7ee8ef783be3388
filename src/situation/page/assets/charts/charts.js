// What the Plotly charts share: the look, the line of the selected date, pointing and choosing.
import { cssColour } from "../core/colours.js";
import { isolated } from "../core/direction.js";
import { byId, h, replace } from "../core/elements.js";
import { offsetAt } from "../core/calendar.js";
import { page, recorded, shownSpan } from "../core/state.js";
import { BRANCH } from "../core/stories.js";
import { plain } from "../core/text.js";
import { hideTip, showTip } from "../core/tooltip.js";
import { acrossTime, timeTicks } from "../time/axis.js";

export const chartFrames = new Map();

/**
 * @param {number} minute
 * @returns {number}
 */
export const axisTime = (minute) => (minute + offsetAt(minute)) * 60000;

/**
 * @param {number} height
 * @param {number} left
 * @param {number} [right]
 * @param {number} [top]
 * @param {number} [bottom]
 * @returns {Made.Properties}
 */
export function look(height, left, right = 10, top = 4, bottom = 24) {
  const ink = cssColour("--muted"),
    lines = cssColour("--line");
  const axis = {
    color: ink,
    gridcolor: lines,
    zeroline: false,
    fixedrange: true,
    linecolor: lines,
    tickfont: { size: 12 },
    ticklabelstandoff: 6,
  };
  return {
    height,
    margin: { l: left, r: right, t: top, b: bottom, pad: 0 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: ink },
    hovermode: "closest",
    dragmode: false,
    axis,
  };
}
const OPTIONS = {
  displayModeBar: false,
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  scrollZoom: false,
  doubleClick: false,
  showTips: false,
  responsive: false,
};

/**
 * Marks of an axis that counts men: whole numbers, each once, however few there are.
 * @param {number} span
 * @param {number} nticks
 * @returns {Made.Properties}
 */
export const wholeTicks = (span, nticks) => ({
  nticks,
  tickformat: ",d",
  ...(span <= nticks ? { tick0: 0, dtick: 1 } : {}),
});

/**
 * The title of one of several charts in a figure, over its top edge; no line of a date runs through it.
 * @param {string} text
 * @param {number} y
 * @param {"left" | "right"} side
 * @returns {Made.Properties}
 */
export const chartTitle = (text, y, side) => ({
  xref: "paper",
  yref: "paper",
  x: side === "left" ? 0 : 1,
  y,
  xanchor: side,
  yanchor: "bottom",
  showarrow: false,
  text: `<b>${text}</b>`,
  font: { size: 12.5, color: cssColour("--ink") },
  bgcolor: cssColour("--card"),
});

/**
 * The time axis, with the same dates marked as on the strips.
 * @param {Made.Properties} axis
 * @param {number} left
 * @param {number} width
 * @returns {Made.Properties}
 */
export function timeAxis(axis, left, width) {
  const [a, b] = shownSpan(),
    marks = timeTicks(left, width - 10);
  return {
    ...axis,
    type: "date",
    range: [axisTime(a), axisTime(b)],
    tickvals: marks.map((m) => axisTime(m.t)),
    ticktext: marks.map((m) => m.text),
    showgrid: true,
  };
}

/**
 * Draw a chart into its box; `time` gives it the line of the selected date. `tip` makes the lines of the tip from a
 * point's customdata and `act` chooses by it.
 * @param {"events" | "reports" | "strengths" | "fans" | "clashes" | "fates"} id
 * @param {Made.Properties[]} traces
 * @param {Made.Properties} layout
 * @param {{ tip: (key: any) => Made.Child[], act: (key: any) => void, time?: boolean, words: string }} use
 */
export function plot(id, traces, layout, { tip, act, time = true, words }) {
  const box = byId(id);
  let frame = chartFrames.get(id);
  if (!frame) {
    const figure = h("div", { class: "figure" });
    frame = { figure, later: h("div", { class: "later" }), cursor: h("div", { class: "cursor" }), bound: false };
    replace(box, time ? [frame.cursor] : [], figure, time ? [frame.later] : []);
    chartFrames.set(id, frame);
  }
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", plain(words, 300));
  frame.left = layout.margin.l;
  frame.right = layout.margin.r;
  frame.layout = layout;
  frame.tip = tip;
  frame.act = act;
  frame.time = time;
  const { axis, ...rest } = layout;
  if (time && !recorded())
    rest.shapes = [
      ...(rest.shapes ?? []),
      {
        type: "line",
        xref: "x",
        yref: "paper",
        x0: axisTime(BRANCH),
        x1: axisTime(BRANCH),
        y0: 0,
        y1: 1,
        line: { width: 1.2, dash: "dot", color: cssColour("--ink") },
      },
    ];
  frame.width = box.clientWidth;
  window.Plotly.react(frame.figure, traces, { ...rest, width: frame.width }, OPTIONS);
  if (!frame.bound) {
    frame.bound = true;
    frame.figure.on("plotly_hover", (event) => {
      const [point] = event.points;
      if (point.customdata !== undefined && point.customdata !== null) {
        frame.figure.style.cursor = "pointer";
        showTip(event.event, frame.tip(point.customdata));
      }
    });
    frame.figure.on("plotly_unhover", hideTip);
    frame.figure.on("plotly_click", (event) => {
      const [point] = event.points;
      if (point.customdata !== undefined && point.customdata !== null) {
        hideTip();
        frame.act(point.customdata);
      }
    });
  }
  moveCursors();
}

/** Put the line of the selected date on every chart, and a veil over what lies after it. */
export function moveCursors() {
  for (const frame of chartFrames.values()) {
    if (!frame.time) continue;
    const width = frame.width,
      x = acrossTime(page.t, frame.left, width - frame.right);
    frame.cursor.style.transform = `translateX(${x.toFixed(1)}px)`;
    Object.assign(frame.later.style, {
      left: `${x.toFixed(1)}px`,
      width: `${Math.max(0, width - frame.right - x + 5).toFixed(1)}px`,
    });
    for (const node of [frame.later, frame.cursor]) {
      node.style.top = `${frame.layout.margin.t}px`;
      node.style.bottom = `${frame.layout.margin.b}px`;
    }
  }
}

/**
 * Fade points that are not known yet; the points carry their place in the trace.
 * @param {string} id
 * @param {(key: string) => boolean} known
 */
export function fade(id, known) {
  const figure = chartFrames.get(id)?.figure;
  if (!figure) return;
  for (const node of figure.querySelectorAll(".scatterlayer .points path.point")) {
    const trace = node.closest("g.trace")?.__data__?.[0]?.trace;
    const key = trace?.customdata?.[node.__data__.i];
    if (key !== undefined && key !== null) node.style.opacity = known(key) ? "" : "0.22";
  }
}

/**
 * Spread points that would cover each other over levels of a lane: 0, 1, -1, 2, ... for each x in pixels.
 * @param {number[]} xs
 * @param {number} gap
 * @param {number} most
 * @returns {number[]}
 */
export function levels(xs, gap, most) {
  const ends = new Map(),
    order = [0];
  for (let i = 1; order.length < most; i += 1) order.push(i, -i);
  return xs.map((x) => {
    const free = order.find((level) => (ends.get(level) ?? -Infinity) + gap <= x);
    const level = free ?? order.reduce((a, b) => ((ends.get(a) ?? -Infinity) <= (ends.get(b) ?? -Infinity) ? a : b));
    ends.set(level, x);
    return level;
  });
}

/**
 * Text for a place in a Plotly figure, which would read tags and entities.
 * @param {unknown} value
 * @param {number} [limit]
 * @returns {string}
 */
export function plotText(value, limit = 40) {
  return isolated(plain(value, limit)).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/**
 * @param {string} hex
 * @param {number} part
 * @returns {string}
 */
export function faded(hex, part) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return `rgba(${[1, 3, 5].map((i) => parseInt(full.slice(i, i + 2), 16)).join(",")},${part})`;
}

/**
 * Heights for labels near some ends, no two nearer than a gap, inside a range.
 * @param {number[]} ends
 * @param {number} gap
 * @param {number} low
 * @param {number} high
 * @returns {number[]}
 */
export function labelSpots(ends, gap, low, high) {
  const spots = [...ends],
    order = [...ends.keys()].sort((a, b) => ends[a] - ends[b]);
  order.forEach((at, n) => {
    spots[at] = Math.max(spots[at], low + gap * 0.3, n ? spots[order[n - 1]] + gap : -Infinity);
  });
  [...order].reverse().forEach((at, n, back) => {
    spots[at] = Math.min(spots[at], n ? spots[back[n - 1]] - gap : high - gap * 0.3);
  });
  return spots;
}

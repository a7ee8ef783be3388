// Who reported it and when: a row a source or origin, a tail from the day of the event to the day it was said.
import { cssColour } from "../core/colours.js";
import { byId, h, name, replace, segments, textWidth } from "../core/elements.js";
import { CLAIMS, ORIGINS, sourceName } from "../core/payload.js";
import { go, knownClaims, page, reading, select, shownSpan, usableClaims } from "../core/state.js";
import { moment, number, plain, span } from "../core/text.js";
import { acrossTime } from "../time/axis.js";
import { axisTime, fade, levels, look, plot, plotText, timeAxis } from "./charts.js";
import { canDraw } from "./library.js";

const ROW_KINDS = [
  { id: "source", label: "by source" },
  { id: "origin", label: "by origin" },
];

/** The row a claim belongs to; pieces of the background share one. */
function reportRow(claim) {
  if (page.rows === "origin")
    return claim.origin ? (ORIGINS.get(claim.origin)?.name ?? claim.origin) : "no origin named";
  return claim.background ? "background" : `${sourceName(claim.source)}`;
}

function claimWords(claim) {
  return [
    name(claim.says, 160),
    h(
      "span",
      {},
      name(sourceName(claim.source), 60),
      `${claim.paragraph ? `, paragraph ${claim.paragraph}` : ""} \u00b7 ${claim.reliability}${claim.credibility}`,
    ),
    `happened ${span(claim.earliest, claim.latest)}; known ${moment(claim.known)}`,
    claim.stance === "asserts" ? null : claim.stance,
  ];
}

export function drawReports() {
  if (!canDraw("reports")) return;
  segments(byId("report-rows"), ROW_KINDS, page.rows, (rows) => go({ rows }));
  const claims = [...usableClaims()].sort((a, b) => a.known - b.known || (a.id < b.id ? -1 : 1));
  const weight = new Map();
  for (const claim of claims) weight.set(reportRow(claim), (weight.get(reportRow(claim)) ?? 0) + 1);
  const rows = [...weight.keys()].sort((a, b) => weight.get(b) - weight.get(a) || (a < b ? -1 : 1));
  const labels = rows.map((row) => plotText(row, byId("reports").clientWidth < 420 ? 16 : 26));
  const width = byId("reports").clientWidth,
    left = Math.min(width * 0.36, Math.max(...labels.map((text) => textWidth(text, 11, false)), 40) + 18);
  const rowHeight = rows.length > 10 ? 17 : 27,
    height = Math.max(90, rows.length * rowHeight + 28),
    layout = look(height, left);
  const [a, b] = shownSpan(),
    tails = { x: [], y: [] },
    dots = [];
  for (const [i, row] of rows.entries()) {
    const mine = claims.filter((claim) => reportRow(claim) === row && claim.known >= a && claim.known <= b);
    const heights = levels(
      mine.map((claim) => acrossTime(claim.known, left, width - 10)),
      5,
      rowHeight > 20 ? 5 : 3,
    );
    mine.forEach((claim, n) => dots.push({ claim, y: rows.length - 1 - i + (heights[n] * 5) / rowHeight }));
  }
  for (const { claim, y } of dots) {
    const happened = claim.latest ?? claim.earliest;
    if (happened === null || happened >= claim.known) continue;
    tails.x.push(axisTime(Math.max(a, happened)), axisTime(claim.known), null);
    tails.y.push(y, y, null);
  }
  const yes = (claim) => claim.stance === "asserts";
  const chosen = page.selection?.kind === "claim" ? page.selection.id : null;
  const before = claims.filter((claim) => claim.known < a).length,
    after = claims.filter((claim) => claim.known > b).length;
  replace(
    byId("reports-hint"),
    "a tail runs from the day it happened to the day it was said; dot: asserts, cross: denies or takes back",
    before || after ? `; outside the dates shown: ${number(before)} said earlier, ${number(after)} later` : "",
  );
  const good = cssColour("--said"),
    bad = cssColour("--accent");
  plot(
    "reports",
    [
      {
        type: "scatter",
        mode: "lines",
        x: tails.x,
        y: tails.y,
        line: { width: 1, color: cssColour("--faint") },
        hoverinfo: "none",
        connectgaps: false,
      },
      {
        type: "scatter",
        mode: "markers",
        x: dots.map((d) => axisTime(d.claim.known)),
        y: dots.map((d) => d.y),
        customdata: dots.map((d) => d.claim.id),
        hoverinfo: "none",
        cliponaxis: false,
        marker: {
          size: dots.map((d) => (d.claim.id === chosen ? 13 : yes(d.claim) ? 6 : 8)),
          symbol: dots.map((d) => (yes(d.claim) ? "circle" : "x")),
          color: dots.map((d) => (yes(d.claim) ? good : bad)),
          opacity: 1,
          line: {
            width: dots.map((d) => (d.claim.id === chosen ? 2.5 : 0.5)),
            color: dots.map((d) => (d.claim.id === chosen ? bad : cssColour("--card"))),
          },
        },
      },
    ],
    {
      ...layout,
      xaxis: timeAxis(layout.axis, left, width),
      yaxis: {
        ...layout.axis,
        range: [-0.6, rows.length - 0.4],
        tickvals: rows.map((_, i) => rows.length - 1 - i),
        ticktext: labels,
      },
    },
    {
      tip: (id) => claimWords(CLAIMS.get(id)),
      act: (id) => select("claim", id),
      words: `Claims by ${page.rows} and the time they were said: ${rows.map((row) => `${plain(row, 30)} ${weight.get(row)}`).join(", ")}.`,
    },
  );
  fade("reports", (id) => !reading().onTheDay || CLAIMS.get(id).known <= page.t);
}

let fadedReports = "";
export function fadeReportsIfNeeded() {
  const key = reading().onTheDay ? String(knownClaims(page.t).length) : "all";
  if (key === fadedReports) return;
  fadedReports = key;
  fade("reports", (id) => !reading().onTheDay || CLAIMS.get(id).known <= page.t);
}

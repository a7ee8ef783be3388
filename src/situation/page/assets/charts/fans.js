// Strengths in the stories: the median of each side by day, in bands that hold half and nine in ten of the stories.
import { cssColour, lineColour } from "../core/colours.js";
import { isolated } from "../core/direction.js";
import { byId, h, name, replace } from "../core/elements.js";
import { actorName, FROM, P, root } from "../core/payload.js";
import { rowAt } from "../core/record.js";
import { differing, go, reading, storiesNow } from "../core/state.js";
import { BRANCH, signed, STORIES, TWINS } from "../core/stories.js";
import { day, number, plain, spanWords } from "../core/text.js";
import {
  axisTime,
  chartFrames,
  chartTitle,
  faded,
  labelSpots,
  look,
  plot,
  plotText,
  timeAxis,
  wholeTicks,
} from "./charts.js";
import { canDraw } from "./library.js";
import { strengthCells, strengthName } from "./strengths.js";

const fanBands = () => (differing() ? TWINS.bands : storiesNow().bands);

/** The traces of one side on its own axis. */
function fan(actor, bands, days, axis, base) {
  const x = days.map(axisTime),
    tone = lineColour(actor),
    edge = {
      type: "scatter",
      mode: "lines",
      x,
      yaxis: axis,
      line: { width: 0.6, color: faded(tone, 0.5) },
      hoverinfo: "skip",
    };
  /** @type {Made.Properties[]} */
  const made = [
    { ...edge, y: bands.p05 },
    { ...edge, y: bands.p95, fill: "tonexty", fillcolor: faded(tone, 0.2) },
    { ...edge, y: bands.p25 },
    { ...edge, y: bands.p75, fill: "tonexty", fillcolor: faded(tone, 0.34) },
  ];
  if (base) made.push({ ...edge, y: base.p50, line: { width: 1.6, dash: "dot", color: cssColour("--ink") } });
  made.push({
    type: "scatter",
    mode: "lines+markers",
    x,
    y: bands.p50,
    yaxis: axis,
    line: { width: 2, color: tone },
    marker: { size: 7, opacity: 0, color: tone },
    hoverinfo: "none",
    customdata: days.map((_, i) => `${actor}|${i}`),
  });
  return made;
}

/** What sources number of a side before the branch, place by place, added up: low, best and high from each change on. */
function numbered(actor) {
  const now = reading(),
    cells = strengthCells().filter((cell) => root(strengthName(cell).actor) === actor);
  const cuts = [
    ...new Set(cells.flatMap((cell) => now.cells.get(cell).flatMap((row) => [row.since, row.until ?? BRANCH]))),
  ]
    .filter((t) => t >= FROM && t < BRANCH)
    .sort((a, b) => a - b);
  return cuts
    .map((from, i) => {
      const live = cells.map((cell) => rowAt(now, cell, from)?.value).filter(Boolean),
        sum = (pick) => live.reduce((all, one) => all + (pick(one) ?? 0), 0);
      return {
        from,
        to: cuts[i + 1] ?? BRANCH,
        count: live.length,
        low: sum((v) => v.low ?? v.best),
        high: sum((v) => v.high ?? v.best ?? v.low),
      };
    })
    .filter((one) => one.count);
}

/** Up to the branch: what sources number as a grey band, and at the branch the range that the scenario takes. */
function fanStart(actor, axis) {
  const taken = differing() ? null : storiesNow().forces?.[actor],
    known = differing() ? [] : numbered(actor),
    grey = cssColour("--faint"),
    made = [];
  for (const one of known)
    made.push({
      type: "scatter",
      mode: "lines",
      x: [one.from, one.to, one.to, one.from, one.from].map(axisTime),
      y: [one.low, one.low, one.high, one.high, one.low],
      yaxis: axis,
      fill: "toself",
      fillcolor: faded(grey, 0.35),
      line: { width: 0.8, color: grey },
      hoverinfo: "skip",
    });
  if (taken)
    made.push({
      type: "scatter",
      mode: "markers",
      x: [axisTime(BRANCH)],
      y: [taken.best],
      yaxis: axis,
      marker: { size: 6, symbol: "line-ew-open", color: cssColour("--ink"), line: { width: 2 } },
      hoverinfo: "none",
      customdata: [`${actor}|start`],
      error_y: {
        type: "data",
        symmetric: false,
        array: [taken.high - taken.best],
        arrayminus: [taken.best - taken.low],
        thickness: 1.6,
        width: 4,
        color: cssColour("--ink"),
      },
    });
  return { made, top: Math.max(0, taken?.high ?? 0, ...known.map((one) => one.high)), known: known.length > 0 };
}

function fanWords(key) {
  const [actor, at] = key.split("|"),
    head = name(actorName(actor), 60);
  if (at === "start") {
    const one = storiesNow().forces[actor];
    return [
      head,
      "as the scenario takes it at the branch",
      `low ${number(one.low)}, best ${number(one.best)}, high ${number(one.high)}`,
    ];
  }
  const i = Number(at),
    b = fanBands()[actor],
    say = differing() ? (n) => signed(n) : number;
  return [
    head,
    `${day(storiesNow().days[i])}${differing() ? ", scenario less baseline" : ""}`,
    `median ${say(b.p50[i])}`,
    `half of the stories (50 %): ${spanWords(say(b.p25[i]), say(b.p75[i]))}`,
    `nine in ten (90 %): ${spanWords(say(b.p05[i]), say(b.p95[i]))}`,
  ];
}

/** The names of the bands at the right edge of the widest of them: kept apart where the bands lie close. */
function bandNames(actors, bands, axes) {
  const shown_ = actors
    .map((actor, i) => ({
      actor,
      i,
      part: (bands[actor].p95.at(-1) - bands[actor].p05.at(-1)) / (axes[i].range[1] - axes[i].range[0]),
    }))
    .sort((a, b) => b.part - a.part)[0];
  const b = bands[shown_.actor],
    [bottom, top] = axes[shown_.i].range,
    end = (level) => b[level].at(-1),
    up = end("p95") - end("p50") >= end("p50") - end("p05"),
    note = (text, y) => ({
      xref: "paper",
      x: 1,
      xanchor: "left",
      yanchor: "middle",
      yref: shown_.i ? `y${shown_.i + 1}` : "y",
      y,
      text,
      showarrow: false,
      xshift: 4,
      font: { size: 12, color: cssColour("--muted") },
    });
  const spots = labelSpots(
    [end("p50"), end(up ? "p75" : "p25"), end(up ? "p95" : "p05")].map((value, n) => value + n * (up ? 1e-6 : -1e-6)),
    (top - bottom) * 0.28,
    bottom,
    top,
  );
  return [note("median", spots[0]), note("50 %", spots[1]), note("90 %", spots[2])];
}

export function drawFans() {
  const stories = storiesNow();
  if (!stories || !canDraw("fans")) return;
  const bands = fanBands(),
    all = P.actors.map((one) => one.id).filter((id) => bands[id]),
    days = stories.days;
  const flat = differing()
      ? all.filter((id) => ["p05", "p95"].every((level) => bands[id][level].every((value) => value === 0)))
      : [],
    actors = all.filter((id) => !flat.includes(id));
  const starts = new Map(actors.map((actor, i) => [actor, fanStart(actor, i ? `y${i + 1}` : "y")]));
  const hint = [
    differing()
      ? "scenario less baseline, story by story"
      : "men by day: the median, and bands that hold half (50 %) and nine in ten (90 %) of the stories",
    reading().stories === "scenario" && TWINS ? "dotted: the baseline's median" : "",
    differing() ? "" : "bar: low, best, high taken at the branch",
    [...starts.values()].some((one) => one.known) ? "grey: what sources number in single places" : "",
    flat.length ? `no difference: ${flat.map((id) => plain(actorName(id), 40)).join(", ")}` : "",
  ]
    .filter(Boolean)
    .join(" \u00b7 ");
  byId("fans-hint").textContent = isolated(hint);
  if (!actors.length) {
    chartFrames.delete("fans");
    replace(
      byId("fans"),
      h(
        "p",
        { class: "empty" },
        differing()
          ? "No side has more or fewer men than in the baseline, in any pair of stories."
          : "No strengths are given.",
      ),
    );
    return;
  }
  const width = byId("fans").clientWidth,
    row = 92,
    height = actors.length * row + 4,
    left = 58,
    layout = look(height, left, 48),
    free = height - 28;
  const axes = [],
    notes = [],
    traces = [];
  actors.forEach((actor, i) => {
    const key = i ? `y${i + 1}` : "y",
      top = 1 - (i * row) / free,
      bottom = Math.max(0, top - (row - 24) / free),
      start = starts.get(actor);
    const values = [...bands[actor].p05, ...bands[actor].p95, start.top],
      low = differing() ? Math.min(0, ...values) : 0,
      high = Math.max(differing() ? 0 : 1, ...values),
      least = differing() ? 5 : 1,
      room = Math.max(least, high - low) * 0.06,
      ends = [Math.min(low, differing() ? -least : 0) - (low < 0 ? room : 0), Math.max(high, least) + room];
    axes.push({
      ...layout.axis,
      domain: [bottom, Math.max(bottom, top - 18 / free)],
      range: ends,
      ...wholeTicks(ends[1] - ends[0], 3),
      zeroline: differing(),
      zerolinecolor: cssColour("--muted"),
    });
    notes.push(chartTitle(plotText(actorName(actor), 40), Math.max(bottom, top - 18 / free), "right"));
    traces.push(
      ...start.made,
      ...fan(
        actor,
        bands[actor],
        days,
        key,
        reading().stories === "scenario" ? STORIES.get("baseline")?.bands[actor] : null,
      ),
    );
  });
  notes.push(...bandNames(actors, bands, axes));
  plot(
    "fans",
    traces,
    {
      ...layout,
      annotations: notes,
      xaxis: { ...timeAxis(layout.axis, left, width - 38), anchor: actors.length > 1 ? `y${actors.length}` : "y" },
      ...Object.fromEntries(axes.map((axis, i) => [i ? `yaxis${i + 1}` : "yaxis", axis])),
    },
    {
      tip: fanWords,
      act: (key) => {
        const at = Number(key.split("|")[1]);
        if (Number.isFinite(at)) go({ t: days[at] });
      },
      words:
        `Men by side at the end${differing() ? ", scenario less baseline" : ""}: ` +
        `${actors.map((actor) => `${plain(actorName(actor), 30)} median ${number(bands[actor].p50.at(-1))}, 90 %: ${spanWords(number(bands[actor].p05.at(-1)), number(bands[actor].p95.at(-1)))}`).join("; ")}.`,
    },
  );
}

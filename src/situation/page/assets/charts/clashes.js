// Clashes between uneasy partners: the share of stories in which two have come to each rung of the ladder by a day.
import { cssColour } from "../core/colours.js";
import { byId, h, replace, textWidth } from "../core/elements.js";
import { actorName } from "../core/payload.js";
import { differing, go, reading, storiesNow } from "../core/state.js";
import { errorWords, percent, pointsWords, signed, STORIES, TWINS } from "../core/stories.js";
import { day, plain, spanWords } from "../core/text.js";
import { RUNGS } from "../core/words.js";
import { axisTime, chartFrames, chartTitle, faded, labelSpots, look, plot, plotText, timeAxis } from "./charts.js";
import { canDraw } from "./library.js";

const RUNG_NAMES = { 1: "incident", 2: "reprisals", 3: "exchange of fire", 4: "confrontation" };
const MOST_PAIRS = 3;

/** The share of stories that have come to a rung by a day. */
function clashAt(course, rung, dayNumber) {
  let share = 0;
  for (const [from, value] of course?.rungs[rung] ?? []) if (from <= dayNumber) share = value;
  return share;
}
const clashOf = (stories, between) => stories?.clashes.find((one) => one.between.join() === between.join()) ?? null;

/** The row that holds on a day, of rows that each hold until the next: its number. */
function rowOn(rows, dayNumber) {
  let at = 0;
  rows.forEach(([from], n) => {
    if (from <= dayNumber) at = n;
  });
  return at;
}

/** One line a rung, by day, with the ends of its 95 % interval: shares, or in a difference points more or less than in the baseline. */
function clashLines(pair, days) {
  const now = clashOf(storiesNow(), pair.between),
    base = clashOf(STORIES.get("baseline"), pair.between),
    twins = TWINS?.clashes?.[pair.between.join(":")] ?? {};
  const course = (rung) =>
    days
      .map((_, i) => {
        if (differing()) {
          const [, y, low, high] = twins[rung][rowOn(twins[rung], i)];
          return [y, low ?? y, high ?? y];
        }
        const at = rowOn(now.rungs[rung], i),
          [low, high] = now.errors[rung][at];
        return [now.rungs[rung][at][1], low, high];
      })
      .map((row) => row.map((part) => 100 * part));
  return Object.keys(RUNG_NAMES)
    .filter((rung) => (differing() ? (now?.rungs[rung] || base?.rungs[rung]) && twins[rung]?.length : now?.rungs[rung]))
    .map((rung) => {
      const rows = course(rung);
      return { rung, y: rows.map(([y]) => y), low: rows.map(([, low]) => low), high: rows.map(([, , high]) => high) };
    });
}

export function drawClashes() {
  const stories = storiesNow();
  if (!stories || !canDraw("clashes")) return;
  const pairs = [...stories.clashes];
  if (differing())
    for (const one of STORIES.get("baseline")?.clashes ?? []) if (!clashOf(stories, one.between)) pairs.push(one);
  const moved = differing()
    ? pairs.filter((pair) => clashLines(pair, stories.days).some((one) => one.y.some((value) => value !== 0)))
    : pairs;
  const rows = moved.slice(0, MOST_PAIRS),
    box = byId("clashes");
  if (!rows.length) {
    chartFrames.delete("clashes");
    replace(
      box,
      h(
        "p",
        { class: "empty" },
        differing()
          ? "No clash comes about more or less often than in the baseline."
          : "In no story do uneasy partners come to blows.",
      ),
    );
    return;
  }
  const width = box.clientWidth,
    tall = 128,
    height = rows.length * tall + 6,
    left = 44,
    ending = (one) => `${RUNG_NAMES[one.rung]} ${differing() ? pointsWords(one.y.at(-1) / 100) : percent(one.y.at(-1) / 100)}`,
    endings = rows.flatMap((pair) => clashLines(pair, stories.days).map(ending)),
    right = Math.max(90, ...endings.map((words) => textWidth(words, 12, false))) + 14,
    layout = look(height, left, right),
    free = height - 28,
    days = stories.days,
    x = days.map(axisTime),
    tone = cssColour("--accent");
  const traces = [],
    notes = [],
    axes = {};
  byId("clashes-hint").textContent =
    `${differing() ? "points more or fewer than in the baseline, pair by pair" : "share of stories that have come to each rung by a day"} ` +
    `\u00b7 band: ${differing() ? "95 % interval of the difference" : "counting error (95 %)"}${reading().stories === "scenario" && TWINS ? " \u00b7 thin dots in colour: the baseline's confrontations" : ""}`;
  rows.forEach((pair, i) => {
    const key = i ? `y${i + 1}` : "y",
      top = 1 - (i * tall) / free,
      bottom = Math.max(0, top - (tall - 22) / free),
      lines = clashLines(pair, days);
    const most = differing()
      ? Math.max(1, ...lines.flatMap((one) => one.high)) * 1.08
      : Math.max(5, ...lines.flatMap((one) => one.high)) * 1.05;
    const low = differing() ? Math.min(0, ...lines.flatMap((one) => one.low)) * 1.08 : 0;
    axes[i ? `yaxis${i + 1}` : "yaxis"] = {
      ...layout.axis,
      domain: [bottom, top - 20 / free],
      range: [low, most],
      nticks: 4,
      ticksuffix: differing() ? "" : " %",
      zeroline: differing(),
      zerolinecolor: cssColour("--muted"),
    };
    notes.push(
      chartTitle(plotText(pair.between.map((id) => actorName(id)).join(" and "), 60), top - 20 / free, "left"),
    );
    const spots = labelSpots(
      lines.map((one) => one.y.at(-1)),
      (most - low) * 0.15,
      low,
      most,
    );
    lines.forEach((one, n) => {
      const edge = { type: "scatter", mode: "lines", x, yaxis: key, line: { width: 0 }, hoverinfo: "skip" };
      traces.push(
        { ...edge, y: one.low },
        {
          ...edge,
          y: one.high,
          fill: "tonexty",
          fillcolor: faded(Number(one.rung) === 4 ? tone : cssColour("--muted"), 0.2),
        },
      );
      const dash = ["dot", "dash", "solid", "solid"][Number(one.rung) - 1],
        strong = Number(one.rung) === 4;
      traces.push({
        type: "scatter",
        mode: "lines+markers",
        x,
        y: one.y,
        yaxis: key,
        line: { width: strong ? 2.6 : 1.6, dash, color: strong ? tone : cssColour("--ink") },
        marker: { size: 7, opacity: 0 },
        hoverinfo: "none",
        customdata: days.map((_, d) => `${i}|${one.rung}|${d}`),
      });
      notes.push({
        xref: "paper",
        x: 1,
        xanchor: "left",
        yref: key,
        y: spots[n],
        yanchor: "middle",
        xshift: 4,
        showarrow: false,
        text: ending(one),
        font: { size: 12, color: strong ? tone : cssColour("--muted") },
      });
    });
    const base = reading().stories === "scenario" ? clashOf(STORIES.get("baseline"), pair.between) : null;
    if (base?.rungs[4] || (base && clashOf(stories, pair.between)?.rungs[4]))
      traces.push({
        type: "scatter",
        mode: "lines",
        x,
        y: days.map((_, d) => 100 * clashAt(base, 4, d)),
        yaxis: key,
        line: { width: 1.4, dash: "dot", color: tone },
        hoverinfo: "skip",
      });
  });
  const words = (key) => {
    const [i, rung, d] = key.split("|").map(Number),
      pair = rows[i],
      line = clashLines(pair, days).find((one) => one.rung === String(rung));
    return [
      pair.between.map((id) => plain(actorName(id), 40)).join(" and "),
      `${day(days[d])}: ${differing() ? `${pointsWords(line.y[d] / 100)} against the baseline` : `${percent(line.y[d] / 100)} of stories`}`,
      `have come to ${RUNGS[rung]} by then`,
      `95 % interval: ${differing() ? `${spanWords(signed(line.low[d], 1), signed(line.high[d], 1))} points` : errorWords([line.low[d] / 100, line.high[d] / 100])}`,
    ];
  };
  plot(
    "clashes",
    traces,
    {
      ...layout,
      annotations: notes,
      xaxis: { ...timeAxis(layout.axis, left, width - right + 10), anchor: rows.length > 1 ? `y${rows.length}` : "y" },
      ...axes,
    },
    {
      tip: words,
      act: (key) => go({ t: days[Number(key.split("|")[2])] }),
      words: rows
        .map(
          (pair) =>
            `${pair.between.map((id) => actorName(id)).join(" and ")}: by the end ${clashLines(pair, days)
              .map(ending)
              .join(", ")}`,
        )
        .join("; "),
    },
  );
}

// Events by day in four lanes: control, fighting, movement, statements.
import { colour, cssColour, lineColour, shape } from "../core/colours.js";
import { byId, name } from "../core/elements.js";
import { FROM, LANES, root } from "../core/payload.js";
import { eventsAt, passed, there, versionAt } from "../core/record.js";
import { END, page, reading, select, shownSpan } from "../core/state.js";
import { DAY } from "../core/calendar.js";
import { count, moment, number, span } from "../core/text.js";
import { ruleWords } from "../core/words.js";
import { acrossTime } from "../time/axis.js";
import { axisTime, fade, levels, look, plot, timeAxis } from "./charts.js";
import {
  isStoryMark,
  storyEventChosen,
  storyEventsHint,
  storyEventWords,
  storyNotes,
  storyTraces,
} from "./storyevents.js";

const LANE_WORDS = { control: "control", fighting: "fighting", movement: "movement", statements: "statements" };

function eventWords(entry) {
  return [
    name(entry.text, 140),
    span(entry.earliest, entry.latest),
    entry.rule === undefined
      ? `${count(entry.claims.length, "claim")}${entry.against.length ? `, ${number(entry.against.length)} against` : ""}`
      : `simulated: ${ruleWords(entry.rule)}`,
    entry.disputed ? "sources disagree" : null,
    there(entry, page.t)
      ? null
      : entry.known > page.t
        ? `not known until ${moment(entry.known)}`
        : "no longer held at this minute",
  ];
}

/** Points of the lanes with their level, set out for the part of the window that is shown. */
function placeEvents(left, width, laneHeight) {
  const [a, b] = shownSpan(),
    placed = [];
  for (const [row, lane] of LANES.entries()) {
    const mine = eventsAt(reading(), page.t).filter(
      (entry) => entry.lane === lane && entry.time >= a && entry.time <= b,
    );
    const most = Math.max(1, 2 * Math.floor((laneHeight / 2 - 4) / 9) + 1);
    const heights = levels(
      mine.map((entry) => acrossTime(entry.time, left, width - 10)),
      9,
      most,
    );
    mine.forEach((entry, i) => placed.push({ entry, y: LANES.length - 1 - row + (heights[i] * 9) / laneHeight }));
  }
  return placed;
}

export function drawEvents() {
  if (!page.charts) return;
  const width = byId("events").clientWidth,
    left = 84,
    height = 236,
    layout = look(height, left);
  const placed = placeEvents(left, width, (height - 28) / LANES.length);
  byId("stories-hint").textContent = storyEventsHint();
  const bars = { x: [], y: [] };
  for (const { entry, y } of placed) {
    if (entry.latest - entry.earliest <= DAY) continue;
    bars.x.push(axisTime(Math.max(FROM, entry.earliest)), axisTime(Math.min(END(), entry.latest)), null);
    bars.y.push(y, y, null);
  }
  const actor = (entry) => entry.actors[0] ?? null,
    partner = (entry) => entry.actors.find((one) => root(one) !== root(actor(entry))) ?? actor(entry),
    several = (entry) => partner(entry) !== actor(entry);
  const chosen = page.selection?.kind === "event" ? page.selection.id : null;
  plot(
    "events",
    [
      {
        type: "scatter",
        mode: "lines",
        x: bars.x,
        y: bars.y,
        line: { width: 2, color: cssColour("--faint") },
        opacity: 0.4,
        hoverinfo: "none",
        connectgaps: false,
      },
      {
        type: "scatter",
        mode: "markers",
        x: placed.map((p) => axisTime(p.entry.time)),
        y: placed.map((p) => p.y),
        customdata: placed.map((p) => p.entry.id),
        hoverinfo: "none",
        cliponaxis: false,
        marker: {
          size: placed.map((p) => (p.entry.id === chosen ? 14 : 8.5)),
          symbol: placed.map((p) => shape(actor(p.entry)) + (p.entry.disputed ? "-open" : "")),
          opacity: 1,
          color: placed.map((p) => (p.entry.disputed ? lineColour(actor(p.entry)) : colour(actor(p.entry)))),
          line: {
            width: placed.map((p) => (p.entry.id === chosen ? 2.5 : p.entry.disputed || several(p.entry) ? 2 : 0.8)),
            color: placed.map((p) => (p.entry.id === chosen ? cssColour("--accent") : lineColour(partner(p.entry)))),
          },
        },
      },
      ...storyTraces(),
    ],
    {
      ...layout,
      annotations: storyNotes(),
      barmode: "overlay",
      bargap: 0,
      xaxis: timeAxis(layout.axis, left, width),
      yaxis: {
        ...layout.axis,
        range: [-0.5, LANES.length - 0.5],
        tickvals: LANES.map((_, i) => LANES.length - 1 - i),
        ticktext: LANES.map((lane) => LANE_WORDS[lane]),
      },
    },
    {
      tip: (id) => storyEventWords(id) ?? eventWords(versionAt(reading(), id, page.t)),
      act: (id) => storyEventChosen(id) || select("event", id),
      words: `Events by day in four lanes, ${number(placed.length)} shown. N and P go through them one by one.`,
    },
  );
  fadeEvents();
}

/** Fade what nobody knew at the selected minute. */
function fadeEvents() {
  const now = reading();
  fade("events", (id) => isStoryMark(id) || there(versionAt(now, id, page.t), page.t));
}

let eventsKey = "";
export function drawEventsAgain() {
  const key = `${page.reading} ${passed(reading(), page.t)}`;
  if (key === eventsKey) return;
  eventsKey = key;
  drawEvents();
}

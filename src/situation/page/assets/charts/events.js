// Events by day in four lanes: control, fighting, movement, statements.
import { colour, cssColour, lineColour, shape } from "../core/colours.js";
import { byId, name } from "../core/elements.js";
import { FROM, LANES, root } from "../core/payload.js";
import { eventCount, gatheredName, inColumns, killedWords, MANY, openWords } from "../core/gather.js";
import { eventsAt, passed, there, versionAt } from "../core/record.js";
import { END, page, reading, select, shownSpan } from "../core/state.js";
import { DAY } from "../core/calendar.js";
import { count, moment, number, span } from "../core/text.js";
import { ruleWords } from "../core/words.js";
import { acrossTime } from "../time/axis.js";
import { axisTime, fade, levels, look, plot, timeAxis } from "./charts.js";
import { canDraw } from "./library.js";
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

/** How wide a column of gathered events is, in pixels. */
const COLUMN = 6;

/** One mark for events that would pile up: of the colour of who acts in all of them, larger the more there are. */
function gatheredMark(events, y) {
  const actors = events.every((entry) => entry.actors[0] === events[0].actors[0]) ? events[0].actors : [];
  const key = events.length > 1 ? gatheredName(events) : events[0].id;
  const earliest = events[0].time,
    latest = earliest;
  const disputed = Boolean(openWords(events));
  return {
    entry: { ...events[0], actors, disputed, earliest, latest },
    key,
    size: 5 + Math.min(9, 2 * Math.log2(1 + events.length)),
    y,
  };
}

/** What a mark of gathered events says. */
function gatheredWords(events) {
  return [
    name(eventCount(events), 140),
    span(events[0].time, events.at(-1).time),
    killedWords(events) || null,
    openWords(events) || null,
    "Choose the mark to read each of them.",
  ];
}

/** Points of the lanes with their level, set out for the part of the window that is shown. */
function placeEvents(left, width, laneHeight) {
  const [a, b] = shownSpan(),
    placed = [];
  gatheredMarks = new Map();
  for (const [row, lane] of LANES.entries()) {
    const mine = eventsAt(reading(), page.t).filter(
      (entry) => entry.lane === lane && entry.time >= a && entry.time <= b,
    );
    const level = LANES.length - 1 - row,
      x = (entry) => acrossTime(entry.time, left, width - 10);
    if (mine.length > MANY) {
      for (const events of inColumns(mine, x, COLUMN)) {
        const mark = gatheredMark(events, level);
        if (events.length > 1) gatheredMarks.set(mark.key, events);
        placed.push(mark);
      }
      continue;
    }
    const most = Math.max(1, 2 * Math.floor((laneHeight / 2 - 4) / 9) + 1);
    const heights = levels(mine.map(x), 9, most);
    mine.forEach((entry, i) =>
      placed.push({ entry, key: entry.id, size: 8.5, y: level + (heights[i] * 9) / laneHeight }),
    );
  }
  return placed;
}

/** By the key of a mark that gathers events, these events, as they are drawn. */
let gatheredMarks = new Map();
const gatheredBy = (key) => gatheredMarks.get(key) ?? null;

function markWords(key) {
  const events = gatheredBy(key);
  return events ? gatheredWords(events) : eventWords(versionAt(reading(), key, page.t));
}

export function drawEvents() {
  if (!canDraw("events")) return;
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
  const chosen = ["event", "gathered"].includes(page.selection?.kind ?? "") ? page.selection.id : null;
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
        customdata: placed.map((p) => p.key),
        hoverinfo: "none",
        cliponaxis: false,
        marker: {
          size: placed.map((p) => (p.key === chosen ? 14 : p.size)),
          symbol: placed.map((p) => shape(actor(p.entry)) + (p.entry.disputed ? "-open" : "")),
          opacity: 1,
          color: placed.map((p) => (p.entry.disputed ? lineColour(actor(p.entry)) : colour(actor(p.entry)))),
          line: {
            width: placed.map((p) => (p.key === chosen ? 2.5 : p.entry.disputed || several(p.entry) ? 2 : 0.8)),
            color: placed.map((p) => (p.key === chosen ? cssColour("--accent") : lineColour(partner(p.entry)))),
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
      tip: (id) => storyEventWords(id) ?? markWords(id),
      act: (id) => storyEventChosen(id) || select(gatheredBy(id) ? "gathered" : "event", id),
      words: `Events by day in four lanes, ${number(placed.length)} marks. N and P go through them one by one.`,
    },
  );
  fadeEvents();
}

/** Fade what nobody knew at the selected minute. */
function fadeEvents() {
  const now = reading();
  const held = (id) =>
    gatheredBy(id)?.some((entry) => there(entry, page.t)) ?? there(versionAt(now, id, page.t), page.t);
  fade("events", (id) => isStoryMark(id) || held(id));
}

let eventsKey = "";
export function drawEventsAgain() {
  const key = `${page.reading} ${passed(reading(), page.t)}`;
  if (key === eventsKey) return;
  eventsKey = key;
  drawEvents();
}

// Events of all stories together, on the lanes after the branch: places taken by day, and what the scenario gives.
import { colour, cssColour } from "../core/colours.js";
import { name } from "../core/elements.js";
import { actorName, LANES, P } from "../core/payload.js";
import { differing, go, reading, shownSpan, storiesNow } from "../core/state.js";
import { BRANCH, percent, signed, STORIES } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { capital, day, plain, shortDay, spanWords } from "../core/text.js";
import { numberName } from "../core/words.js";
import { axisTime } from "./charts.js";

const GIVEN_ROOM = 0.2;

/** How many places each side takes on a day, on average; in a difference, more or fewer than in the baseline. */
function takingsOn(actor) {
  const now = storiesNow().takings[actor] ?? [],
    base = differing() ? (STORIES.get("baseline").takings[actor] ?? []) : [];
  return Array.from({ length: storiesNow().days.length - 1 }, (_, i) => (now[i] ?? 0) - (base[i] ?? 0));
}
function takingSides() {
  const named = new Set([
    ...Object.keys(storiesNow().takings),
    ...(differing() ? Object.keys(STORIES.get("baseline").takings) : []),
  ]);
  return P.actors.map((one) => one.id).filter((id) => named.has(id));
}

/** Bars of a day each in the lane of control, stacked by side; losses of a difference hang down. */
function takingBars() {
  const sides = takingSides().map((actor) => ({ actor, by: takingsOn(actor) })),
    days = storiesNow().days,
    row = LANES.length - 1 - LANES.indexOf("control");
  const up = days.slice(1).map((_, i) => sides.reduce((sum, one) => sum + Math.max(0, one.by[i]), 0)),
    down = days.slice(1).map((_, i) => sides.reduce((sum, one) => sum - Math.min(0, one.by[i]), 0));
  const most = Math.max(1e-9, ...up, ...down),
    floor = differing() ? row : row - 0.42,
    scale = (differing() ? 0.42 : 0.84) / most,
    high = up.map(() => floor),
    deep = up.map(() => floor);
  return {
    most,
    traces: sides.map(({ actor, by }) => {
      const base = by.map((value, i) => {
        if (value >= 0) {
          const at = high[i];
          high[i] += value * scale;
          return at;
        }
        deep[i] += value * scale;
        return deep[i];
      });
      return {
        type: "bar",
        x: days.slice(0, -1).map((t) => axisTime(t + DAY / 2)),
        y: by.map((value) => Math.abs(value) * scale),
        base,
        width: DAY * 60000,
        marker: { color: colour(actor), line: { width: 0 } },
        hoverinfo: "none",
        customdata: by.map((value, i) => (value ? `taking|${actor}|${i + 1}` : null)),
        showlegend: false,
      };
    }),
  };
}

/** The days by which a twentieth, half and nineteen twentieths of those stories that see it have seen it. */
function givenDays(rows) {
  const end = rows.at(-1)?.[1] ?? 0,
    by = (part) => rows.find(([, share]) => share >= part * end)?.[0] ?? 0;
  return { share: end, first: by(0.05), middle: by(0.5), last: by(0.95) };
}

/** What a scenario gives: a star on its median day, with the span of nine in ten. */
function givenMarks() {
  const row = LANES.length - 1 - LANES.indexOf("statements"),
    at = (n) => storiesNow().days[Math.min(storiesNow().days.length - 1, n)];
  const seen = storiesNow()
    .given.map((one, i) => ({ given: one.given, ...givenDays(one.rows), y: row + 0.3 - (i % 4) * GIVEN_ROOM }))
    .filter((one) => one.share > 0);
  const bars = {
    type: "scatter",
    mode: "lines",
    x: [],
    y: [],
    line: { width: 3, color: cssColour("--faint") },
    hoverinfo: "skip",
  };
  for (const one of seen)
    if (one.last > one.first) {
      bars.x.push(axisTime(at(one.first)), axisTime(at(one.last)), null);
      bars.y.push(one.y, one.y, null);
    }
  return [
    bars,
    {
      type: "scatter",
      mode: "markers",
      x: seen.map((one) => axisTime(at(one.middle))),
      y: seen.map((one) => one.y),
      customdata: seen.map((one) => `given|${one.given}`),
      hoverinfo: "none",
      cliponaxis: false,
      marker: {
        size: 12,
        symbol: seen.map((one) => (one.share > 0.995 ? "star" : "star-open")),
        color: cssColour("--ink"),
        line: { width: 1.4, color: cssColour("--ink") },
      },
    },
  ];
}

/**
 * The lanes of which the stories keep no count: words in place of marks.
 * @returns {Made.Properties[]}
 */
export function storyNotes() {
  if (reading().stories === undefined || shownSpan()[1] <= BRANCH) return [];
  return ["fighting", "movement"].map((lane) => ({
    xref: "x",
    yref: "y",
    x: axisTime(Math.max(BRANCH, shownSpan()[0])),
    y: LANES.length - 1 - LANES.indexOf(lane),
    xanchor: "left",
    xshift: 10,
    showarrow: false,
    text: "not counted over the stories",
    font: { size: 12, color: cssColour("--muted") },
  }));
}

/**
 * What the events' chart shows of the stories; nothing in a replay and in a single story.
 * @returns {Made.Properties[]}
 */
export function storyTraces() {
  return reading().stories === undefined ? [] : [...takingBars().traces, ...givenMarks()];
}

/** @returns {string} */
export function storyEventsHint() {
  if (reading().stories === undefined) return "";
  return differing()
    ? "after the branch, bars: places taken by day, more (up) or fewer (down) " +
        "than in the baseline \u00b7 star: given by the scenario"
    : "after the branch, bars: places taken by day, on average over the stories " +
        "\u00b7 star: given by the scenario (hollow: not in all stories) \u00b7 " +
        "of fighting and movement no count is kept: choose one story for its own";
}

/**
 * @param {string} key
 * @returns {boolean}
 */
export const isStoryMark = (key) => /^(taking|given)\|/.test(String(key));

/**
 * The words of a mark of the stories; null for an entry of the record.
 * @param {string} key
 * @returns {Made.Child[] | null}
 */
export function storyEventWords(key) {
  if (!isStoryMark(key)) return null;
  const [kind, what, dayNumber] = String(key).split("|");
  if (kind === "taking") {
    const value = takingsOn(what)[Number(dayNumber) - 1];
    return [
      name(actorName(what), 60),
      `${day(storiesNow().days[Number(dayNumber)])}: ${differing() ? `${signed(value, 2)} places against the baseline` : `${value.toLocaleString("en-GB", { maximumFractionDigits: 2 })} places taken`}`,
      "on average over the stories",
    ];
  }
  const one = storiesNow().given.find((it) => it.given === what),
    { share, first, middle, last } = givenDays(one.rows),
    on = (n) => shortDay(storiesNow().days[n]);
  return [
    name(capital(one.text), 160),
    `given by the scenario: \u201c${plain(numberName(one.given.replace(/^plan\//, "")), 60)}\u201d`,
    `in ${percent(share)} of stories, ${first === last ? `by ${on(last)}` : `median ${on(middle)}, nine in ten ${spanWords(on(first), on(last))}`}`,
  ];
}

/**
 * @param {string} key
 * @returns {boolean}
 */
export function storyEventChosen(key) {
  const [kind, , dayNumber] = String(key).split("|");
  if (kind === "taking") go({ t: storiesNow().days[Number(dayNumber)] });
  return isStoryMark(key);
}

// The bar of time: slider, playing, the date in words, how much is known by then.
import { lineColour } from "../core/colours.js";
import { control } from "../core/control.js";
import { DAY, dayEnd, dayStart } from "../core/calendar.js";
import { byId, h, name, replace, s, speak } from "../core/elements.js";
import { FROM, P, TO } from "../core/payload.js";
import { eventsAt, happened } from "../core/record.js";
import {
  after,
  differing,
  END,
  go,
  knownClaims,
  offered,
  page,
  reading,
  recorded,
  select,
  shownSpan,
  spanNow,
  SPANS,
  storiesNow,
  usableClaims,
} from "../core/state.js";
import { beyondLuck, BRANCH, RECORD_END, storiesWords, storyDay, TWINS, unlike } from "../core/stories.js";
import {
  clock,
  count,
  day,
  dayOfYear,
  longDay,
  number,
  plain,
  zone,
} from "../core/text.js";
import { longTicks } from "./axis.js";

const SPEEDS = [
  { id: "1", label: "1 day/s" },
  { id: "3", label: "3 days/s" },
  { id: "7", label: "1 week/s" },
  ...(TO - FROM > 730 * DAY ? [{ id: "30", label: "1 month/s" }] : []),
  ...(TO - FROM > 3653 * DAY ? [{ id: "365", label: "1 year/s" }] : []),
  { id: "events", label: "by event" },
];
export const slider = byId("time");
export const playing = { on: false, last: 0, since: 0, t: 0 };
slider.min = String(FROM);
replace(
  byId("speed"),
  SPEEDS.map((one) => h("option", { value: one.id }, one.label)),
);
byId("speed").value = SPEEDS.slice(1).find((one) => (TO - FROM) / DAY <= 120 * Number(one.id))?.id ?? SPEEDS.at(-2).id; // the window in about two minutes

/** How far the bar goes, and what the charts may be asked to show: both end with the reading. */
function drawReach() {
  slider.max = String(END());
  replace(
    byId("span"),
    SPANS.filter(offered).map((one) => h("option", { value: one.id }, one.label)),
  );
  byId("span").value = spanNow();
}

/** @param {Set<Made.Part>} changed */
export function drawTime(changed) {
  if (changed.has("reading") || changed.has("charts")) drawReach();
  if (Number(slider.value) !== page.t) slider.value = String(page.t);
  slider.style.setProperty("--done", `${(100 * (page.t - FROM)) / (END() - FROM)}%`);
  const words = `${longDay(page.t)}, ${clock(page.t)} ${zone()}`;
  slider.setAttribute("aria-valuetext", words);
  replace(byId("now"), day(page.t), " ", h("span", { class: "hour" }, clock(page.t)));
  byId("date-title").textContent = longDay(page.t);
  if (after(page.t)) {
    drawStoryTime();
    return;
  }
  const known = knownClaims(page.t),
    usable = usableClaims(),
    sources = new Set(known.map((claim) => claim.source));
  replace(
    byId("coverage"),
    `${number(known.length)} of ${count(usable.length, "claim")} had been said by then, ` +
      `by ${number(sources.size)} of ${count(P.sources.length, "source")}`,
  );
  const today = changesOn(page.t);
  replace(
    byId("subtitle"),
    today.length
      ? [
          name(today[0].text, 70),
          today.length > 1 ? `; and ${number(today.length - 1)} more` : "",
        ]
      : `No recorded change of control ${thisDay(page.t)}`,
    ". ",
    h("span", { class: "soft" }, page.reading === "day" ? "As known at that minute." : name(reading().hint, 160)),
    BRANCH !== null && recorded() && page.t === RECORD_END ? " The record ends here." : "",
  );
}

/** A day that is not over may still bring a change. */
const thisDay = (t) => (t < dayEnd(t) ? "so far on this day" : "on this day");

function changesOn(t) {
  const now = reading(),
    from = dayStart(t);
  return happened(now, t).filter((entry) => entry.lane === "control" && entry.time >= from);
}

const LETTER = 6.4; // pixels that a letter of a tick takes, at most on the mean
/** Small strokes over the slider where control changed, in the colour of who gained. */
export function drawTicks() {
  const box = byId("ticks"),
    w = Math.max(100, box.clientWidth),
    x = (t) => 8 + ((t - FROM) / (END() - FROM)) * (w - 16);
  const svg = s("svg", { viewBox: `0 0 ${w} 18`, preserveAspectRatio: "none" });
  const [a, b] = shownSpan();
  if (spanNow() !== "all") svg.append(s("rect", { class: "window", x: x(a), width: x(b) - x(a), y: 0, height: 18 }));
  let free = 0;
  for (const { t, text } of longTicks(8, w - 8, 59, [FROM, END()])) {
    const mark = x(t),
      words = text.replace(/^1 /, ""),
      wide = words.length * LETTER,
      back = mark + 3 + wide > w;
    svg.append(s("path", { class: "month", d: `M${mark},0V18` }));
    if (back && mark - 3 - wide < free) continue; // its words would lie over those before it
    svg.append(s("text", { x: mark + (back ? -3 : 3), y: 10, "text-anchor": back ? "end" : "start" }, words));
    free = mark + 3 + (back ? 0 : wide);
  }
  if (!recorded()) svg.append(s("path", { class: "branch", d: `M${x(BRANCH).toFixed(1)},0V18` }));
  for (const entry of reading().order) {
    if (entry.lane !== "control") continue;
    svg.append(
      s("path", {
        class: "stroke",
        d: `M${x(entry.time).toFixed(1)},10V18`,
        stroke: lineColour(entry.actors[0] ?? null),
      }),
    );
  }
  replace(box, svg);
  byId("span").value = spanNow();
}

/** @param {boolean} on */
export function play(on) {
  playing.on = on;
  const button = byId("play");
  button.textContent = on ? "\u275a\u275a" : "\u25b6";
  button.setAttribute("aria-label", on ? "Pause" : "Play");
  if (!on) return;
  if (page.t >= END() - 1) go({ t: FROM });
  playing.t = page.t >= END() - 1 ? FROM : page.t;
  playing.last = performance.now();
  requestAnimationFrame(tick);
}
function tick(now) {
  if (!playing.on) return;
  const speed = byId("speed").value,
    calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (speed === "events" || calm) {
    if (now - playing.last >= 1100) {
      playing.last = now;
      if (speed === "events") stepEvent(1);
      else go({ t: dayEnd(page.t + 1) });
    }
  } else {
    playing.t += ((now - playing.last) / 1000) * Number(speed) * DAY;
    playing.last = now;
    go({ t: playing.t });
  }
  if (page.t >= END() || (speed === "events" && !nextEvent(1))) {
    play(false);
    return;
  }
  requestAnimationFrame(tick);
}

/** The event before or after the selected one, or else the selected date. */
function nextEvent(way) {
  const order = eventsAt(reading(), page.t).filter((entry) => entry.time <= END());
  const at = page.selection?.kind === "event" ? order.findIndex((entry) => entry.id === page.selection.id) : -1;
  if (at >= 0) return order[at + way] ?? null;
  return way > 0
    ? (order.find((entry) => entry.time > page.t) ?? null)
    : (order.filter((entry) => entry.time <= page.t).at(-1) ?? null);
}

/** @param {1 | -1} way */
export function stepEvent(way) {
  const entry = nextEvent(way);
  if (entry)
    select("event", entry.id, {
      t: page.reading === "day" && Number.isFinite(entry.known) ? Math.max(entry.time, entry.known) : entry.time,
    });
  else speak(way > 0 ? "No later event." : "No earlier event.");
}

/** @param {number} days */
export function stepDay(days) {
  const end = dayEnd(page.t);
  go({ t: days > 0 && page.t < end ? dayEnd(end + (days - 1) * DAY - 120) : dayEnd(end + days * DAY - 120) });
}

slider.addEventListener("input", () => {
  if (playing.on) play(false);
  go({ t: Number(slider.value) });
});
byId("play").addEventListener("click", () => play(!playing.on));
byId("previous").addEventListener("click", () => stepEvent(-1));
byId("next").addEventListener("click", () => stepEvent(1));
byId("span").addEventListener("change", () => go({ span: byId("span").value }));

let spokenTimer = 0;
/** Say the date and what changed on it, once nobody has moved it for a moment. */
export function speakTime() {
  clearTimeout(spokenTimer);
  if (!playing.on)
    spokenTimer = setTimeout(() => {
      const today = changesOn(page.t);
      speak(
        `${longDay(page.t)}. ${after(page.t) ? plain(byId("subtitle").textContent.replace(/[\u2068\u2069]/g, ""), 200) : today.length ? today.map((entry) => entry.text).join("; ") : `No change of control ${thisDay(page.t)}.`}`,
      );
    }, 700);
}

/**
 * In how many places a scenario differs from its baseline by more than luck, and in how many others it may be luck.
 * @param {number} all
 * @param {number} sure
 */
function differenceWords(all, sure) {
  if (!all) return "Scenario and baseline differ in no place. ";
  const rest = all - sure > 0 ? `; in ${sure ? `${number(all - sure)} more` : count(all, "place")} the difference may be luck` : "";
  return `Scenario and baseline differ beyond luck in ${sure ? count(sure, "place") : "no place"}${rest}. `;
}

/** The stories that are shown; of a comparison it is said whose they are, or the baseline might seem to be meant, too. */
const whoseStories = () => (TWINS ? `the ${plain(reading().stories, 20)}\u2019s stories` : "the stories");

/** The bar of time and the line under the title, after the branch. */
function drawStoryTime() {
  const stories = storiesNow(),
    dayNumber = storyDay(stories, page.t);
  const unalike = P.places.filter((place) => unlike(control(reading(), place.id, page.t)) >= 0.005),
    n = unalike.length;
  replace(byId("coverage"), `day ${number(dayNumber)} of ${number(stories.days.length - 1)}, ${storiesWords(stories)}`);
  replace(
    byId("subtitle"),
    differing()
      ? differenceWords(n, unalike.filter((place) => beyondLuck(place.id, dayNumber).length).length)
      : n
        ? `On ${dayOfYear(page.t)} ${whoseStories()} disagree among themselves at ${number(n)} of ${count(P.places.length, "place")}. `
        : `On ${dayOfYear(page.t)} ${whoseStories()} agree on every place. `,
    h("span", { class: "soft" }, name(reading().hint, 160)),
  );
}

// When places change hands in the stories: for each taking, in what share of them, and the day's median and bands.
import { placeLink } from "../core/chosen.js";
import { marker } from "../core/colours.js";
import { byId, h, name, replace } from "../core/elements.js";
import { actorName, PLACES, TO } from "../core/payload.js";
import { differing, reading, storiesNow } from "../core/state.js";
import { BRANCH, percent, STORIES, TWINS } from "../core/stories.js";
import { DAY, monthStarts } from "../core/calendar.js";
import { day, number, plain, shortDay, spanWords } from "../core/text.js";
import { dotRow } from "./scales.js";

const storyPart = (t) => (t === null || t === undefined ? 1 : (t - BRANCH) / (TO - BRANCH));
const dayOrNever = (t) => (t === null || t === undefined ? "never" : shortDay(t));
const takingOf = (stories, row) =>
  stories.expected.find((one) => one.place === row.place && one.holder === row.holder) ?? null;

/**
 * By when it comes about, behind its share of the stories; empty where hardly any has it.
 * @param {Made.Properties} row
 * @returns {string}
 */
export function takingWords(row) {
  if (row.p50 === null) return row.p05 === null ? "" : `, in one of twenty by ${day(row.p05)}`;
  const days = (low, high) => spanWords(dayOrNever(low), dayOrNever(high));
  return `: median ${day(row.p50)}; half of the stories ${days(row.p25, row.p75)}, nine in ten ${days(row.p05, row.p95)}`;
}
function takingRow(row, base) {
  const place = PLACES.has(row.place) ? row.place : null;
  return h(
    "li",
    { class: "taking" },
    h(
      "span",
      { class: "lead" },
      marker(row.holder),
      h(
        "span",
        {},
        place ? placeLink(place) : name(row.place, 60),
        h("span", { class: "soft" }, ` by ${plain(actorName(row.holder), 40)}`),
      ),
    ),
    h(
      "span",
      { class: "taking-share" },
      percent(row.share),
      TWINS && differing() ? h("span", { class: "soft" }, ` / ${base ? percent(base.share) : "<2 %"}`) : "",
    ),
    h("span", { class: "unseen" }, takingWords(row)),
    row.p05 === null
      ? h("span", { class: "dots soft" }, "")
      : dotRow({
          thin: [storyPart(row.p05), storyPart(row.p95)],
          thick: [storyPart(row.p25), storyPart(row.p75)],
          mark: row.p50 === null ? null : storyPart(row.p50),
          hollow: base && base.p50 !== null ? storyPart(base.p50) : null,
        }),
  );
}

/** Takings in the difference: where the share or the median moves. */
function moved(row, base) {
  return !base || Math.abs(row.share - base.share) >= 0.005 || row.p50 !== base.p50;
}

export function drawExpected() {
  const stories = storiesNow();
  if (!stories) return;
  const base = differing() || reading().stories === "scenario" ? (STORIES.get("baseline") ?? null) : null;
  const rows = stories.expected
    .map((row) => [row, base && takingOf(base, row)])
    .filter(([row, twin]) => !differing() || moved(row, twin));
  const marks = timeTicksBetween(BRANCH, TO);
  const list = (some) =>
    h(
      "ul",
      { class: "takings" },
      some.map(([row, twin]) => takingRow(row, twin)),
    );
  replace(
    byId("expected"),
    h(
      "p",
      { class: "hint" },
      "Dot: median day; thick: half of the stories; thin: nine in ten; a bar " +
        `that reaches the right edge has stories in which it never happens.${base ? " Hollow: the baseline's median." : ""}${differing() ? " Share in the scenario / in the baseline." : ""}`,
    ),
    rows.length
      ? [
          h(
            "div",
            { class: "taking-axis", "aria-hidden": "true" },
            marks.map((t) => h("span", { style: { left: `${(100 * storyPart(t)).toFixed(2)}%` } }, shortDay(t))),
          ),
          list(rows.slice(0, 14)),
          rows.length > 14
            ? h("details", {}, h("summary", {}, `${number(rows.length - 14)} more`), list(rows.slice(14)))
            : null,
        ]
      : h(
          "p",
          { class: "empty" },
          differing()
            ? "No place changes hands more, less, sooner or later."
            : "No place changes hands in one story of fifty or more.",
        ),
  );
}
/** The first of each month between two minutes. */
function timeTicksBetween(a, b) {
  return monthStarts(a + DAY, b).filter((t) => storyPart(t) < 0.93);
}

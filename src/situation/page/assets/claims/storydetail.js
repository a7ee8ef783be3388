// The stories in the detail panel, the bar of time and the footer.
import { placeLink } from "../core/chosen.js";
import { marker } from "../core/colours.js";
import { control } from "../core/control.js";
import { h, link, name } from "../core/elements.js";
import { actorName, P } from "../core/payload.js";
import { READINGS } from "../core/record.js";
import { differing, go, page, reading, select, storiesNow } from "../core/state.js";
import { BRANCH, percent, shareWords, STORIES, storiesWords, storyDay, TWINS, unlike, withinLuck } from "../core/stories.js";
import { count, day, dayOfYear, longDay, number, plain } from "../core/text.js";
import { numberWords, ruleNumber, ruleWords } from "../core/words.js";
import { controlMarker } from "../map/sharemarks.js";
import { amount, answerLine } from "../stories/answers.js";
import { takingWords } from "../stories/expected.js";
import { claimLists } from "./claims.js";

/** How many places the overview shows at once; the others are folded away. */
const OVERVIEW = 2;
const overviewRow = ({ place, c }) =>
  h(
    "li",
    {},
    h(
      "span",
      { class: "lead" },
      controlMarker(c, 14),
      h("span", {}, placeLink(place.id), h("span", { class: "soft" }, ` ${shareWords(c)}`)),
    ),
  );

/**
 * With nothing chosen after the branch: where the stories differ most on the date.
 * @returns {Made.Child}
 */
export function storyOverview() {
  const stories = storiesNow(),
    rows = P.places
      .map((place) => ({ place, c: control(reading(), place.id, page.t) }))
      .filter((one) => unlike(one.c) >= 0.005)
      .sort((a, b) => Number(withinLuck(a.c)) - Number(withinLuck(b.c)) || unlike(b.c) - unlike(a.c)),
    noneBeyond = differing() && rows.length > 0 && rows.every((one) => withinLuck(one.c));
  return [
    h(
      "p",
      { class: "hint" },
      `Day ${number(storyDay(stories, page.t))}, ${storiesWords(stories)}: simulated, not documented.`,
    ),
    h("p", { class: "part" }, differing() ? "Where scenario and baseline differ most" : "Where the stories differ most"),
    noneBeyond ? h("p", { class: "hint" }, `On ${dayOfYear(page.t)} no place differs beyond luck with ${count(TWINS.pairs, "pair")}.`) : null,
    rows.length
      ? h(
          "ul",
          { class: "plainlist overview" },
          rows.slice(0, OVERVIEW).map(overviewRow),
        )
      : h(
          "p",
          { class: "empty" },
          differing() ? "Nowhere on this date." : "Nowhere: every story agrees on every place on this date.",
        ),
    rows.length > OVERVIEW
      ? h(
          "details",
          {},
          h("summary", {}, `${number(rows.length - OVERVIEW)} more`),
          h("ul", { class: "plainlist overview" }, rows.slice(OVERVIEW).map(overviewRow)),
        )
      : null,
    stories.assumes
      ? h("details", {}, h("summary", {}, "What it assumes"), h("p", { class: "note" }, name(stories.assumes, 600)))
      : null,
  ];
}

/**
 * A story's name in the list of stories.
 * @param {Made.Reading} one
 * @returns {string}
 */
export function storyTitle(one) {
  const { run, side, why, question } = one.story,
    words = questionWords(question);
  const which =
    why === "usual"
      ? "the most usual"
      : why === "requested"
        ? "as requested"
        : `\u201c${plain(words, 70)}\u201d ${side ? "as it mostly changes" : "the other way"}`;
  return side === "baseline" ? `Its twin in the baseline, story ${number(run)}` : `Story ${number(run)}: ${which}`;
}
const questionWords = (id) =>
  [...STORIES.values()].flatMap((one) => one.questions).find((one) => one.id === id)?.text ?? id ?? "";

/**
 * What one story is, and where it parts from its twin.
 * @returns {Made.Child}
 */
export function storyIntro() {
  const one = reading().story;
  if (!one) return null;
  const twin = [...READINGS.values()].find(
      (other) => other.story && other.story.run === one.run && other.story.side !== one.side,
    ),
    parts = one.parts;
  const happening = (text, entry) =>
    entry !== null && reading().byEntry.has(entry)
      ? link(() => select("event", entry, { t: parts.time }), name(text, 200))
      : name(text ?? "nothing of the kind", 200);
  return h(
    "div",
    { class: "note story-note" },
    h(
      "p",
      {},
      `Story ${number(one.run)} of ${number(one.of)}${one.side ? `, in the ${one.side}` : ""}: ` +
        `one way it can go, not what is expected. Choose any event after ${longDay(BRANCH)} for its rule, ` +
        "how likely it was, what was drawn, and what it follows from.",
    ),
    parts && twin
      ? h(
          "p",
          {},
          `It parts from its twin in the ${one.side === "baseline" ? "scenario" : "baseline"} ` +
            `on ${day(parts.time)}. Here: `,
          happening(parts.text, parts.entry),
          ". There: ",
          name(parts.other ?? "nothing of the kind", 200),
          ". ",
          link(() => go({ reading: twin.id }), "Show the twin"),
        )
      : null,
  );
}

/** Why something happened in a story: its rule, the odds that it gave, the draw, and what it follows from. */
function ruleFacts(entry) {
  const parents = entry.parents.map((id) => reading().byEntry.get(id) ?? null).filter(Boolean);
  return [
    h("p", { class: "note" }, "Simulated: this happened in one story among many."),
    h(
      "dl",
      { class: "facts" },
      h("dt", {}, "Rule"),
      h("dd", {}, name(ruleWords(entry.rule), 120), ruleNumber(entry.rule) ? ` (${ruleNumber(entry.rule)})` : ""),
      ...oddsFacts(entry),
    ),
    h("h4", {}, `Follows from (${number(parents.length)})`),
    parents.length
      ? h(
          "ul",
          { class: "plainlist" },
          parents.map((one) =>
            h(
              "li",
              {},
              link(() => select("event", one.id), name(one.text, 160)),
              " ",
              h("span", { class: "soft" }, day(one.time)),
            ),
          ),
        )
      : h("p", { class: "empty" }, "The state at the branch."),
  ];
}
/** How likely it was and the draw that decided, where there was a choice; else what the rule gave, and what was drawn for it. */
function oddsFacts({ rule, gave, draw, address, chance }) {
  const short = (value, digits) => String(Number(value.toPrecision(digits))),
    at = [" at ", h("code", {}, plain(address, 160))];
  if (chance) return [h("dt", {}, "Chance"), h("dd", {}, chance), h("dt", {}, "Draw"), h("dd", {}, `${short(draw, 6)} of 0 to 1,`, at)];
  const given = [h("dt", {}, "The rule gave"), h("dd", {}, gave ?? "no choice was left")];
  return [
    ...(rule.startsWith("prior of ") ? [] : given), // of men that were drawn the event says how many
    h("dt", {}, "Draw"),
    h("dd", {}, draw === null ? "nothing was drawn" : [`${short(draw, 6)} of 0 to 1,`, at]),
  ];
}

/**
 * @param {Made.Entry} entry
 * @returns {Made.Child}
 */
export const grounds = (entry) =>
  entry.rule === undefined ? claimLists(entry.claims, entry.against) : ruleFacts(entry);

/**
 * A place in the stories: when it changes hands, and the questions about it.
 * @param {string} id
 * @returns {Made.Child}
 */
export function storyDetail(id) {
  const stories = storiesNow();
  if (!stories || reading().stories === undefined) return null;
  const takings = stories.expected.filter((one) => one.place === id),
    questions = stories.questions.filter((one) => one.place === id);
  return [
    takings.length
      ? [
          h("h4", {}, "In the stories"),
          h(
            "ul",
            { class: "plainlist" },
            takings.map((one) =>
              h(
                "li",
                { class: "lead" },
                marker(one.holder),
                h(
                  "span",
                  {},
                  name(actorName(one.holder), 40),
                  ` takes it in ${percent(one.share)} of stories${takingWords(one)}.`,
                ),
              ),
            ),
          ),
        ]
      : h("p", { class: "soft" }, "It changes hands in fewer than one story of fifty."),
    questions.length
      ? [
          h("h4", {}, "Questions about it"),
          h(
            "ul",
            { class: "plainlist" },
            questions.map((one) =>
              h(
                "li",
                {},
                link(() => go({ question: one.id }), name(one.text || one.id, 160)),
                `: ${answerLine(one)}`,
              ),
            ),
          ),
        ]
      : null,
  ];
}

/**
 * Every number that the stories draw or take as given, with range, unit and source.
 * @returns {Made.Child}
 */
export function storyNumbers() {
  const stories = storiesNow();
  if (!stories) return null;
  const rows = Object.entries(stories.numbers).sort(([a], [b]) => (a < b ? -1 : 1)),
    bare = rows.filter(([, one]) => one.source === "ASSUMED").length;
  return [
    stories.assumes ? h("p", {}, "The scenario assumes: ", name(stories.assumes, 800)) : null,
    h("p", {}, `Numbers of the stories: ${number(rows.length)}, ${number(bare)} of them assumed.`),
    h(
      "div",
      { class: "wide", tabindex: "0", role: "region", "aria-label": "Numbers of the stories" },
      h(
        "table",
        { class: "full" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Number", "Low / best / high", "Unit", "Source and reason"].map((word) => h("th", { scope: "col" }, word)),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map(([id, one]) =>
            h(
              "tr",
              {},
              h("th", { scope: "row", title: plain(id, 60) }, name(numberWords(id), 120)),
              h(
                "td",
                {},
                one.low === one.high
                  ? amount(one.low)
                  : `${amount(one.low)} / ${amount(one.best)} / ${amount(one.high)}`,
              ),
              h("td", {}, name(one.unit, 40)),
              h("td", {}, name([one.source, one.reason].filter(Boolean).join(": "), 300)),
            ),
          ),
        ),
      ),
    ),
  ];
}

// What the chosen question hangs on: where its spread comes from, the numbers that move it, disputes, and signposts.
import { byId, chip, h, name, replace } from "../core/elements.js";
import { differing, go, page, storiesNow } from "../core/state.js";
import { BRANCH, percent } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { capital, day, plain } from "../core/text.js";
import { answerWords, eventName } from "../core/words.js";
import { amount, answered, answerLine, gapSentence, inAnswer, isShare, twinOf } from "./answers.js";
import { hangsSentence, heavy, heavyWords, SURE } from "./sensitivity.js";
import { tornado } from "./weights.js";

const SPREADS = [
  ["record", "the record", "s-record"],
  ["parameters", "the assumed numbers", "s-numbers"],
  ["both", "both together", "s-both"],
  ["chance", "chance", "s-chance"],
];
const settledByLuck = (one) => one.moves <= SURE * one.error;

function spreadBar(answer) {
  const parts = SPREADS.map(([key, words, look]) => ({ words, look, part: heavy(answer)?.spread?.[key] ?? 0 }));
  if (!parts.some((one) => one.part > 0))
    return h(
      "p",
      { class: "empty" },
      differing()
        ? "No pair of stories differs: there is nothing to explain."
        : "Every story gives the same answer: there is no spread to explain.",
    );
  if (!heavy(answer)?.weights?.length)
    return h("p", { class: "empty" }, "There are too few stories to tell the record and the assumed numbers from chance.");
  return [
    h(
      "div",
      { class: "spread", "aria-hidden": "true" },
      parts.map((one) => h("span", { class: one.look, style: { width: `${(100 * one.part).toFixed(2)}%` } })),
    ),
    h(
      "ul",
      { class: "key" },
      parts.map((one) =>
        h(
          "li",
          {},
          h("span", { class: `spot ${one.look}`, "aria-hidden": "true" }),
          ` ${one.words} ${percent(one.part)}`,
        ),
      ),
    ),
  ];
}

function settled(answer) {
  const rows = (heavy(answer)?.disputes ?? []).filter((one) => one.moves > 0).slice(0, 6),
    say = (value) => heavyWords(answer, value);
  if (!rows.length)
    return h(
      "p",
      { class: "empty" },
      `No dispute among the sources changes ${differing() ? "the difference" : "this answer"}.`,
    );
  const most = Math.max(...rows.map((one) => one.moves)),
    size = (value) =>
      isShare(answer)
        ? `${amount(value * 100)} ${amount(value * 100) === "1" ? "point" : "points"}`
        : inAnswer(answer, value);
  return h(
    "ul",
    { class: "settled" },
    rows.map((one) =>
      h(
        "li",
        {},
        h(
          "details",
          {},
          h(
            "summary",
            { class: "settle-row" },
            h("span", {}, name(one.text, 120), settledByLuck(one) ? [" ", chip("plain", "may be luck")] : ""),
            h(
              "span",
              { class: `tornado ${settledByLuck(one) ? "luck" : ""}`, "aria-hidden": "true" },
              h("span", {
                class: "tornado-bar",
                style: { left: "0%", width: `${((100 * one.moves) / most).toFixed(1)}%` },
              }),
            ),
            h("span", { class: "weight-ends" }, size(one.moves)),
          ),
          h(
            "ul",
            { class: "plainlist" },
            one.answers.map((way) =>
              h(
                "li",
                {},
                "If ",
                name(way.value ? way.value.split(", ").map(answerWords).join(", ") : "nothing is believed", 160),
                `: ${say(way.answer)} (so taken in ${percent(way.part)} of stories)`,
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
function signpostList(answer) {
  const rows = heavy(answer)?.signposts ?? [];
  if (!rows.length) return h("p", { class: "empty" }, "No early event points one way more clearly than luck would.");
  return h(
    "ul",
    { class: "plainlist posts" },
    rows.map((one) =>
      h(
        "li",
        {},
        h("strong", {}, name(eventName(one.event), 160)),
        ` by ${day(BRANCH + one.by_day * DAY)} (${percent(one.seen)} of stories): `,
        h(
          "span",
          { class: "odds" },
          `then ${heavyWords(answer, one.where_seen)}, else ${heavyWords(answer, one.where_not)}.`,
        ),
      ),
    ),
  );
}

/** @param {Set<Made.Part>} changed */
export function drawHangs(changed) {
  const stories = storiesNow();
  if (!stories) return;
  const answer = stories.questions.find((one) => one.id === page.question) ?? stories.questions[0],
    pick = byId("hangs-question");
  if (!answer) {
    pick.hidden = true;
    replace(byId("hangs"), h("p", { class: "empty" }, "This scenario asks no question."));
    return;
  }
  if (changed.has("reading") || changed.has("charts") || !pick.options.length)
    replace(
      pick,
      stories.questions.map((one) => h("option", { value: one.id }, plain(one.text || one.id, 120))),
    );
  pick.value = answer.id;
  byId("hangs-heading").textContent = differing() ? "What the difference hangs on" : "What the answer hangs on";
  const lead = hangsSentence(answer);
  replace(
    byId("hangs"),
    differing() && twinOf(answer)
      ? h("p", { class: "big" }, gapSentence(answer))
      : h("p", { class: "big" }, `${capital(answerLine(answer))}.`),
    lead ? h("p", {}, lead) : null,
    answered(answer)
      ? [
          h("h3", {}, differing() ? "Where the pairs' differences come from" : "Where its spread comes from"),
          spreadBar(answer),
          h("h3", {}, differing() ? "Numbers that move the difference" : "Numbers that move it"),
          tornado(answer, stories),
          h("h3", {}, "If a dispute among the sources were settled"),
          settled(answer),
          h("h3", {}, "Signposts: what to watch early"),
          signpostList(answer),
        ]
      : h("p", { class: "empty" }, "No story came to its end."),
  );
}
if (BRANCH !== null)
  byId("hangs-question").addEventListener("change", () => go({ question: byId("hangs-question").value, about: "" }));

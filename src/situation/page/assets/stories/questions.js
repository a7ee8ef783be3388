// The scenario's questions as a list; the chosen one tells all that is known of its answer.
import { placeLink } from "../core/chosen.js";
import { byId, h, link, name, replace } from "../core/elements.js";
import { placeName, PLACES } from "../core/payload.js";
import { redraw } from "../core/frames.js";
import { differing, go, page, reading, storiesNow } from "../core/state.js";
import { BRANCH, percent, pointsWords, storiesWords, TWINS } from "../core/stories.js";
import { capital, count, day, number, plain, readStamp } from "../core/text.js";
import { eventName, ruleWords } from "../core/words.js";
import { answerFacts, confidenceBeside, gapSentence, inAnswer, isShare, pairWords, shortAnswer } from "./answers.js";
import { listedQuestions, ORDERS } from "./order.js";
import { answerDots, gapDots, gapScale } from "./scales.js";
import { hangsSentence } from "./sensitivity.js";

/** The list of questions; in the difference those in which none can be told from luck stand in a fold. */
function questionList(rows) {
  const list = (some) => h("ul", { class: "question-list" }, some.map(questionRow));
  const unclear = differing() ? rows.filter((one) => TWINS.luck.includes(one.id)) : [],
    others = rows.filter((one) => !unclear.includes(one));
  if (!unclear.length) return list(rows);
  return [
    others.length ? list(others) : null,
    h(
      "details",
      { class: "luckless", open: unclear.some((one) => one.id === page.question) || foldOpen() },
      h(
        "summary",
        {},
        page.about ? `In ${count(unclear.length, "question")} about it no difference can be told from luck.` : TWINS.unchanged,
      ),
      list(unclear),
    ),
  ];
}
const foldOpen = () => Boolean(/** @type {HTMLDetailsElement | null} */ (byId("questions").querySelector("details.luckless"))?.open);

const FEWEST = 8;
/** The 95 % counting interval of a share of n stories, after Wilson. */
function countingInterval(share, n) {
  const z = 1.96,
    part = Math.min(1, Math.max(0, share)),
    middle = (part + (z * z) / (2 * n)) / (1 + (z * z) / n),
    reach = (z / (1 + (z * z) / n)) * Math.sqrt((part * (1 - part)) / n + (z * z) / (4 * n * n));
  return [middle - reach, middle + reach];
}
function likeLuck(share, n, other, m) {
  const [a, b] = [countingInterval(share, n), countingInterval(other, m)];
  return a[0] <= b[1] && b[0] <= a[1];
}
/** The answer where something given came about, and where it did not. */
function whereWords(answer) {
  return (answer.where_triggered ?? [])
    .filter((one) => Math.min(one.runs, answer.runs - one.runs) >= FEWEST)
    .map((one) => {
      const rest = one.others;
      return [
        eventName(/^clash of/.test(one.given) ? one.given : `${one.given} has come about`),
        `${inAnswer(answer, one.answer)} in the ${count(one.runs, "story", "stories")} ` +
          `where it is so, ${inAnswer(answer, rest)} ` +
          `in the others${isShare(answer) && likeLuck(one.answer, one.runs, rest, answer.runs - one.runs) ? " (may be luck)" : ""}.`,
      ];
    });
}

function chosenAnswer(answer) {
  const gap = gapSentence(answer),
    pairs = pairWords(answer),
    hang = hangsSentence(answer),
    where = differing() ? [] : whereWords(answer);
  const rows = [
    ...(differing() ? [] : answerFacts(answer)),
    gap ? ["Against the baseline", gap] : null,
    pairs ? ["Story by story", pairs] : null,
    differing() ? confidenceBeside(answer) : null,
    hang ? ["Hangs on", hang] : null,
  ].filter(Boolean);
  return h(
    "div",
    { class: "answer-box" },
    h(
      "dl",
      { class: "facts" },
      rows.map(([what, words]) => [
        h("dt", {}, what),
        h("dd", {}, what === "In this model" ? h("strong", {}, capital(words)) : words),
      ]),
    ),
    where.length
      ? h(
          "ul",
          { class: "plainlist" },
          where.slice(0, 4).map(([event, words]) => h("li", {}, "If ", name(event, 160), ": ", words)),
        )
      : null,
    h(
      "p",
      { class: "steps" },
      link(() => {
        byId("hangs-heading").focus({ preventScroll: true });
        byId("hangs-heading").scrollIntoView({ block: "nearest" });
      }, "All that it hangs on"),
      answer.place && PLACES.has(answer.place) ? [" \u00b7 ", placeLink(answer.place)] : "",
    ),
  );
}

function questionRow(answer) {
  const chosen = page.question === answer.id,
    gap = differing(),
    short = shortAnswer(answer);
  return h(
    "li",
    { class: chosen ? "chosen" : "" },
    h(
      "button",
      {
        type: "button",
        class: "question",
        "data-question": plain(answer.id, 60),
        "aria-expanded": chosen ? "true" : "false",
        on: { click: () => go({ question: answer.id }) },
      },
      h("span", { class: "ask" }, name(answer.text || answer.id, 200)),
      h("span", { class: "figure-now" }, short.figure),
      h(
        "span",
        { class: "scale-line" },
        h("span", {}, gap ? gapDots(answer, chosen) : answerDots(answer, chosen)),
        h("span", { class: chosen && !reading().story ? "soft paper" : "soft" }, short.words, h("span", { class: "whole" }, short.beside)),
      ),
    ),
    chosen ? chosenAnswer(answer) : null,
  );
}

/** How many pairs part: "All 40 pairs", "57 % of 40 pairs". */
const partWords = (it) =>
  it.share < 1
    ? `${percent(it.share)} of ${count(TWINS.pairs, "pair")}`
    : TWINS.pairs === 1
      ? "The one pair"
      : `All ${count(TWINS.pairs, "pair")}`;

/** Where pairs of stories on the same luck part, and by what. */
function partingWords() {
  const it = TWINS.parted,
    first = it.earliest;
  if (it.first_day === null)
    return h(
      "p",
      { class: "note" },
      "No two stories on the same luck part: nothing that differs between the two scenarios has any effect.",
    );
  return h(
    "div",
    { class: "parting" },
    h("h3", {}, "Where scenario and baseline part"),
    h(
      "p",
      {},
      `${partWords(it)} of stories on the same luck ${it.share === 1 && TWINS.pairs === 1 ? "parts" : "part"}, the first on day ${number(it.first_day)}, half of them ` +
        `by day ${number(it.median_day)}.`,
    ),
    it.events.length
      ? [
          h(
            "p",
            {},
            it.retold === it.pairs
              ? `What parted them (all ${count(it.pairs, "pair")}):`
              : `What parted them (${number(it.retold)} of ${count(it.pairs, "pair")}, evenly spread):`,
          ),
          h(
            "ul",
            { class: "plainlist" },
            it.events.map((one) =>
              h(
                "li",
                {},
                h("strong", {}, `${number(one.runs)} \u00d7 `),
                name(one.event, 200),
                one.rule ? h("span", { class: "soft" }, ` (rule: ${ruleWords(one.rule)})`) : "",
              ),
            ),
          ),
        ]
      : null,
    first
      ? h(
          "p",
          { class: "soft" },
          `The earliest: pair ${number(first.run)}, ${day(readStamp(first.at.slice(0, 10)))}: `,
          name(first.event, 240),
          first.in_first ? " in the baseline alone." : " in the scenario alone.",
        )
      : null,
  );
}

/** The marks of the scale, each beside what it stands for. */
function scaleKey() {
  const mark = (look, words) =>
    h("li", {}, h("span", { class: "dots sample", "aria-hidden": "true" }, h("span", { class: look })), words);
  if (differing())
    return [
      mark("dots-mark", "difference"),
      mark("dots-thick", "its 95 % interval"),
      mark("dots-zero", "no difference"),
      storiesNow().questions.some(isShare)
        ? h("li", {}, `line: ${pointsWords(gapScale(storiesNow().questions.find(isShare)), false)} to either side`)
        : null,
    ];
  return [
    mark("dots-mark", "share, on a line from 0 to 100 %, or median"),
    mark("dots-thick", "counting error, or half of the stories"),
    mark("dots-thin", "outer band, or nine in ten"),
    TWINS && reading().stories === "scenario" ? mark("dots-hollow", "baseline") : null,
  ];
}

/** So many questions a phone shows before the others are asked for. */
const MANY_ON_PHONES = 6;
function moreButton(many) {
  const box = byId("questions"),
    open_ = box.classList.contains("whole");
  const act = () => {
    box.classList.toggle("whole");
    redraw("question");
  };
  return h(
    "button",
    { type: "button", class: "quiet unfold more", "aria-expanded": open_ ? "true" : "false", on: { click: act } },
    open_ ? "Fewer questions" : `All ${number(many)} questions`,
  );
}

/** @param {Set<Made.Part>} changed */
export function drawQuestions(changed) {
  const stories = storiesNow(),
    box = byId("questions");
  if (!stories) return;
  const focused = document.activeElement,
    had = focused instanceof HTMLElement && box.contains(focused) ? focused.dataset.question : null,
    top = box.scrollTop;
  const places = [...new Set(stories.questions.map((one) => one.place).filter((id) => id && PLACES.has(id)))],
    rows = listedQuestions(stories);
  if (changed.has("reading") || changed.has("charts") || !byId("about").options.length) {
    replace(
      byId("about"),
      h("option", { value: "" }, `All ${number(stories.questions.length)} questions`),
      places.map((id) => h("option", { value: id }, `About ${plain(placeName(id), 40)}`)),
    );
    replace(
      byId("order"),
      ORDERS.map((one) => h("option", { value: one.id }, capital(one.label))),
    );
  }
  byId("about").value = page.about;
  byId("order").value = page.order;
  replace(
    byId("questions-hint"),
    `${differing() ? "Scenario less baseline, in" : "In"} this model: ` +
      `${storiesWords(stories)}, seed ${plain(stories.seed, 20)}${stories.failed ? `; ${count(stories.failed, "story", "stories")} failed and left out` : ""}.`,
  );
  replace(byId("questions-key"), scaleKey());
  replace(
    box,
    rows.length
      ? questionList(rows)
      : h("p", { class: "empty" }, "This scenario asks no question."),
    rows.length > MANY_ON_PHONES ? moreButton(rows.length) : null,
    TWINS ? partingWords() : null,
  );
  box.scrollTop = top;
  const chosen = box.querySelector("button[aria-expanded=true]")?.parentElement;
  if (changed.has("question") && chosen && box.scrollHeight > box.clientHeight) {
    const at = chosen.offsetTop - box.offsetTop;
    if (at < box.scrollTop || at + chosen.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = at - 8;
  }
  if (had)
    [...box.querySelectorAll("button")].find((one) => one.dataset.question === had)?.focus({ preventScroll: true });
}
if (BRANCH !== null) {
  byId("about").addEventListener("change", () => {
    const about = byId("about").value,
      first = storiesNow().questions.find((one) => !about || one.place === about);
    go({
      about,
      question: storiesNow().questions.some((one) => one.id === page.question && (!about || one.place === about))
        ? page.question
        : (first?.id ?? page.question),
    });
  });
  byId("order").addEventListener("change", () => go({ order: byId("order").value }));
}

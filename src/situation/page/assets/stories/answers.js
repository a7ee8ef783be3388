// Answers in words, figures and marks on a scale: how likely, how sure, and what changes against the baseline.
import { differing, reading, storiesNow } from "../core/state.js";
import { BRANCH, errorWords, finePercent, percent, pointsWords, signed, STORIES, storiesWords, tenths, TWINS } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { capital, count, day, number, plain, unitFor } from "../core/text.js";

/**
 * @param {Made.Answer} answer
 * @returns {boolean}
 */
export const isShare = (answer) => answer.share !== undefined;

/**
 * @param {Made.Answer} answer
 * @returns {boolean}
 */
export const answered = (answer) =>
  isShare(answer) ? answer.share !== null : answer.mean !== null && answer.mean !== undefined;
const unitOf = (answer) => plain(answer.unit ?? "", 20);
/** A figure of an answer with its unit. */
const unitAt = (answer, figure) => unitFor(figure, answer.unit, 20);

/**
 * @param {Made.Answer} answer
 * @param {string} figure
 * @returns {string}
 */
export const measured = (answer, figure) => (figure === "never" ? figure : `${figure} ${unitAt(answer, figure)}`);
/** Two figures with their unit: "1 man" where both are one. */
const measuredSpan = (answer, low, high) =>
  low === high ? measured(answer, high) : high === "never" ? `${low} to never` : `${low} to ${high} ${unitOf(answer)}`;

/**
 * @param {Made.Answer} answer
 * @param {number} value
 * @returns {string}
 */
export const inAnswer = (answer, value) => (isShare(answer) ? percent(value) : measured(answer, amount(value)));

/**
 * @param {number} value
 * @returns {number}
 */
export const finely = (value) => (Math.abs(value) >= 100 ? 0 : 1);

/**
 * @param {Made.Answer} answer
 * @param {number} value
 * @returns {string}
 */
export const gapWords = (answer, value) =>
  isShare(answer) ? pointsWords(value) : measured(answer, signed(value, finely(value)));

/**
 * @param {Made.Answer} answer
 * @returns {Made.Answer | null}
 */
export const twinOf = (answer) => TWINS?.questions[answer.id] ?? null;

/** The difference of shares as they are printed beside it, so that the figures subtract. */
const change = (answer, twin) =>
  (isShare(answer) && (tenths(twin.second) - tenths(twin.first)) / 1000) || twin.difference;

/** A median beside a difference, as finely as that. */
const beside = (value) => (value === null ? "never" : signed(value, finely(value)).replace("+", ""));

/** Whether a difference is the least that it can be, since one of the two medians is never. */
const isLeast = (twin) => twin.difference !== 0 && (twin.first === null || twin.second === null);

/** A paired difference in a figure: "+87.5 points", "at least 66.7 days sooner". */
function gapFigure(answer, twin) {
  if (!isLeast(twin)) return gapWords(answer, change(answer, twin));
  const size = gapWords(answer, Math.abs(twin.difference)).replace("+", "");
  return `at least ${size} ${twin.difference > 0 ? "later" : "sooner"}`;
}

/**
 * @param {Made.Answer} answer
 * @returns {boolean}
 */
export const asksDays = (answer) => answer.comes !== undefined;

/**
 * @param {number | null} value
 * @returns {string}
 */
export function amount(value) {
  if (value === null || value === undefined) return "never";
  if (Math.abs(value) < 1) return String(Number(Number(value).toPrecision(2)));
  return number(Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}

/** The answer in a few figures: a share, or a median. */
function figure(answer) {
  if (!answered(answer)) return "none";
  return isShare(answer) ? percent(answer.share) : answer.p50 === null ? "never" : measured(answer, amount(answer.p50));
}

/**
 * The answer in one line of words, for lists.
 * @param {Made.Answer} answer
 * @returns {string}
 */
export function answerLine(answer) {
  if (!answered(answer)) return "no story came to its end";
  if (isShare(answer)) {
    return `${percent(answer.share)} of stories; ${errorWords(answer.outer)} as record and numbers vary: ${plain(answer.words, 80)}`;
  }
  return `median ${figure(answer)}${answer.comes === undefined ? "" : `; comes about in ${percent(answer.comes)} of stories`}`;
}

/** A time of the stories as a date. */
const onDay = (days) => (days === null || days === undefined ? "never" : day(BRANCH + days * DAY));

/** How sure a share is, and why; of which share, where a difference stands first. */
const confidenceFact = (answer, of = "") => [
  "Confidence",
  `${capital(plain(answer.confidence, 20))}${of}: ${plain(answer.confidence_because, 120)}.`,
];

/**
 * How sure the scenario's share is, beside a difference, whose interval holds the luck of the stories alone.
 * @param {Made.Answer} answer
 * @returns {string[] | null}
 */
export const confidenceBeside = (answer) =>
  isShare(answer) && answered(answer)
    ? confidenceFact(answer, ` in the scenario's ${percent(answer.share)} (outer band ${errorWords(answer.outer)})`)
    : null;

/**
 * What a question's answer is, and how sure: rows of a name and a sentence.
 * @param {Made.Answer} answer
 * @returns {string[][]}
 */
export function answerFacts(answer) {
  if (!answered(answer)) return [["Answer", "No story came to its end."]];
  if (isShare(answer)) {
    return [
      ["In this model", `${plain(answer.words, 80)}.`],
      ["Share", `${percent(answer.share)} of ${storiesWords(storiesNow())}.`],
      [
        "Counting error",
        `${errorWords(answer.interval)} (95 %): ` +
          "how far this share may lie from that of endlessly many stories.",
      ],
      [
        "Outer band",
        `${errorWords(answer.outer)}: where the ` +
          "share lies as the record and the assumed numbers vary. More stories will not narrow this range, but too few " +
          "widen it. The words are read off it.",
      ],
      confidenceFact(answer),
    ];
  }
  const when = asksDays(answer);
  return [
    [
      "Median",
      when
        ? `${answer.p50 === null ? "never: it happens in at most half of the stories" : `${measured(answer, amount(answer.p50))} after the branch, ${onDay(answer.p50)}`}.`
        : `${measured(answer, amount(answer.p50))}.`,
    ],
    when ? ["Comes about", `in ${percent(answer.comes)} of stories.`] : null,
    ["Half of the stories", `${measuredSpan(answer, amount(answer.p25), amount(answer.p75))}.`],
    ["Nine in ten", `${measuredSpan(answer, amount(answer.p05), amount(answer.p95))}.`],
    [
      "Of the median",
      `Counting error ${amounts(answer.interval)} (95 %); outer band ${amounts(answer.outer)}, as the record and the assumed numbers vary.`,
    ],
    when ? null : ["Mean", `${measured(answer, amount(answer.mean))}.`],
  ].filter(Boolean);
}
function amounts(ends) {
  if (!ends) return "too few stories to tell";
  const [low, high] = ends.map(amount);
  return low === high ? `exactly ${low}` : `${low} to ${high}`;
}

/**
 * The paired difference as a person would say it.
 * @param {Made.Answer} answer
 * @returns {string | null}
 */
export function gapSentence(answer) {
  const twin = twinOf(answer);
  if (!twin) return null;
  const d = change(answer, twin),
    size = Math.abs(isShare(answer) ? d * 100 : d).toLocaleString("en-GB", {
      maximumFractionDigits: isShare(answer) ? 1 : finely(d),
    }),
    unit = isShare(answer) ? (size === "1" ? "point" : "points") : unitAt(answer, size);
  if (twin.equal === 1)
    return `Exactly ${isShare(answer) ? "as likely as" : "as"} in the baseline: no pair of stories differs.`;
  const way = isShare(answer)
    ? `${unit} ${d > 0 ? "more" : "less"} likely`
    : asksDays(answer)
      ? `${unit} ${d > 0 ? "later" : "sooner"}`
      : `${d > 0 ? "more" : "fewer"} ${unit}`;
  const sentence =
      d === 0
        ? `${isShare(answer) ? "On the whole the same" : "The median is the same"} as in the baseline`
        : `${size === "0" ? "Hardly " : `${isLeast(twin) ? "At least " : ""}${size} `}${way} than in the baseline`,
    both = (value) => (isShare(answer) ? finePercent(value) : measured(answer, beside(value)));
  return (
    `${sentence}: ${isShare(answer) ? "" : "median "}${both(twin.second)} against ` +
    `${both(twin.first)}. ${twin.means ? `The means are ${amount(twin.means[1])} and ${amount(twin.means[0])}. ` : ""}${gapSure(answer, twin)}`
  );
}
function gapSure(answer, twin) {
  if (!twin.interval) return "Too few pairs for an interval.";
  const [low, high] = twin.interval,
    [from, to] = [gapWords(answer, low), gapWords(answer, high)],
    ends = from === to ? to : `${from.replace(/ \S+$/, "")} to ${to}`;
  return low > 0 || high < 0
    ? `The 95 % interval, ${ends}, does not include zero.`
    : `That may be luck: the 95 % interval, ${ends}, includes zero.`;
}
/**
 * In how many pairs the scenario has more, or less, or the same.
 * @param {Made.Answer} answer
 * @returns {string | null}
 */
export function pairWords(answer) {
  const twin = twinOf(answer),
    n = (part) => number(Math.round(part * TWINS.pairs));
  if (!twin || twin.equal === 1) return null;
  const [more, less] = isShare(answer)
    ? ["only in the scenario", "only in the baseline"]
    : asksDays(answer)
      ? ["later in the scenario", "sooner"]
      : ["more in the scenario", "fewer"];
  return (
    `Of ${count(TWINS.pairs, "pair")} of stories on the same luck, ` +
    `${n(twin.more)} have it ${more}, ${n(twin.less)} ${less}, and ` +
    `${n(twin.equal)} agree.`
  );
}

/**
 * The baseline's answer to the same question, where the scenario's stories are shown.
 * @param {Made.Answer} answer
 * @returns {Made.Answer | null}
 */
export const baselineAnswer = (answer) =>
  reading().stories === "scenario"
    ? (STORIES.get("baseline")?.questions.find((one) => one.id === answer.id) ?? null)
    : null;

/** The outer band of a share in numbers and in words: a single number never stands beside the words of a band. */
function bandWords(answer) {
  return `${errorWords(answer.outer)}: ${plain(answer.words, 80)}`;
}

/**
 * What one story answers: "yes", "5 days", "never".
 * @param {Made.Answer} answer
 * @returns {string}
 */
export function ownAnswer(answer) {
  const value = reading().story.answers[answer.id];
  if (value === undefined) return "not asked";
  return isShare(answer) ? (value ? "yes" : "no") : value === null ? "never" : measured(answer, amount(value));
}

/**
 * What stands beside a question that is not chosen: its figure, and its words or the baseline's figure.
 * @param {Made.Answer} answer
 * @returns {{ figure: string, words: string, beside: string }}
 */
export function shortAnswer(answer) {
  const twin = twinOf(answer),
    base = baselineAnswer(answer);
  if (differing())
    return {
      figure: twin ? (twin.equal === 1 ? "no difference" : gapFigure(answer, twin)) : "not asked of both",
      words:
        twin && twin.equal !== 1 && twin.interval && twin.interval[0] <= 0 && twin.interval[1] >= 0
          ? "may be luck"
          : "",
      beside: "",
    };
  if (reading().story) return { figure: ownAnswer(answer), words: "", beside: `all stories: ${figure(answer)}` };
  const beside = base && answered(base) && figure(base) !== figure(answer) ? `baseline ${figure(base)}` : "";
  return {
    figure: figure(answer),
    words: isShare(answer) && answered(answer) ? `${bandWords(answer)}${beside ? "; " : ""}` : "",
    beside,
  };
}

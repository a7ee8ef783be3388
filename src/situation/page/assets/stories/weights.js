// Numbers that move an answer: one bar each, from its low third of draws to its high third.
import { chip, h, name } from "../core/elements.js";
import { differing } from "../core/state.js";
import { percent } from "../core/stories.js";
import { number, plain, unitFor } from "../core/text.js";
import { numberWords } from "../core/words.js";
import { amount, isShare, twinOf } from "./answers.js";
import { scaleOf } from "./scales.js";
import { byLuck, heavy, heavyShort, heavyWords } from "./sensitivity.js";

/** One bar of the tornado: the answer where the number was low and where it was high, on the scale of all bars. */
function weightRow(answer, stories, weight, least, most) {
  const row = stories.numbers[weight.number] ?? {},
    part = (value) => (value - least) / Math.max(1e-9, most - least);
  const luck = byLuck(weight),
    ends = [weight.low, weight.high].sort((a, b) => a - b);
  const range =
    row.low === null || row.low === undefined
      ? ""
      : row.low === row.high
        ? `${amount(row.low)} `
        : `${amount(row.low)} / ${amount(row.best)} / ${amount(row.high)} `;
  return h(
    "li",
    {},
    h(
      "details",
      {},
      h(
        "summary",
        { class: "weight-row" },
        h(
          "span",
          { class: "weight-name" },
          name(numberWords(weight.number), 100),
          row.source === "ASSUMED" ? [" ", chip("other", "assumed")] : "",
        ),
        h(
          "span",
          { class: `tornado ${luck ? "luck" : ""}`, "aria-hidden": "true" },
          differing() && part(0) >= 0 && part(0) <= 1
            ? h("span", { class: "tornado-zero", style: { left: `${(100 * part(0)).toFixed(2)}%` } })
            : null,
          h("span", {
            class: "tornado-bar",
            style: {
              left: `${(100 * part(ends[0])).toFixed(2)}%`,
              width: `${Math.max(0.8, 100 * (part(ends[1]) - part(ends[0]))).toFixed(2)}%`,
            },
          }),
          h("span", { class: "tornado-high", style: { left: `${(100 * part(weight.high)).toFixed(2)}%` } }),
        ),
        h(
          "span",
          { class: "weight-ends" },
          `${heavyShort(answer, weight.low)} \u2192 ${heavyShort(answer, weight.high)}`,
        ),
      ),
      h(
        "dl",
        { class: "facts" },
        h("dt", {}, "Range"),
        h(
          "dd",
          {},
          `${range}${unitFor(range.trim(), row.unit, 60)}${row.force ? ", at the branch" : ""} (low / best / high)`,
        ),
        h("dt", {}, "Source"),
        h(
          "dd",
          {},
          name(
            row.source === "ASSUMED"
              ? `Assumed: ${row.reason ?? ""}`
              : [row.source, row.reason].filter(Boolean).join(": ") || "not given",
            300,
          ),
        ),
        h("dt", {}, "Moves it"),
        h(
          "dd",
          {},
          `from ${heavyWords(answer, weight.low)} in the low third of its draws to ` +
            `${heavyWords(answer, weight.high)} in the high third${luck ? "; this cannot be told from luck with so few draws" : ""}. ` +
            `It goes with ${percent(weight.explains)} of the differences between ` +
            "draws.",
        ),
        h("dt", {}, "Its name"),
        h("dd", {}, h("code", {}, plain(weight.number, 80))),
      ),
    ),
  );
}

/**
 * @param {Made.Answer} answer
 * @param {Given.Ensemble} stories
 * @returns {Made.Child}
 */
export function tornado(answer, stories) {
  const rows = (heavy(answer)?.weights ?? []).filter((one) => one.low !== one.high).slice(0, 10),
    ends = rows.flatMap((one) => [one.low, one.high]);
  if (differing() && twinOf(answer)?.equal === 1)
    return h("p", { class: "empty" }, "There is no difference that a number could move.");
  if (!rows.length) return h("p", { class: "empty" }, "There are too few stories to tell, or no number varies.");
  const middle = (Math.min(...ends) + Math.max(...ends)) / 2,
    half = Math.max(
      ((Math.max(...ends) - Math.min(...ends)) / 2) * 1.05,
      scaleOf(answer) * (differing() ? 0.01 : 0.05),
    );
  const inside = !differing() && isShare(answer),
    shift = differing() ? 0 : Math.max(0, half - middle) - (inside ? Math.max(0, middle + half - 1) : 0),
    least = middle - half + shift,
    most = middle + half + shift;
  const sure = rows.filter((one) => !byLuck(one)),
    first = [...sure, ...rows.filter(byLuck).slice(0, Math.max(0, 3 - sure.length))],
    rest = rows.filter((one) => !first.includes(one));
  const list = (some) =>
    h(
      "ul",
      { class: "weights" },
      some.map((one) => weightRow(answer, stories, one, least, most)),
    );
  return [
    h(
      "p",
      { class: "hint" },
      `${differing() ? "The difference" : "The answer"} where each number lies ` +
        "in the low third of its draws, and (dot) where it lies in the high " +
        "third. Pale: may be luck. Choose one for its range and reason.",
    ),
    h(
      "div",
      { class: "weight-row scale", "aria-hidden": "true" },
      h("span", {}, ""),
      h("span", { class: "ends" }, h("span", {}, heavyWords(answer, least)), h("span", {}, heavyWords(answer, most))),
      h("span", {}, ""),
    ),
    list(first),
    rest.length
      ? h(
          "details",
          { class: "luckless" },
          h("summary", {}, `${number(rest.length)} more${rest.every(byLuck) ? ", which may be luck" : ""}`),
          list(rest),
        )
      : null,
  ];
}

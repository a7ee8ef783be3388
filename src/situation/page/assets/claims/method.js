// How the program that made the page was checked, what it cannot tell, and how it scored: a folded part each.
import { byId, h, name, replace } from "../core/elements.js";
import { P } from "../core/payload.js";
import { BRANCH } from "../core/stories.js";
import { count, number, plain } from "../core/text.js";

/** @type {Given.Method | null} */
const METHOD = P.method ?? null;

/**
 * A table that scrolls sideways where it must.
 * @param {string} label
 * @param {string[]} heads
 * @param {any[][]} rows
 * @returns {Made.Child}
 */
function wideTable(label, heads, rows) {
  return h(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": label },
    h(
      "table",
      { class: "full" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, plain(head, 60))))),
      h(
        "tbody",
        {},
        rows.map(([first, ...rest]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, name(first, 160)),
            rest.map((cell) => h("td", {}, typeof cell === "number" ? number(cell) : name(cell, 600))),
          ),
        ),
      ),
    ),
  );
}

const part = (summary, ...inside) => h("details", { class: "fold" }, h("summary", {}, summary), inside);

/** Held against what is known exactly: how many checks hold. */
function checked({ checks }) {
  const all = checks.reduce((sum, [, many]) => sum + many, 0),
    failed = checks.reduce((sum, [, , bad]) => sum + bad, 0);
  if (!all) return null;
  return part(
    `Checked against what is known exactly: ${count(all, "check")}, ${failed ? `${number(failed)} fail` : "none fails"}`,
    h(
      "p",
      {},
      "They show that the program computes what it claims to compute, and not that its rules are true of a war. " +
        "\u201csituation verify\u201d makes them anew.",
    ),
    wideTable("Checks", ["Group", "Checks", "Failed"], checks),
  );
}

/** What it cannot tell: where it failed, and what it leaves out. */
function limits({ failures, joined, assumed, left_out }) {
  const ofStories = BRANCH !== null;
  return part(
    "What it cannot tell, and where it failed",
    h(
      "ul",
      { class: "plainlist" },
      failures.map(([head, words]) => h("li", {}, h("strong", {}, `${plain(head, 80)}.`), " ", name(words, 600))),
      joined.length
        ? h(
            "li",
            {},
            h("strong", {}, "Reports joined."),
            ` Of a hundred pairs of reports that it joins of itself, people would join ${number(joined[0])}; of a ` +
              `hundred that people join, it finds ${number(joined[1])}.`,
          )
        : null,
    ),
    ofStories && assumed.length
      ? [
          h("p", {}, "How many numbers rest on a judgement alone:"),
          wideTable("Assumed numbers", ["What", "Numbers", "Of them assumed"], assumed),
        ]
      : null,
    ofStories && left_out.length
      ? [
          h("p", {}, "What each rule leaves out:"),
          wideTable(
            "What each rule leaves out",
            ["Rule", "Leaves out"],
            left_out.map(([rule, words]) => [plain(rule, 60).replace(/_/g, " "), words]),
          ),
        ]
      : null,
  );
}

/** How stories of a scenario scored against what was reported later, beside simple forecasts. */
function scored({ scores }) {
  if (BRANCH === null || !scores.length) return null;
  return part(
    "How it scored against what came about",
    h("p", {}, "An answer here is an answer in this model. It is no forecast of a war."),
    scores.map((one) => [
      h("p", {}, name(one.scenario, 100), ", beside four simple forecasts; less is better:"),
      wideTable(`Scores of ${plain(one.scenario, 100)}`, one.columns, one.rows),
      h("p", { class: "soft" }, name(one.luck, 400)),
    ]),
  );
}

export function drawMethod() {
  replace(byId("method"), METHOD ? [checked(METHOD), limits(METHOD), scored(METHOD)] : null);
}

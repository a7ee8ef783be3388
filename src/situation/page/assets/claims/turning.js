// The turning points of one story: what happened, on which step it hung most, and what it answers of what is asked.
import { h, link, name } from "../core/elements.js";
import { reading, select, storiesNow } from "../core/state.js";
import { capital, day, number } from "../core/text.js";
import { ruleWords } from "../core/words.js";
import { ownAnswer } from "../stories/answers.js";

/** The least likely step on the way to a turning point, how likely it was, and by which rule. */
function hungOn({ entry, choice }) {
  if (!choice) return "Nothing on the way was left to chance.";
  const odds = `${choice.chance} (rule: ${ruleWords(choice.rule)}).`;
  if (choice.entry === entry) return `It hung most on this step itself: ${odds}`;
  return ["It hung most on this: ", link(() => select("event", choice.entry), name(choice.text, 160)), `: ${odds}`];
}

/** What the story answers of the questions that are settled with a turning point. */
const answersTo = ({ questions }) =>
  questions
    .map((id) => storiesNow()?.questions.find((one) => one.id === id))
    .filter(Boolean)
    .map((one) =>
      h("div", { class: "so" }, name(one.text || one.id, 200), " ", h("strong", {}, capital(ownAnswer(one))), "."),
    );

/**
 * The turning points of the story that is shown, before all else that happens in it; nothing where there are none.
 * @returns {Made.Child}
 */
export function turningPoints() {
  const rows = reading().story?.turning ?? [];
  if (!rows.length) return null;
  return [
    h("p", { class: "part" }, `Turning points (${number(rows.length)})`),
    h(
      "ol",
      { class: "plainlist turning" },
      rows.map((row) => {
        const entry = reading().byEntry.get(row.entry);
        return h(
          "li",
          {},
          `${day(entry.time)}: `,
          link(() => select("event", row.entry, { t: entry.time }), name(row.text, 160)),
          row.in_question ? "" : " (not asked about)",
          h("div", { class: "soft" }, hungOn(row)),
          answersTo(row),
        );
      }),
    ),
    h(
      "p",
      { class: "hint" },
      "Of the changes that the questions ask about, those that hung on the least likely steps; where there are few, others too.",
    ),
  ];
}

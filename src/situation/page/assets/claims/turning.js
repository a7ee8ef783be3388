// The turning points of one story: the few entries that most moved what was asked, each with the least likely choice on the way.
import { h, link, name } from "../core/elements.js";
import { reading, select } from "../core/state.js";
import { day, number } from "../core/text.js";
import { ruleWords } from "../core/words.js";

/** The least likely choice on the way to a turning point, by which rule, at what odds and by which draw. */
function choiceWords({ entry, choice }) {
  if (!choice) return "Chance decided nothing on the way.";
  const odds = `${choice.chance} (rule: ${ruleWords(choice.rule)})`;
  if (choice.entry === entry) return `The least likely step on the way was this one: ${odds}.`;
  return ["The least likely step on the way: ", link(() => select("event", choice.entry), name(choice.text, 160)), `: ${odds}.`];
}

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
      "ul",
      { class: "plainlist turning" },
      rows.map((row) => {
        const entry = reading().byEntry.get(row.entry);
        return h(
          "li",
          {},
          link(() => select("event", row.entry, { t: entry.time }), name(row.text, 160)),
          row.in_question ? "" : " (not asked about)",
          h("div", { class: "soft" }, `${day(entry.time)}. `, choiceWords(row)),
        );
      }),
    ),
    h(
      "p",
      { class: "hint" },
      "Of the changes that the questions ask about, those that hung on the least likely choices; where there are few, others too.",
    ),
  ];
}

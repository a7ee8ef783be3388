// The questions in the order in which they are listed: as asked, or the largest difference or the most open first.
import { page } from "../core/state.js";
import { TWINS } from "../core/stories.js";
import { answered, isShare } from "./answers.js";
import { scaleOf } from "./scales.js";

/** The orders in which questions may be listed. */
export const ORDERS = [
  { id: "scenario", label: "in the scenario's order" },
  { id: "most", label: TWINS ? "largest difference first" : "most open first" },
];

/**
 * The questions to show: those about the chosen place, in the chosen order.
 * @param {Given.Ensemble} stories
 * @returns {Made.Answer[]}
 */
export function listedQuestions(stories) {
  const rows = stories.questions.filter((one) => !page.about || one.place === page.about);
  if (page.order === "scenario") return rows;
  const open_ = (one) =>
    isShare(one)
      ? 0.5 - Math.abs((one.share ?? 0) - 0.5)
      : answered(one)
        ? Math.min(0.5, ((one.p75 ?? scaleOf(one)) - one.p25) / scaleOf(one))
        : -1;
  if (!TWINS) return [...rows].sort((a, b) => open_(b) - open_(a));
  const order = [...TWINS.clear, ...TWINS.luck],
    at = (one) => (order.includes(one.id) ? order.indexOf(one.id) : order.length);
  return [...rows].sort((a, b) => at(a) - at(b));
}

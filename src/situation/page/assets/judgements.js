// Key judgements: what all of the page comes to, in a few sentences at its head.
import { byId, h, name } from "./core/elements.js";
import { P } from "./core/payload.js";

/** Show the judgements, where there are any; their place holds the way into a tour too. */
export function drawJudgements() {
  const judgements = P.judgements ?? [];
  byId("judgements").hidden = !judgements.length && !P.tour?.length;
  byId("judgements-heading").hidden = !judgements.length;
  byId("judgement-list").replaceChildren(...judgements.map((one) => h("li", {}, name(one.text.replace(/ %/g, "\u00a0%"), 400))));
}

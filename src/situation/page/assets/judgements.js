// Key judgements: what all of the page comes to, in a few sentences at its head.
import { lead } from "./address.js";
import { byId, h, link, name } from "./core/elements.js";
import { P } from "./core/payload.js";

/** Show the judgements, each a way to what it speaks of, where there are any; their place holds the way into a tour too. */
export function drawJudgements() {
  const judgements = P.judgements ?? [];
  byId("judgements").hidden = !judgements.length && !P.tour?.length;
  byId("judgements-heading").hidden = !judgements.length;
  byId("judgement-list").replaceChildren(
    ...judgements.map((one) => {
      const words = name(one.text.replace(/ %/g, "\u00a0%"), 400);
      return h("li", {}, one.shows ? link(() => lead(one.shows), words) : words);
    }),
  );
}

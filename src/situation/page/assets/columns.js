// Which card of a tab stands in which of its columns: some have a seat, the others go where the columns then end nearest to each other.
import { byId } from "./core/elements.js";
import { redraw } from "./core/frames.js";
import { page, recorded } from "./core/state.js";
import { tabNow } from "./tabs.js";

/** The cards with a seat, by column. */
const SEATS = [
  ["questions", "reports"],
  ["hangs", "coverage"],
];
/** @returns {HTMLElement[]} */
const nodesIn = (within, selector) => [...within.querySelectorAll(selector)];
const named = (card) => card.classList[1];
/** The cards as the page has them, whatever column they were dealt to since. */
const ORDER = nodesIn(document, ".card").map(named);

/** Every way to deal some heights to two columns, the evenest last found: the longer column is the shortest that can be. */
function deal(heights, seats) {
  /** @type {{ most: number, way: number[] } | null} */
  let best = null;
  const put = (n, sums, way) => {
    const most = Math.max(...sums);
    if (best && most >= best.most) return;
    if (n === heights.length) best = { most, way };
    else
      for (const at of [0, 1])
        put(
          n + 1,
          sums.map((sum, i) => (i === at ? sum + heights[n] : sum)),
          [...way, at],
        );
  };
  put(0, seats, []);
  return best.way;
}

const laid = new Map();
/** Deal the cards of the open tab, once for each width and reading. */
export function layColumns() {
  const tab = tabNow(),
    box = document.querySelector(`#panel-${tab} .pair`),
    key = [recorded(), innerWidth, page.charts].join();
  if (!box || laid.get(tab) === key || matchMedia("print").matches) return;
  laid.set(tab, key);
  const columns = nodesIn(box, ".column"),
    cards = nodesIn(box, ".card").sort((a, b) => ORDER.indexOf(named(a)) - ORDER.indexOf(named(b))),
    shown = cards.filter((card) => !card.hidden),
    loose = shown.filter((card) => !SEATS.flat().includes(named(card))),
    tall = (card) => card.offsetHeight + 12;
  const seats = SEATS.map((names) => shown.filter((card) => names.includes(named(card)))),
    seated = innerWidth < 1400 ? [seats.flat(), []] : seats;
  const way =
    innerWidth < 1400
      ? loose.map(() => 0)
      : deal(
          loose.map(tall),
          seated.map((some) => some.reduce((sum, card) => sum + tall(card), 0)),
        );
  const unseen = cards.filter((card) => card.hidden);
  columns.forEach((column, i) => {
    const wanted = [...seated[i], ...loose.filter((_, n) => way[n] === i), ...(i ? [] : unseen)];
    if (wanted.some((card, n) => column.children[n] !== card)) column.append(...wanted);
  });
  const one = columns.some((column) => !nodesIn(column, ".card:not([hidden])").length);
  if (box.classList.contains("one") !== one) {
    box.classList.toggle("one", one);
    redraw("size");
  }
}

/** Cards of the stories stand only where the reading has stories. */
export function showCards() {
  document.documentElement.dataset.shows = recorded() ? "record" : "stories";
  for (const node of nodesIn(document, "section.card.stories")) node.hidden = recorded();
  byId("detail-heading").textContent = recorded()
    ? "What happened, and who says so"
    : "What happened, what may follow";
}

// Which card stands in which column: some have a seat, the others go where the columns then end nearest to each other.
import { byId } from "./core/elements.js";
import { redraw } from "./core/frames.js";
import { page, recorded } from "./core/state.js";

const SEATS = {
  record: {
    3: [
      ["map", "strips"],
      ["events", "reports"],
      ["detail", "disputes"],
    ],
    2: [["map", "strips"], [], ["detail", "disputes"]],
  },
  stories: {
    3: [
      ["map", "strips"],
      ["questions", "hangs"],
      ["detail", "fans"],
    ],
    2: [["map", "strips"], [], ["questions", "detail", "hangs"]],
  },
};
const CARDS = [...document.querySelectorAll("section.card")].map((card) => card.classList[1]);
/** @returns {HTMLElement} */
const partOf = (selector) => document.querySelector(selector);
const COLUMNS = ["first", "second", "third"].map((side) => partOf(`.column.${side}`));
const cardOf = (card) => partOf(`.card.${card}`);
const shows = () => (recorded() ? "record" : "stories");

/** Every way to deal some heights to columns, the evenest last found: the longest column is the shortest that can be. */
function deal(heights, seats, open) {
  /** @type {{ most: number, least: number, way: number[] } | null} */
  let best = null;
  const put = (n, sums, way) => {
    if (best && Math.max(...sums) > best.most) return;
    if (n === heights.length) {
      const most = Math.max(...sums),
        least = Math.min(...open.map((at) => sums[at]));
      if (!best || most < best.most || (most === best.most && least > best.least)) best = { most, least, way };
      return;
    }
    for (const at of open)
      put(
        n + 1,
        sums.map((sum, i) => (i === at ? sum + heights[n] : sum)),
        [...way, at],
      );
  };
  put(0, seats, []);
  return best.way;
}

let columnsKey = "";
export function layColumns() {
  const wide = innerWidth >= 1400 ? 3 : 2,
    kind = shows(),
    key = [kind, wide, innerWidth < 760, innerWidth, page.charts].join();
  if (key === columnsKey || matchMedia("print").matches) return;
  columnsKey = key;
  const seats = SEATS[kind][wide],
    open = wide === 3 ? [0, 1, 2] : [0, 2],
    seated = seats.flat();
  const loose = CARDS.filter((card) => !seated.includes(card) && !cardOf(card).hidden),
    tall = (card) => cardOf(card).offsetHeight + 12;
  const way =
    innerWidth < 760
      ? loose.map(() => 2)
      : deal(
          loose.map(tall),
          seats.map((some) => some.reduce((sum, card) => sum + tall(card), 0)),
          open,
        );
  let moved = false;
  COLUMNS.forEach((column, i) => {
    const cards = [...seats[i], ...loose.filter((_, n) => way[n] === i)].map(cardOf);
    moved ||= cards.some((card) => card.parentNode !== column);
    if (cards.some((card, n) => column.children[n] !== card)) column.append(...cards);
    column.hidden = wide === 2 && i === 1;
  });
  if (moved) redraw("size");
}

/** Cards of the stories stand only where the reading has stories. */
export function showCards() {
  document.documentElement.dataset.shows = shows();
  for (const node of document.querySelectorAll("section.card.stories"))
    if (node instanceof HTMLElement) node.hidden = recorded();
  byId("detail-heading").textContent = recorded()
    ? "What happened, and who says so"
    : "What happened, and what may follow";
}

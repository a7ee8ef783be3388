// Paper: the light theme, strips in two columns, and of the chosen thing as much as the sheet has room for; all undone after.
import { byId, h, s } from "./core/elements.js";
import { drawAll } from "./core/frames.js";
import { go, page, recorded } from "./core/state.js";
import { number } from "./core/text.js";
import { acrossTime } from "./time/axis.js";
import { ROW } from "./time/strippieces.js";
import { drawStrips, HEAD, strip } from "./time/strips.js";

const SHEET = { width: 715, strips: 300, both: 450 };
const STRIP_SCALE = 0.65;

/** The strips in two halves side by side, so that their names can be read. */
function paperStrips() {
  const list = byId("strip-list"),
    whole = list?.querySelector("svg");
  if (!whole) return 0;
  const half = Math.ceil(strip.rows.length / 2),
    tall = HEAD + half * ROW + 2,
    x = acrossTime(page.t, strip.label, strip.width - 8);
  const part = (from) => {
    const copy = /** @type {SVGElement} */ (whole.cloneNode(true));
    copy.setAttribute("viewBox", `0 0 ${strip.width} ${tall}`);
    copy.classList.add("paper-half");
    [...copy.querySelectorAll(".row")].forEach((row, i) =>
      i >= from && i < from + half ? row.setAttribute("transform", `translate(0,${-from * ROW})`) : row.remove(),
    );
    copy.append(s("path", { class: "paper-now", d: `M${x.toFixed(1)},0V${tall}` }));
    return copy;
  };
  const box = h("div", { class: "paper-strips" }, part(0), part(half));
  byId("strips").prepend(box);
  return Math.min(SHEET.strips, tall * STRIP_SCALE);
}

/** The chosen thing without its buttons and folds, its claims first, cut between lines where the room ends. */
function paperDetail(room) {
  const copy = /** @type {HTMLElement} */ (byId("detail").cloneNode(true)),
    left = [];
  copy.removeAttribute("id");
  copy.className = "paper-detail";
  for (const node of copy.querySelectorAll(".close, details, .unseen")) node.remove();
  const head = copy.querySelector("h4"),
    because = [...copy.children].find((node) => node.tagName === "H4" && node.textContent === "Because");
  if (because && head !== because) {
    const lead = [];
    for (
      let node = because;
      node && (lead.length === 0 || node.tagName !== "H4" || /^Says /.test(node.textContent));
      node = node.nextElementSibling
    )
      lead.push(node);
    head.before(...lead);
  }
  copy.style.width = `${SHEET.width - 20}px`;
  byId("detail-card").append(copy);
  const lines = [...copy.querySelectorAll("li, tbody tr")].filter((node) => !node.querySelector("li"));
  const more = h("p", { class: "more" });
  while (copy.offsetHeight > room && lines.length) {
    const line = lines.pop(),
      list = line.closest("ul, table");
    line.remove();
    left.push(line);
    if (!list.querySelector("li, tbody tr")) {
      if (list.previousElementSibling?.tagName === "H4") list.previousElementSibling.remove();
      list.remove();
    }
    more.textContent = `\u2026 and ${number(left.length)} more in the file`;
    copy.append(more);
  }
  copy.style.removeProperty("width");
}

/** Paper is white: print in the light theme, whatever the screen shows. */
export function printOnPaper() {
  let shown = page.theme;
  const paint = (theme) => {
    go({ theme });
    drawAll();
  };
  const undo = () => {
    for (const node of document.querySelectorAll(".paper-strips, .paper-detail")) node.remove();
    strip.paper = 0;
    delete document.documentElement.dataset.paper;
  };
  addEventListener("beforeprint", () => {
    undo();
    shown = page.theme;
    document.documentElement.dataset.paper = "laid";
    strip.paper = recorded() ? Math.round((SHEET.width - 24) / 2 / STRIP_SCALE) : 0;
    paint("light");
    if (!recorded()) return;
    drawStrips();
    const taken = paperStrips();
    if (page.selection) paperDetail(Math.max(90, SHEET.both - taken));
  });
  addEventListener("afterprint", () => {
    undo();
    paint(shown);
    drawStrips();
  });
}

// The charting library: loaded when the first chart is about to be seen, and not before.
import { byId, h, replace } from "../core/elements.js";
import { drawNow, prepare } from "../core/frames.js";
import { unpack } from "../core/inflate.js";
import { go, page } from "../core/state.js";

const NEAR = 300; // pixels below the window from which on a chart is about to be seen
/** @type {Set<HTMLElement>} */
const awaiting = new Set();
let begun = false;
const approach = new IntersectionObserver(
  (boxes) => {
    if (boxes.some((box) => box.isIntersecting)) loadCharts();
  },
  { rootMargin: `${NEAR}px` },
);

/** Unpack and run the library. Its text is named by its hash in the page's policy, so nothing else can be run so. */
async function startLibrary() {
  const holder = byId("plotly"),
    text = await unpack(holder.textContent);
  holder.remove();
  const script = document.createElement("script");
  script.textContent = text;
  document.head.append(script);
  script.remove();
  if (!window.Plotly) throw new Error("the charting library did not start");
}

/** Load the library, once, and draw the charts of the open tab. */
export async function loadCharts() {
  if (begun) return;
  begun = true;
  approach.disconnect();
  const { dataset } = document.documentElement;
  delete dataset.charts;
  await prepare(startLibrary()).then(
    () => {
      go({ charts: true });
      drawNow();
      dataset.charts = "drawn";
    },
    (error) => {
      dataset.charts = "failed";
      const words = `The charts could not be drawn here (${error.message}). Map, strips, lists and tables work without them.`;
      for (const box of awaiting) replace(box, h("p", { class: "empty" }, words));
    },
  );
}

/**
 * Whether a chart can be drawn. The first that is about to be seen has the library loaded, which then draws all: half of
 * what it takes to open the page is saved where none ever is.
 * @param {"events" | "reports" | "strengths" | "fans" | "clashes" | "fates"} id
 * @returns {boolean}
 */
export function canDraw(id) {
  if (page.charts) return true;
  const box = byId(id);
  awaiting.add(box);
  if (begun) return false;
  approach.observe(box);
  const whole = "picture" in document.documentElement.dataset;
  if (box.checkVisibility() && (whole || box.getBoundingClientRect().top < innerHeight + NEAR)) loadCharts();
  return false;
}

/** Say that all charts that are to be seen are drawn, where none is yet. */
export function sayIfNoneIsSeen() {
  if (!begun) document.documentElement.dataset.charts = "drawn";
}

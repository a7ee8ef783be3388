// The address of the page: its state written to it, read from it, and copied as a link.
import { byId, h, replace, speak } from "./core/elements.js";
import { ACTORS, FROM, P, PLACES, TO } from "./core/payload.js";
import { READINGS } from "./core/record.js";
import { onChange } from "./core/frames.js";
import { FIRST_SPAN, FIRST_TAB, firstMinute, go, page, PARTS, SPANS, storiesNow } from "./core/state.js";
import { FIRST_ORDER, firstQuestion, storiesOf } from "./core/stories.js";
import { dayEnd, dayStart } from "./core/calendar.js";
import { day, plain, readStamp, stamp } from "./core/text.js";
import { cameraWords, readCamera } from "./map/mapmoves.js";
import { tabInAddress, TABS } from "./tabs.js";
import { ORDERS } from "./stories/order.js";
import { shownAtStop, STOPS_IN_TOUR } from "./tour.js";
import { slider } from "./time/slider.js";
import { loadCharts } from "./charts/library.js";
import { exists, selectable } from "./claims/detail.js";

/** What a link asks for in vain stands in a line of its own until it is dismissed. */
function sayMissing(unknown, outside) {
  const sentence = [
    unknown.length
      ? `This link names ${unknown.map((one) => `\u201c${plain(one, 40)}\u201d`).join(", ")}, ` +
        "which this file does not have."
      : "",
    outside === null ? "" : `This link asks for ${day(outside)}, which lies outside the window of this file.`,
  ]
    .filter(Boolean)
    .join(" ");
  replace(
    byId("notice"),
    sentence
      ? [
          h("span", {}, sentence),
          " ",
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              on: {
                click: () => {
                  replace(byId("notice"));
                  slider.focus({ preventScroll: true });
                },
              },
            },
            "Dismiss",
          ),
        ]
      : null,
  );
}

const isStop = (value) => /^[1-9]\d{0,2}$/.test(value) && Number(value) <= STOPS_IN_TOUR;

let lastAddress = "";
let addressTimer = 0;
function address() {
  const parts = [
    ["t", stamp(page.t)],
    ["reading", page.reading],
  ];
  if (page.selection) parts.push([page.selection.kind, page.selection.id]);
  if (page.span !== FIRST_SPAN) parts.push(["span", page.span]);
  if (page.view === "all") parts.push(["view", "all"]);
  if (page.view === "free") parts.push(["map", cameraWords()]);
  if (page.rule !== "roads") parts.push(["rule", page.rule]);
  if (page.rows !== "source") parts.push(["rows", page.rows]);
  if (page.unchanged) parts.push(["unchanged", "shown"]);
  if (P.symbols && page.symbols !== "app6") parts.push(["symbols", page.symbols]);
  if (page.question !== firstQuestion()) parts.push(["question", page.question]);
  if (page.about) parts.push(["about", page.about]);
  if (page.order !== FIRST_ORDER) parts.push(["order", page.order]);
  if (page.whose) parts.push(["whose", page.whose]);
  if (page.side) parts.push(["side", page.side]);
  if (page.stop) parts.push(["tour", String(page.stop)]);
  if (tabInAddress()) parts.push(["tab", page.tab]);
  return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}
/** The address follows a moment after the last change; one that was followed meanwhile is read and not written over. */
function writeAddress() {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    if (location.hash !== lastAddress) return;
    const next = address();
    if (next !== lastAddress) history.replaceState(null, "", next);
    lastAddress = location.hash;
    document.documentElement.dataset.address = "current";
  }, 200);
}

/** Take the state from the address; what it leaves out is as at first, and what it names and we do not have is said, not guessed. */
function readAddress() {
  const change = {
      t: firstMinute(),
      selection: null,
      span: FIRST_SPAN,
      view: "valley",
      rule: "roads",
      rows: "source",
      unchanged: false,
      symbols: P.symbols ? "app6" : "shapes",
      question: firstQuestion(),
      about: "",
      order: FIRST_ORDER,
      side: "",
      whose: "",
      stop: 0,
      tab: FIRST_TAB,
    },
    unknown = [];
  lastAddress = location.hash;
  const parameters = new URLSearchParams(lastAddress.slice(1)),
    named = parameters.get("reading");
  let outside = null,
    panel = "";
  if (named !== null && !READINGS.has(named)) unknown.push(named);
  go({ reading: READINGS.has(named) ? named : P.readings[0].id });
  for (const [key, value] of parameters) {
    if (key === "t") {
      const t = readStamp(value);
      if (t === null) unknown.push(value);
      else {
        change.t = t;
        if (dayEnd(t) < FROM || dayStart(t) > TO) outside = t;
      }
    } else if (key === "span" && SPANS.some((one) => one.id === value)) change.span = value;
    else if (key === "view" && value === "all") change.view = "all";
    else if (key === "map") readCamera(value) ? (change.view = "free") : unknown.push(value);
    else if (key === "rule" && value === "points") change.rule = "points";
    else if (key === "rows" && value === "origin") change.rows = value;
    else if (key === "unchanged" && value === "shown") change.unchanged = true;
    else if (key === "symbols" && P.symbols && value === "shapes") change.symbols = value;
    else if (key === "about") PLACES.has(value) ? (change.about = value) : unknown.push(value);
    else if (key === "panel") isPanel(value) ? (panel = value) : unknown.push(value);
    else if (key === "tab" && TABS.includes(value)) change.tab = value;
    else if (key === "order" && ORDERS.some((one) => one.id === value)) change.order = value;
    else if (key === "side" || key === "whose") ACTORS.has(value) ? (change[key] = value) : unknown.push(value);
    else if (key === "tour") {
      if (!isStop(value)) unknown.push(value);
      else Object.assign(change, parameters.has("t") ? { stop: Number(value) } : shownAtStop(Number(value)));
    }
    else if (key === "question")
      (storiesNow() ?? storiesOf("scenario"))?.questions.some((one) => one.id === value)
        ? (change.question = value)
        : unknown.push(value);
    else if (selectable(key)) exists(key, value) ? (change.selection = { kind: key, id: value }) : unknown.push(value);
  }
  go(change);
  writeAddress();
  if (panel) requestAnimationFrame(() => showPanel(panel));
  sayMissing(unknown, outside);
}

/**
 * Go where a part of an address leads; what it does not name stays as it is, apart from what is chosen.
 * @param {string} words
 */
export function lead(words) {
  const kept = new URLSearchParams(address().slice(1));
  for (const key of ["tour", page.selection?.kind]) if (key) kept.delete(key);
  for (const [key, value] of new URLSearchParams(words)) kept.set(key, value);
  location.hash = `#${kept}`;
}

/**
 * Copy a link to what is shown, or to one panel of it. Tells how that went.
 * @param {string | null} panel
 * @returns {Promise<string>}
 */
export function copyLink(panel = null) {
  const text = `${location.href.split("#")[0]}${address()}${panel ? `&panel=${panel}` : ""}`;
  const byHand = () => {
    const box = h("textarea", { class: "unseen", "aria-label": "Link" });
    box.value = text;
    (document.querySelector("dialog[open]") ?? document.body).append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done ? "Copied" : "Copy it from the address";
  };
  writeAddress();
  return navigator.clipboard && isSecureContext
    ? navigator.clipboard.writeText(text).then(() => "Copied", byHand)
    : Promise.resolve(byHand());
}

async function copyThis() {
  const button = byId("copy-link"),
    words = await copyLink();
  button.focus();
  button.textContent = words;
  speak(words);
  setTimeout(() => {
    button.textContent = "Copy link";
  }, 1600);
}

/** Show one panel of the open tab, to which a link leads, once all of it is drawn, the charts above it too. */
function showPanel(panel) {
  const { dataset } = document.documentElement,
    card = document.querySelector(`main .card.${panel}`);
  const charts = [...(card.closest(".tab")?.querySelectorAll(".chart") ?? [])];
  // what stands before a chart need not wait for it
  if (charts.some((chart) => !(chart.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_PRECEDING) || card.contains(chart)))
    loadCharts();
  if (!dataset.charts || dataset.drawn !== "all") {
    requestAnimationFrame(() => showPanel(panel));
    return;
  }
  if (card.matches(".folded") && innerWidth < 768) /** @type {HTMLElement} */ (card.querySelector(".unfold")).click();
  if (!card.matches(".dock") || innerWidth < 768) card.scrollIntoView({ block: "start" });
}
const isPanel = (name) => /^[a-z]+$/.test(name) && document.querySelector(`main .card.${name}`) !== null;

/** Take the state from the address, and keep each in step with the other from now on. */
export function followAddress() {
  readAddress();
  onChange(PARTS, writeAddress);
  addEventListener("hashchange", () => {
    if (location.hash !== lastAddress) readAddress();
  });
  byId("copy-link").addEventListener("click", copyThis);
}

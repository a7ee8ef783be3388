// The tabs under the map, and the cards that a phone shows folded: what is shut is not drawn before it is opened.
import { byId, h } from "./core/elements.js";
import { redraw } from "./core/frames.js";
import { FIRST_TAB, go, page, recorded } from "./core/state.js";

export const TABS = ["control", "forecast", "sources", "method"];
const tabOf = (id) => document.getElementById(`tab-${id}`);
/** The tabs that the present reading has: the record's own readings forecast nothing. */
const offeredTabs = () => TABS.filter((id) => id !== "forecast" || !recorded());

/**
 * The tab that stands open.
 * @returns {string}
 */
export const tabNow = () => (offeredTabs().includes(page.tab) ? page.tab : "control");

/** Open the tab of the state, and shut the others. */
export function showTab() {
  const open = tabNow(),
    offered = offeredTabs();
  for (const id of TABS) {
    const tab = tabOf(id);
    tab.hidden = !offered.includes(id);
    tab.setAttribute("aria-selected", id === open ? "true" : "false");
    tab.tabIndex = id === open ? 0 : -1;
    document.getElementById(`panel-${id}`).classList.toggle("open", id === open);
  }
}

/** The arrows go from tab to tab, and open the one they come to. */
function walkTabs(event) {
  const tabs = offeredTabs(),
    at = tabs.indexOf(tabNow());
  const next = {
    ArrowRight: (at + 1) % tabs.length,
    ArrowLeft: (at + tabs.length - 1) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  }[event.key];
  if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  go({ tab: tabs[next] });
  tabOf(tabs[next]).focus();
}

/** Let the tabs be chosen, and keep in step what stands above the bar of time. */
export function offerTabs() {
  for (const id of TABS) tabOf(id).addEventListener("click", () => go({ tab: id }));
  byId("tabs").addEventListener("keydown", walkTabs);
  const bar = document.querySelector(".bar");
  const measure = () => document.documentElement.style.setProperty("--bar", `${bar.getBoundingClientRect().height}px`);
  new ResizeObserver(measure).observe(bar);
  measure();
}

/** On a phone every card but the first of its tab is folded until it is asked for. */
export function foldOnPhones() {
  for (const card of document.querySelectorAll(".tab .card, .dock")) {
    const first = card.matches(".strips, .questions");
    const heading = card.querySelector("h2");
    const button = h("button", {
      type: "button",
      class: "quiet unfold",
      "aria-labelledby": `${heading.id}-fold ${heading.id}`,
      id: `${heading.id}-fold`,
    });
    const fold = (shut) => {
      card.classList.toggle("folded", shut);
      button.textContent = shut ? "Show" : "Hide";
      button.setAttribute("aria-expanded", shut ? "false" : "true");
    };
    fold(!first);
    button.addEventListener("click", () => {
      fold(!card.classList.contains("folded"));
      redraw("tab");
    });
    card.querySelector(".head").append(button);
  }
  if (innerWidth >= 768) for (const id of ["assumptions-box", "sources-box"]) /** @type {HTMLDetailsElement} */ (document.getElementById(id)).open = true;
}

/** What the address says of the tab; nothing of the one that stands open at first. */
export const tabInAddress = () => (page.tab === FIRST_TAB ? null : page.tab);

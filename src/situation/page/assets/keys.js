// The keyboard, and the box that explains it.
import { closeDetail } from "./core/chosen.js";
import { byId, h, replace } from "./core/elements.js";
import { FROM } from "./core/payload.js";
import { END, go, page, remember, remembered } from "./core/state.js";
import { BRANCH } from "./core/stories.js";
import { longDay } from "./core/text.js";
import { play, playing, stepDay, stepEvent } from "./time/slider.js";
import { CREDIBILITY, RELIABILITY } from "./claims/claims.js";
import { goToStop, stepStop, TOURED } from "./tour.js";
import { closeHint } from "./hint.js";

const KEYS = [
  ["\u2190 \u2192", "a day back or on"],
  ["Shift + \u2190 \u2192", "a week back or on"],
  [", .", "an hour back or on"],
  ["Home, End", "first or last minute"],
  ["Space", "play or pause"],
  ["\u2191 \u2193", "in the field of the date: a day on or back"],
  ["N, P", "next or previous event"],
  ...(TOURED ? [["T, Shift + T", "guided tour: next stop, or the one before"]] : []),
  ["\u2191 \u2193", "in the list of strips: choose a place"],
  ["\u2190 \u2192 \u2191 \u2193, +, \u2212", "on the map: move it, change its scale"],
  ["/", "find a place"],
  ["Esc", "close what is open"],
  ["?", "this help"],
];
let letters = remembered("letters") !== "off";

function openHelp() {
  const box = byId("help-box");
  replace(
    box,
    h("h2", { id: "help-heading" }, "How to read this page"),
    h(
      "p",
      {},
      "Everything follows one date: move the slider below, or use the keys. " +
        "Choose a place, an event, a dot or a dispute to read who claims it, how " +
        "far that voice can be trusted, and who says otherwise.",
    ),
    h(
      "p",
      {},
      "A reading decides which claims count. In \u201cas known on the day\u201d " +
        "the page shows only what could be read at the selected minute.",
    ),
    BRANCH === null
      ? null
      : h(
          "p",
          {},
          `After ${longDay(BRANCH)} nothing is documented: the page shows simulated ` +
            "stories. A ring is cut by the share of stories in which each side holds " +
            "a place, a strip is stacked by the same shares, and bands hold half or " +
            "nine in ten of the stories. The odds are those of this model. Choose a " +
            "question to read how likely, how sure and what it hangs on; and one " +
            "story in the list at the top to see what happens in it, by which rule " +
            "and draw.",
        ),
    h("h3", {}, "Keys"),
    h(
      "table",
      { class: "keys" },
      h(
        "tbody",
        {},
        KEYS.map(([key, words]) => h("tr", {}, h("th", { scope: "row" }, h("kbd", {}, key)), h("td", {}, words))),
      ),
    ),
    h(
      "label",
      { class: "tick" },
      h("input", {
        type: "checkbox",
        id: "letters",
        checked: letters,
        on: {
          change: (event) => {
            letters = event.target.checked;
            remember("letters", letters ? "on" : "off");
          },
        },
      }),
      " Single keys (letters, comma, slash, question mark) are on",
    ),
    h("h3", {}, "Grades"),
    h("p", {}, "A letter for the voice and a number for the item, each judged apart:"),
    h(
      "p",
      {},
      Object.entries(RELIABILITY)
        .map(([letter, words]) => `${letter} ${words}`)
        .join(" \u00b7 "),
    ),
    h(
      "p",
      {},
      Object.entries(CREDIBILITY)
        .map(([n, words]) => `${n} ${words}`)
        .join(" \u00b7 "),
    ),
    h("p", {}, "F and 6 mean that it cannot be judged, not that it is worst."),
    h("button", { type: "button", class: "strong", on: { click: () => box.close() } }, "Close"),
  );
  box.showModal();
}

const busy = (node) =>
  node instanceof Element &&
  node.closest("input:not([type=range]):not([type=checkbox]), textarea, select, [contenteditable]") !== null;

/** Heed the keyboard from now on. */
export function heedKeys() {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const { key, target } = event;
    if (key === "Escape" && !busy(target)) {
      if (!byId("hint").hidden) closeHint();
      else if (page.stop) goToStop(0);
      else if (page.selection) closeDetail();
      return;
    }
    if (busy(target)) return;
    const steps = {
      ArrowRight: () => stepDay(event.shiftKey ? 7 : 1),
      ArrowLeft: () => stepDay(event.shiftKey ? -7 : -1),
      Home: () => go({ t: FROM }),
      End: () => go({ t: END() }),
    };
    const scrolls = target instanceof Element && target.closest("#table");
    const single = {
      n: () => stepEvent(1),
      p: () => stepEvent(-1),
      t: () => stepStop(event.shiftKey ? -1 : 1),
      "?": openHelp,
      "/": () => byId("search").focus(),
      ",": () => go({ t: page.t - 60 }),
      ".": () => go({ t: page.t + 60 }),
    };
    let act = scrolls ? null : steps[key];
    if (!act && letters) act = single[key.toLowerCase()];
    if (
      !act &&
      key === " " &&
      !(target instanceof Element && target.closest("button, a, summary, input[type=checkbox]"))
    )
      act = () => play(!playing.on);
    if (!act) return;
    event.preventDefault();
    if (playing.on && key !== " ") play(false);
    closeHint();
    act();
  });
  byId("help").addEventListener("click", openHelp);
}

// What a first visitor is told, once: it stands in its own line, covers nothing, and goes with the first thing they do.
import { byId, h, replace } from "./core/elements.js";
import { onChange } from "./core/frames.js";
import { remember, remembered } from "./core/state.js";
import { slider } from "./time/slider.js";

const SWITCHED_OFF = [new URLSearchParams(location.search), new URLSearchParams(location.hash.slice(1))].some(
  (parameters) => parameters.get("hint") === "off",
);
const FIRST_VISIT = !SWITCHED_OFF && location.hash.length < 2 && remembered("hint") !== "seen";

export function closeHint() {
  const box = byId("hint");
  if (box.hidden) return;
  const within = box.contains(document.activeElement);
  box.hidden = true;
  remember("hint", "seen");
  if (within) slider.focus({ preventScroll: true });
}

/** Show the hint to who comes by no link and has not been here; a click, Escape, or a change of what is shown closes it. */
export function offerHint() {
  if (!FIRST_VISIT) return;
  const touch = matchMedia("(pointer: coarse)").matches;
  replace(
    byId("hint"),
    h(
      "p",
      {},
      h("strong", {}, "New here? "),
      touch
        ? "Drag the slider through time, and tap anything to read who says so. The button ? explains the rest."
        : [
            "Drag the slider through time, and click anything to read who says so. Press ",
            h("kbd", {}, "?"),
            " for the keys.",
          ],
    ),
    h("button", { type: "button", class: "quiet", on: { click: closeHint } }, "Got it"),
  );
  byId("hint").hidden = false;
  addEventListener("click", closeHint);
  onChange(["t", "reading", "selection", "rule", "view", "span", "rows", "unchanged"], closeHint);
}

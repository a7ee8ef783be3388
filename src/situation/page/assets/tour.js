// The guided tour: captioned stops, one after the other, each with its time, its place and the claims that it rests on.
import { byId, h, link, name, replace, speak } from "./core/elements.js";
import { CLAIMS, P, PLACES } from "./core/payload.js";
import { go, page, select } from "./core/state.js";
import { day, number, plain } from "./core/text.js";

const STOPS = P.tour ?? [];

/** Whether there is a tour. */
export const TOURED = STOPS.length > 0;

/** How many stops it has. */
export const STOPS_IN_TOUR = STOPS.length;

/**
 * What a stop, counted from one, shows.
 * @param {number} stop
 * @returns {Partial<Made.State>}
 */
export function shownAtStop(stop) {
  const { at, place } = STOPS[stop - 1];
  return { stop, t: at, selection: place !== null && PLACES.has(place) ? { kind: "place", id: place } : null };
}

/**
 * Go to a stop, counted from one; 0 ends the tour.
 * @param {number} stop
 */
export function goToStop(stop) {
  const one = STOPS[stop - 1];
  if (!one) {
    go({ stop: 0 });
    return;
  }
  go(shownAtStop(stop));
  speak(`${number(stop)} of ${number(STOPS.length)}, ${day(one.at)}: ${plain(one.text, 600)}`);
}

/** The next stop, or the one before; from nowhere the first. @param {1 | -1} way */
export function stepStop(way) {
  if (!TOURED) return;
  const next = page.stop + way;
  if (next >= 1 && next <= STOPS.length) goToStop(next);
}

/** The caption of the stop, with what leads on, back and out. */
export function drawTour() {
  const box = byId("tour-box"),
    one = STOPS[page.stop - 1];
  byId("tour").hidden = !TOURED;
  byId("tour").setAttribute("aria-pressed", one ? "true" : "false");
  box.hidden = !one;
  if (!one) {
    replace(box);
    return;
  }
  const within = box.contains(document.activeElement) ? document.activeElement.id : "";
  const step = (id, words, way) =>
    h(
      "button",
      { type: "button", id, disabled: !STOPS[page.stop - 1 + way], on: { click: () => stepStop(way) } },
      words,
    );
  replace(
    box,
    h(
      "p",
      {},
      h("strong", {}, `${number(page.stop)} of ${number(STOPS.length)} \u00b7 ${day(one.at)}`),
      " ",
      name(one.text, 600),
      " ",
      h(
        "span",
        { class: "soft" },
        one.claims
          .filter((id) => CLAIMS.has(id))
          .map((id, i) => [i ? ", " : "", link(() => select("claim", id), plain(id, 40))]),
      ),
    ),
    h(
      "div",
      { class: "tour-steps" },
      step("tour-back", "\u2039 Back", -1),
      step("tour-on", "Next \u203a", 1),
      h("button", { type: "button", id: "tour-end", on: { click: () => goToStop(0) } }, "End tour"),
    ),
  );
  if (!within) return;
  const buttons = [...box.querySelectorAll("button")],
    same = buttons.find((button) => button.id === within && !button.disabled);
  (same ?? buttons.at(-1)).focus({ preventScroll: true });
}
byId("tour").addEventListener("click", () => goToStop(page.stop ? 0 : 1));

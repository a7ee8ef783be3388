// The head of what is chosen, and links that choose.
import { marker } from "./colours.js";
import { byId, h, link, name } from "./elements.js";
import { actorName, placeName } from "./payload.js";
import { select } from "./state.js";

/**
 * @param {string | null} title
 * @param {...Made.Child} under
 * @returns {HTMLElement}
 */
export function heading(title, ...under) {
  return h(
    "div",
    { class: "chosen-head" },
    h("h3", {}, name(title, 200)),
    h("button", { type: "button", class: "quiet close", on: { click: closeDetail } }, "Close"),
    h("p", { class: "under" }, under),
  );
}
export function closeDetail() {
  select(null);
  byId("detail-heading").focus({ preventScroll: true });
}

/**
 * @param {string | null} id
 * @returns {Made.Child}
 */
export function placeLink(id) {
  return id === null || id === undefined ? "" : link(() => select("place", id), name(placeName(id), 60));
}

/**
 * @param {string[]} ids
 * @returns {Made.Child}
 */
export function actorList(ids) {
  return ids.map((id, i) => [i ? ", " : "", marker(id), " ", name(actorName(id), 60)]);
}

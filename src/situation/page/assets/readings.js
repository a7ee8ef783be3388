// The readings to choose from.
import { byId, h, replace, segments } from "./core/elements.js";
import { READINGS } from "./core/record.js";
import { go, page, reading } from "./core/state.js";
import { BRANCH, ofRecord } from "./core/stories.js";
import { plain } from "./core/text.js";
import { storyTitle } from "./claims/storydetail.js";

/** The readings as buttons; on a page of stories the record's own stand in a list beside them, and single stories in another. */
export function drawReadings() {
  const all = [...READINGS.values()],
    single = all.filter((one) => one.story),
    pick = byId("one-story");
  const listed = BRANCH === null ? [] : all.filter(ofRecord),
    whole = all.filter((one) => !one.story && !one.view && !listed.includes(one));
  byId("readings").hidden = READINGS.size < 2;
  segments(byId("readings"), whole, page.reading, (id) => go({ reading: id }));
  offerList(byId("of-record"), "The record \u2026", listed);
  offerList(
    byId("as-seen"),
    "As one side says \u2026",
    all.filter((one) => one.view),
  );
  pick.hidden = !single.length;
  if (!single.length) return;
  if (!pick.options.length)
    replace(
      pick,
      h("option", { value: "" }, "One story \u2026"),
      single.map((one) => h("option", { value: plain(one.id, 60) }, storyTitle(one))),
    );
  pick.value = reading().story ? page.reading : "";
  pick.classList.toggle("on", Boolean(reading().story));
}
/**
 * Some readings in a list beside the buttons, marked where one of them is the present.
 * @param {HTMLSelectElement} pick
 * @param {string} title
 * @param {Made.Reading[]} listed
 */
function offerList(pick, title, listed) {
  pick.hidden = !listed.length;
  if (!listed.length) return;
  if (!pick.options.length)
    replace(
      pick,
      h("option", { value: "" }, title),
      listed.map((one) => h("option", { value: plain(one.id, 60), title: plain(one.hint, 200) }, plain(one.label, 60))),
    );
  const chosen = listed.some((one) => one.id === page.reading);
  pick.value = chosen ? page.reading : "";
  pick.classList.toggle("on", chosen);
}

const firstWhole = () => [...READINGS.values()].find((one) => !one.story);
for (const pick of [byId("of-record"), byId("as-seen"), byId("one-story")])
  pick.addEventListener("change", () => go({ reading: pick.value || firstWhole().id }));

// The field in which a day is typed: read and written in one form in every place and language, "3 Nov 2017".
import { byId } from "../core/elements.js";
import { FROM } from "../core/payload.js";
import { END, go, page } from "../core/state.js";
import { dayEnd, dayStart, localDate } from "../core/calendar.js";
import { day, LONG_MONTHS, MONTHS, readStamp } from "../core/text.js";
import { play, playing, stepDay } from "./slider.js";

const dayField = byId("goto");
const pad = (value, width) => String(value).padStart(width, "0");

/**
 * The number of a month by its whole name or its usual short form, "Sept" among them; 0 where no month is called that.
 * @param {string} word
 * @returns {number}
 */
function monthOf(word) {
  const written = word.toLowerCase().replace(/^sept$/, "sep");
  return MONTHS.findIndex((short, i) => [short, LONG_MONTHS[i]].some((one) => one.toLowerCase() === written)) + 1;
}

/**
 * The last minute of a typed day: "3 Nov 2017", "Nov 3, 2017", "3 November", "3.11.2017", "2017-11-03"; of a day without a year that of the selected one.
 * @param {string} typed
 * @returns {number | null}
 */
function readDay(typed) {
  const text = typed.trim().replace(/[,.]/g, " ").replace(/\s+/g, " ");
  if (/^-?\d{4}-\d\d-\d\d$/.test(text)) return readStamp(text);
  const numbers = /^(\d{1,2}) (\d{1,2}) (\d{4})$/.exec(text);
  if (numbers) return readStamp(`${numbers[3]}-${pad(numbers[2], 2)}-${pad(numbers[1], 2)}`);
  const dayFirst = text.replace(/^([a-z]{3,9}) (\d{1,2})(?= |$)/i, "$2 $1");
  const parts = /^(\d{1,2}) ?([a-z]{3,9})(?: (\d{1,4})(?: (bce|ce))?)?$/i.exec(dayFirst);
  if (!parts) return null;
  const month = monthOf(parts[2]),
    year = parts[3] ? (/^bce$/i.test(parts[4] ?? "") ? 1 - Number(parts[3]) : Number(parts[3])) : localDate(page.t).year;
  return month ? readStamp(`${year < 0 ? "-" : ""}${pad(Math.abs(year), 4)}-${pad(month, 2)}-${pad(parts[1], 2)}`) : null;
}

/** Say what is wrong with what was typed; nothing where nothing is. The line is always there, so that what comes into it is spoken. */
function advise(words) {
  byId("goto-advice").textContent = words;
  dayField.setAttribute("aria-invalid", words ? "true" : "false");
}

/** Go to the day that was typed, if there is one and the window holds it. */
function follow() {
  const t = readDay(dayField.value);
  if (dayField.value.trim() === day(page.t)) advise("");
  else if (t === null) advise("Type a day as 3 Nov 2017, Nov 3, 2017, 3.11.2017 or 2017-11-03.");
  else if (dayEnd(t) < FROM || dayStart(t) > END()) advise(`Type a day from ${day(FROM)} to ${day(END())}.`);
  else {
    advise("");
    if (playing.on) play(false);
    go({ t });
    dayField.value = day(t);
  }
}

/** Show the selected day, unless somebody is typing another. */
export function drawDayField() {
  if (document.activeElement === dayField && !playing.on) return;
  dayField.value = day(page.t);
  advise("");
}

dayField.addEventListener("change", follow);
dayField.addEventListener("focus", () => dayField.select());
dayField.addEventListener("blur", () => {
  if (!byId("goto-advice").textContent) dayField.value = day(page.t);
});
dayField.addEventListener("keydown", (event) => {
  const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 7, PageDown: -7 }[event.key];
  if (event.key === "Enter") follow();
  else if (event.key === "Escape") {
    dayField.value = day(page.t);
    advise("");
  } else if (way) {
    event.preventDefault();
    if (playing.on) play(false);
    stepDay(way);
    dayField.value = day(page.t);
    advise("");
  }
});

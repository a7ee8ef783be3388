// Finding a place by any of its spellings.
import { control, controlWords } from "./core/control.js";
import { byId, h, name, replace, speak } from "./core/elements.js";
import { P } from "./core/payload.js";
import { page, reading, select } from "./core/state.js";
import { looseSpellings, spelling, spellingKey } from "./core/spelling.js";
import { lookAt } from "./map/mapmoves.js";
import { THEATRE } from "./map/area.js";
import { controlMarker } from "./map/sharemarks.js";

const SPELLINGS = P.places.map((place) => ({
  place,
  words: [place.name, place.id.replace(/-/g, " "), ...place.aliases].map((text) => ({
    text,
    key: spellingKey(text),
    plainly: spelling(text),
    loosely: looseSpellings(text),
  })),
}));
const finder = { box: byId("search"), list: byId("found"), rows: [], at: -1 };

function find(text) {
  const wanted = spelling(text),
    key = spellingKey(text),
    loose = looseSpellings(text).filter((one) => one.length > 2),
    loosely = (word, test) => loose.some((one) => word.loosely.some((other) => test(other, one)));
  if (!wanted) return [];
  const matches = [];
  for (const { place, words } of SPELLINGS) {
    const rank = (word) =>
      word.plainly === wanted || word.key === key
        ? 0
        : word.plainly.startsWith(wanted)
          ? 1
          : word.plainly.split(" ").some((part) => part.startsWith(wanted))
            ? 2
            : word.plainly.includes(wanted)
              ? 3
              : loosely(word, (a, b) => a === b)
                ? 4
                : loosely(word, (a, b) => a.startsWith(b))
                  ? 5
                  : loosely(word, (a, b) => b.length > 3 && a.includes(b))
                    ? 6
                    : 9;
    const best = words.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    if (rank(best) < 9) matches.push({ place, rank: rank(best), by: best.text });
  }
  return matches.sort((a, b) => a.rank - b.rank || (a.place.name < b.place.name ? -1 : 1)).slice(0, 8);
}

function showFound() {
  finder.rows = find(finder.box.value);
  finder.at = finder.rows.length ? 0 : -1;
  const typed = finder.box.value.trim() !== "";
  replace(
    finder.list,
    finder.rows.map((row, i) =>
      h(
        "li",
        {
          role: "option",
          id: `found-${i}`,
          "aria-selected": i === 0 ? "true" : "false",
          on: {
            pointerdown: (event) => {
              event.preventDefault();
              take(i);
            },
          },
        },
        controlMarker(control(reading(), row.place.id, page.t)),
        " ",
        name(row.place.name, 60),
        row.by !== row.place.name ? h("span", { class: "soft" }, " ", name(row.by, 40)) : "",
      ),
    ),
    typed && !finder.rows.length
      ? h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No place of that name")
      : null,
  );
  finder.list.hidden = !typed;
  finder.box.setAttribute("aria-expanded", typed ? "true" : "false");
  mark();
}
function mark() {
  [...finder.list.children].forEach((row, i) => row.setAttribute("aria-selected", i === finder.at ? "true" : "false"));
  if (finder.at >= 0) finder.box.setAttribute("aria-activedescendant", `found-${finder.at}`);
  else finder.box.removeAttribute("aria-activedescendant");
}
function closeFound() {
  finder.list.hidden = true;
  finder.box.setAttribute("aria-expanded", "false");
  finder.box.removeAttribute("aria-activedescendant");
}
function take(i) {
  const row = finder.rows[i];
  if (!row) return;
  finder.box.value = "";
  closeFound();
  const seen = page.view !== "valley" || THEATRE.includes(row.place);
  lookAt(row.place);
  select("place", row.place.id, seen ? {} : { view: "all" });
  speak(`${row.place.name}: ${controlWords(control(reading(), row.place.id, page.t))}.`);
}

/** Let the box at the top find places. */
export function offerSearch() {
  finder.box.addEventListener("input", showFound);
  finder.box.addEventListener("blur", closeFound);
  finder.box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && finder.rows.length) {
      event.preventDefault();
      finder.at = (finder.at + step + finder.rows.length) % finder.rows.length;
      mark();
    }
    if (event.key === "Enter") {
      event.preventDefault();
      take(finder.at);
    }
    if (event.key === "Escape") {
      event.preventDefault();
      finder.box.value = "";
      closeFound();
      finder.box.blur();
    }
  });
}

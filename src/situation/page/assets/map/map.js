// The map: the sheet in the middle and close-ups of the places that stand too close together on it.
import { isDark } from "../core/colours.js";
import { control, isDisputed } from "../core/control.js";
import { byId, h, replace, s, segments } from "../core/elements.js";
import { actorName, P, placeName, root } from "../core/payload.js";
import { after, differing, go, page, reading } from "../core/state.js";
import { DAY } from "../core/calendar.js";
import { count, longDay, plain } from "../core/text.js";
import { drawFrame, drawOutside, frames, setOut } from "./closeups.js";
import { fillSheet } from "./fill.js";
import { draggable, walkMap, zoom } from "./mapmoves.js";
import { sheet } from "./sheet.js";
import { app6, SYMBOL_WORDS } from "./symbols.js";

const VIEWS = [
  { id: "valley", label: "Main area", hint: "The places round which most of the story turns" },
  { id: "all", label: "Whole map", hint: "Every place of the situation" },
];
const RULES = [
  { id: "roads", label: "Towns and roads", hint: "Roads take the colour of who holds their ends" },
  { id: "points", label: "Points only", hint: "Only the places themselves are coloured" },
];
const RULE_WORDS = {
  roads:
    "Coloured: places, and the roads between them by who holds each end. " +
    "Ground away from them is left blank: nobody reported who stands there.",
  points: "Coloured: only the places themselves. Lines show which places are joined.",
};

function markState(t) {
  const state = new Map();
  for (const place of P.places) state.set(place.id, control(reading(), place.id, t));
  return state;
}

/** @param {Set<Made.Part>} changed */
export function drawMap(changed) {
  const moved = changed.has("size") || changed.has("view") || changed.has("charts");
  if (moved || !sheet.camera) {
    setOut();
    drawOutside();
  }
  const state = markState(page.t);
  const key = JSON.stringify([
    [...state.values()].map((c) => [
      c.holder,
      c.status,
      c.parts,
      c.besieger,
      c.declared,
      c.unsure && 1,
      c.since > page.t - DAY,
      c.shares?.map((one) => one.share),
    ]),
    page.selection,
    page.rule,
    app6(),
    page.reading,
    isDark(),
    sheet.camera,
    sheet.w,
    P.places.map((place) => [placeName(place.id), isDisputed(reading(), place.id, page.t)]),
    page.whose,
  ]);
  byId("map").querySelector("svg.main")?.setAttribute("aria-label", mapWords(state)); // of this day, also where it looks the same
  if (key === sheet.drawn) return;
  sheet.drawn = key;
  const crowded = new Set(sheet.closeups.flatMap((close) => close.places.map((place) => place.id)));
  const over = sheet.closeups.filter((close) => close.spot).map((close) => close.spot);
  /** @type {SVGSVGElement | null} */
  let svg = byId("map").querySelector("svg.main");
  if (!svg) {
    svg = s("svg", { class: "main", role: "img" });
    byId("map").append(svg);
    draggable(svg);
    byId("map").addEventListener("keydown", walkMap);
  }
  const framed = frames();
  fillSheet(svg, sheet.camera, sheet.w, sheet.h, state, {
    obstacles: [...over, ...framed.map((one) => one.box)],
    crowded: page.view === "free" ? new Set() : crowded,
    close: null,
    framed: () => framed.map(drawFrame),
  });
  svg.setAttribute("aria-label", mapWords(state));
  svg.style.touchAction = page.view === "free" ? "none" : "";
  byId("map").style.aspectRatio = `${sheet.w} / ${sheet.h}`;
  layCloseups();
  for (const close of sheet.closeups)
    fillSheet(inset.svgs.get(close), close.camera, close.w, close.h, state, {
      obstacles: [{ x: 0, y: 0, w: close.w, h: 18 }],
      crowded: new Set(),
      close: new Set(close.places.map((place) => place.id)),
      framed: () => [],
    });
}

/** The close-ups that stand on the page, each with its drawing. */
const inset = { of: null, svgs: new Map() };

/** Put the close-ups where they were set out, unless they stand there. */
function layCloseups() {
  if (inset.of === sheet.closeups) return;
  inset.of = sheet.closeups;
  inset.svgs.clear();
  byId("map")
    .querySelectorAll(".closeup")
    .forEach((node) => node.remove());
  replace(byId("closeups"));
  for (const close of sheet.closeups) {
    const inner = s("svg", { role: "img", "aria-label": `Close-up ${plain(close.title)}` });
    const style = close.spot
      ? {
          left: `${(100 * close.spot.x) / sheet.w}%`,
          top: `${(100 * close.spot.y) / sheet.h}%`,
          width: `${(100 * close.w) / sheet.w}%`,
        }
      : {};
    (close.spot ? byId("map") : byId("closeups")).append(
      h("figure", { class: `closeup ${close.spot ? "over" : close.letter ? "" : "far"}`, style }, h("figcaption", {}, close.title), inner),
    );
    inset.svgs.set(close, inner);
  }
}

function mapWords(state) {
  const holders = new Map();
  const differ = [...state.values()].filter((c) => c.status === "shares" || c.status === "difference").length;
  for (const c of state.values()) if (c.holder) holders.set(root(c.holder), (holders.get(root(c.holder)) ?? 0) + 1);
  const parts = [
    [...holders].map(([id, n]) => `${actorName(id)} ${n}`).join(", "),
    differ ? `${count(differ, "place")} where ${differing() ? "scenario and baseline" : "the stories"} differ` : "",
  ].filter(Boolean);
  return `Map on ${longDay(page.t)}${parts.length ? ": " : ""}${parts.join("; ")}. The table below lists every place.`;
}

/**
 * The words under the map, and its switches.
 * @param {Set<Made.Part>} changed
 */
export function drawMapWords(changed) {
  const words = `${RULE_WORDS[page.rule]}${app6() ? ` ${SYMBOL_WORDS}` : ""}${after(page.t) ? ` ${storyRule()}` : ""}`;
  if (byId("rule-words").textContent !== words) replace(byId("rule-words"), words);
  if (!changed.has("view") && !changed.has("rule") && !changed.has("charts")) return;
  segments(byId("rules"), RULES, page.rule, (rule) => go({ rule }));
  segments(byId("views"), VIEWS, page.view, (view) => go({ view }));
}
byId("zoom-in").addEventListener("click", () => zoom(1.5));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.5));

function storyRule() {
  return differing()
    ? "After the branch a place is larger and stronger in colour the more the share of stories differs in which the chosen " +
        "side holds it; beside its name stand the points, and the shares in baseline and scenario. A small circle means no difference."
    : "After the branch a ring shows in what share of the stories each side " +
        "holds a place; one full colour means all of them.";
}

// The map: the sheet in the middle and close-ups of the places that stand too close together on it.
import { isDark } from "../core/colours.js";
import { assumedWords, control, controlWords, disputedSpans, unsureWords } from "../core/control.js";
import { byId, h, name, replace, s, segments } from "../core/elements.js";
import { actorName, P, placeName, PLACES, root } from "../core/payload.js";
import { after, differing, go, page, reading, select, storiesNow } from "../core/state.js";
import { shareErrors, storiesWords } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { count, day, longDay, plain } from "../core/text.js";
import { pointed } from "../core/tooltip.js";
import { drawFrame, drawOutside, frames, setOut } from "./closeups.js";
import { layLabels } from "./labels.js";
import { countryNames, drawGround, drawLinks, drawMark, drawNames, drawScale } from "./mapmarks.js";
import { draggable, walkMap, zoom } from "./mapmoves.js";
import { WEIGHT } from "./projection.js";
import { points, sheet } from "./sheet.js";
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

function labelItems(at, crowded, members) {
  const items = [];
  for (const [id, point] of at) {
    const place = PLACES.get(id),
      chosen = page.selection?.kind === "place" && page.selection.id === id;
    if (point.out || (point.dot && !chosen)) continue;
    const major = place.size === "major";
    if (crowded.has(id) && !major && !chosen) continue;
    items.push({
      id,
      text: plain(placeName(id), 34),
      x: point.x,
      y: point.y,
      r: point.r,
      bold: major,
      size: major ? 12.5 : 11,
      area: place.area,
      must: major || chosen || members?.has(id) ? 1 : 0,
      weight: WEIGHT.get(id) + (major ? 50 : 0) + (chosen ? 500 : 0),
    });
  }
  return items;
}

function markState(t) {
  const state = new Map();
  for (const place of P.places) state.set(place.id, control(reading(), place.id, t));
  return state;
}

/** Fill one svg: ground, links, markers, names, scale. */
function fillSheet(svg, camera, w, h, state, obstacles, crowded, close) {
  const at = points(camera, w, h, close);
  const links = drawLinks(at, state, page.rule);
  const marks = s("g", { class: "marks" });
  const order = [...at]
    .filter(([, point]) => !point.out)
    .sort(
      (a, b) =>
        Number(b[1].dot) - Number(a[1].dot) ||
        Number(PLACES.get(a[0]).size === "major") - Number(PLACES.get(b[0]).size === "major"),
    );
  for (const [id, point] of order) {
    const place = PLACES.get(id),
      c = state.get(id);
    const node = drawMark(place, point, c, {
      chosen: page.selection?.kind === "place" && page.selection.id === id,
      fresh: c.since !== null && c.since > page.t - DAY && c.row?.entry?.mark !== "opening",
      disputed: !c.shares && disputedSpans(reading(), id).some((one) => one.from <= page.t),
    });
    marks.append(
      pointed(
        node,
        () => placeTip(place, c),
        () => select("place", id),
      ),
    );
  }
  const scaleBox = scaleRoom(at, w, h, close ? 74 : 100);
  const laid = layLabels(
    labelItems(at, crowded, close),
    [
      ...obstacles,
      ...countryNames(camera, w, h).map((one) => one.box),
      ...order
        .filter(([, { dot }]) => !dot)
        .map(([id, { x, y, r }]) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, of: id })),
      ...signBoxes(at, state),
      scaleBox,
    ],
    { w, h },
  );
  const names = drawNames(laid, page.selection?.kind === "place" ? page.selection.id : null);
  svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
  replace(
    svg,
    drawGround(camera, w, h),
    links,
    marks,
    names,
    drawScale(camera, scaleBox.x ? w : null, h, close ? 60 : 90),
  );
}

/** Room for the scale bar: at the right, or at the left where a place stands in its way. */
function scaleRoom(at, w, h, wide) {
  const right = { x: w - wide, y: h - 30, w: wide, h: 30 };
  return [...at.values()].some((p) => !p.out && p.x + p.r + 4 > right.x && p.y + p.r + 6 > right.y)
    ? { ...right, x: 0 }
    : right;
}

/** Where the signs for an unsure date and for a dispute stand, so that no name covers them. */
function signBoxes(at, state) {
  return [...at]
    .filter(
      ([id, p]) =>
        !p.dot && !p.out && (state.get(id).unsure || disputedSpans(reading(), id).some((one) => one.from <= page.t)),
    )
    .map(([, p]) => ({ x: p.x - p.r - 17, y: p.y - p.r - 9, w: 16, h: 11 }));
}

function placeTip(place, c) {
  return [
    name(placeName(place.id), 60),
    controlWords(c),
    c.since === null ? null : `since ${day(c.since)}`,
    c.shares ? `of ${storiesWords(storiesNow())} on ${day(page.t)}` : null,
    shareErrors(c),
    c.unsure ? unsureWords(c.unsure) : null,
    c.assumed ? assumedWords(c) : null,
  ];
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
    reading().disputes.map((d) => d.from <= page.t),
  ]);
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
  fillSheet(
    svg,
    sheet.camera,
    sheet.w,
    sheet.h,
    state,
    [...over, ...framed.map((one) => one.box)],
    page.view === "free" ? new Set() : crowded,
    null,
  );
  svg.insertBefore(s("g", {}, framed.map(drawFrame)), svg.querySelector(".marks"));
  svg.setAttribute("aria-label", mapWords(state));
  svg.style.touchAction = page.view === "free" ? "none" : "";
  byId("map").style.aspectRatio = `${sheet.w} / ${sheet.h}`;
  byId("map")
    .querySelectorAll(".closeup")
    .forEach((node) => node.remove());
  replace(byId("closeups"));
  for (const close of sheet.closeups) {
    const inner = s("svg", { role: "img", "aria-label": `Close-up ${plain(close.title)}` });
    fillSheet(
      inner,
      close.camera,
      close.w,
      close.h,
      state,
      [{ x: 0, y: 0, w: close.w, h: 18 }],
      new Set(),
      new Set(close.places.map((place) => place.id)),
    );
    const style = close.spot
      ? {
          left: `${(100 * close.spot.x) / sheet.w}%`,
          top: `${(100 * close.spot.y) / sheet.h}%`,
          width: `${(100 * close.w) / sheet.w}%`,
        }
      : {};
    (close.spot ? byId("map") : byId("closeups")).append(
      h("figure", { class: `closeup ${close.spot ? "over" : ""}`, style }, h("figcaption", {}, close.title), inner),
    );
  }
}

function mapWords(state) {
  const holders = new Map();
  const differ = [...state.values()].filter((c) => c.status === "shares" || c.status === "difference").length;
  for (const c of state.values()) if (c.holder) holders.set(root(c.holder), (holders.get(root(c.holder)) ?? 0) + 1);
  return (
    `Map on ${longDay(page.t)}: ${[...holders].map(([id, n]) => `${actorName(id)} ${n}`).join(", ")}${differ ? `; ${count(differ, "place")} where ${differing() ? "scenario and baseline" : "the stories"} differ` : ""}. ` +
    "The table below lists every place."
  );
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
    ? "After the branch a ring shows who gains how much against the baseline; a small circle means no difference."
    : "After the branch a ring shows in what share of the stories each side " +
        "holds a place; one full colour means all of them.";
}

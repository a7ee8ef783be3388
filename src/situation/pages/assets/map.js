// The map: the sheet in the middle and close-ups of the places that stand too close together on it.
const VIEWS = [{ id: "valley", label: "Main area", hint: "The places round which most of the story turns" }, { id: "all", label: "Whole map", hint: "Every place of the situation" }];
const RULES = [
  { id: "roads", label: "Towns and roads", hint: "Roads take the colour of who holds their ends" },
  { id: "points", label: "Points only", hint: "Only the places themselves are coloured" },
];
const RULE_WORDS = {
  roads: "Coloured: places, and the roads between them by who holds each end. Ground away from them is left blank: nobody reported who stands there.",
  points: "Coloured: only the places themselves. Lines show which places are joined.",
};
const sheet = { w: 0, h: 0, camera: null, closeups: [], base: "", drawn: "" };

/** Where each place falls; minor places under a weightier one shrink to a dot, but in a close-up all stand side by side. */
function points(camera, w, h, close) {
  const order = [...P.places].sort((a, b) => (b.size === "major") - (a.size === "major") || WEIGHT.get(b.id) - WEIGHT.get(a.id));
  const at = new Map();
  for (const place of order) {
    const [x, y] = onSheet(camera, w, h, place.lon, place.lat);
    if (x < 7 || y < 7 || x > w - 7 || y > h - 7) { at.set(place.id, { x, y, r: 4, out: true, dot: true }); continue; }
    const r = (place.size === "major" ? 7 : 5) + (close ? 0.5 : 0);
    const near = !close && [...at].some(([id, other]) => !other.dot && !(place.size === "major" && PLACES.get(id).size === "major") && Math.hypot(other.x - x, other.y - y) < (other.r + r) * 0.85);
    at.set(place.id, { x, y, r: near ? 2.4 : r, dot: near });
  }
  const signs = [...at].filter(([id, point]) => !point.dot && !point.out && (close || PLACES.get(id).size === "major")).map(([, point]) => point);
  for (let again = close ? 6 : 1; again > 0; again -= 1) setApart(signs);
  return at;
}

/** Signs that would cover each other part by some pixels, each half the way, so that both can be seen and chosen. */
function setApart(signs) {
  signs.forEach((a, i) => signs.slice(i + 1).forEach((b) => {
    const dx = b.x - a.x, dy = b.y - a.y, away = Math.hypot(dx, dy) || 1, short = Math.min(12, a.r + b.r + 2.5 - away) / 2;
    if (short <= 0) return;
    a.x -= (dx / away) * short; a.y -= (dy / away) * short;
    b.x += (dx / away) * short; b.y += (dy / away) * short;
  }));
}

function labelItems(at, crowded, members) {
  const items = [];
  for (const [id, point] of at) {
    const place = PLACES.get(id), chosen = page.selection?.kind === "place" && page.selection.id === id;
    if (point.out || (point.dot && !chosen)) continue;
    const major = place.size === "major";
    if (crowded.has(id) && !major && !chosen) continue;
    items.push({ id, text: plain(place.name, 34), x: point.x, y: point.y, r: point.r, bold: major, size: major ? 12.5 : 11, area: AREAS.has(place.kind),
      must: major || chosen || members?.has(id) ? 1 : 0, weight: WEIGHT.get(id) + (major ? 50 : 0) + (chosen ? 500 : 0) });
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
  const order = [...at].filter(([, point]) => !point.out).sort((a, b) => b[1].dot - a[1].dot || (PLACES.get(a[0]).size === "major") - (PLACES.get(b[0]).size === "major"));
  for (const [id, point] of order) {
    const place = PLACES.get(id), c = state.get(id);
    const node = drawMark(place, point, c, {
      chosen: page.selection?.kind === "place" && page.selection.id === id, fresh: c.since !== null && c.since > page.t - DAY && c.row?.entry?.mark !== "opening",
      disputed: !c.shares && disputedSpans(reading(), id).some((one) => one.from <= page.t),
    });
    marks.append(pointed(node, () => placeTip(place, c), () => select("place", id)));
  }
  const scaleBox = scaleRoom(at, w, h, close ? 74 : 100);
  const laid = layLabels(labelItems(at, crowded, close), [...obstacles, ...countryNames(camera, w, h).map((one) => one.box), ...signBoxes(at, state), scaleBox], { w, h });
  const names = drawNames(laid, page.selection?.kind === "place" ? page.selection.id : null);
  svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
  replace(svg, drawGround(camera, w, h), links, marks, names, drawScale(camera, scaleBox.x ? w : null, h, close ? 60 : 90));
}

/** Room for the scale bar: at the right, or at the left where a place stands in its way. */
function scaleRoom(at, w, h, wide) {
  const right = { x: w - wide, y: h - 30, w: wide, h: 30 };
  return [...at.values()].some((p) => !p.out && p.x + p.r + 4 > right.x && p.y + p.r + 6 > right.y) ? { ...right, x: 0 } : right;
}

/** Where the signs for an unsure date and for a dispute stand, so that no name covers them. */
function signBoxes(at, state) {
  return [...at].filter(([id, p]) => !p.dot && !p.out && (state.get(id).unsure || disputedSpans(reading(), id).some((one) => one.from <= page.t)))
    .map(([, p]) => ({ x: p.x - p.r - 17, y: p.y - p.r - 9, w: 16, h: 11 }));
}

function placeTip(place, c) {
  return [name(place.name, 60), controlWords(c), c.since === null ? null : `since ${day(c.since)}`, c.shares ? `of ${storiesWords(told())} on ${day(page.t)}` : null, shareErrors(c),
    c.unsure ? unsureWords(c.unsure) : null, c.assumed ? assumedWords(c) : null];
}

/** The corner of the sheet where a box of this size covers no place. */
function freeCorner(camera, w, h, bw, bh, taken) {
  const corners = [{ x: w - bw - 8, y: 8 }, { x: 8, y: h - bh - 8 }, { x: 8, y: 8 }, { x: w - bw - 8, y: h - bh - 34 }].map((c) => ({ ...c, w: bw, h: bh }));
  return corners.find((box) => !taken.some((other) => overlap(box, other)) && !THEATRE.some((place) => {
    const [x, y] = onSheet(camera, w, h, place.lon, place.lat);
    return x > box.x - 26 && x < box.x + bw + 26 && y > box.y - 14 && y < box.y + bh + 14;
  })) ?? null;
}

/** The size of a close-up: wide where its places lie side by side. */
function closeupSize(places, w, over) {
  const b = bounds(places), ratio = ((b.east - b.west) * NARROW) / Math.max(b.north - b.south, 0.002) > 1.4 || !over ? 1.55 : 1.25;
  const cw = Math.round(w < 520 ? w - 24 : over ? w * (ratio > 1.4 ? 0.4 : 0.3) : (w - 32) / 2);
  return { cw, ch: Math.round(cw / ratio) };
}

/** The same camera a little further north, so that the title above covers no place. */
const underTitle = (camera) => ({ ...camera, lat: camera.lat + 9 / camera.k });

/** Set out the sheet for the present size and view: its camera, and the close-ups with their boxes. */
function setOut() {
  const w = sheet.w = Math.max(280, Math.round(byId("map").clientWidth)), narrow = w < 520;
  const base = Math.round(Math.min(Math.max(w * 0.64, 270), 450));
  const groups = crowds(cameraOver(THEATRE, 640, 420, { x: 62, y: 34 }), 640, 420, 17);
  const over = page.view === "valley" && w >= 620;
  for (const extra of over ? [0, 50, 100, 150] : [0]) {
    sheet.h = base + extra;
    if (page.view !== "free") {
      const home = page.view === "all" ? cameraOver(P.places, w, base, { x: 46, y: 28 }, 9000) : cameraOver(THEATRE, w, base, { x: narrow ? 36 : 62, y: 34 }, 9000);
      sheet.camera = { ...home, lat: home.lat - extra / 2 / home.k };
    }
    const taken = [];
    sheet.closeups = groups.map((places, i) => {
      const { cw, ch } = closeupSize(places, w, over), spot = over ? freeCorner(sheet.camera, w, sheet.h, cw, ch, taken) : null;
      if (spot) taken.push(spot);
      const largest = [...places].sort((p, q) => (q.size === "major") - (p.size === "major") || WEIGHT.get(q.id) - WEIGHT.get(p.id))[0];
      return { places, title: `${"AB"[i]}: around ${plain(largest.name, 30)}`, letter: "AB"[i], w: cw, h: ch, spot, camera: underTitle(cameraOver(places, cw, ch - 18, { x: 56, y: 26 })) };
    });
    if (taken.length === groups.length) break;
  }
}

/** Where the close-ups lie on the sheet: a frame each, its letter at the corner that is freest. */
function frames() {
  const { camera, w, h } = sheet, at = [...points(camera, w, h, false).values()].filter((point) => !point.out);
  return sheet.closeups.map((close) => {
    const b = bounds(close.places), gap = 11;
    const [x1, y1] = onSheet(camera, w, h, b.west, b.north), [x2, y2] = onSheet(camera, w, h, b.east, b.south);
    const corners = [[x2 + gap + 2, y1 - gap - 2], [x1 - gap - 12, y1 - gap - 2], [x2 + gap + 2, y2 + gap + 12], [x1 - gap - 12, y2 + gap + 12]].map(([x, y]) => ({ x, y: y - 10, w: 10, h: 12 }));
    const busy = (box) => at.reduce((sum, p) => sum + overlap(box, { x: p.x - p.r - 4, y: p.y - p.r - 4, w: 2 * p.r + 8, h: 2 * p.r + 8 }), 0);
    return { rect: { x: x1 - gap, y: y1 - gap, width: x2 - x1 + 2 * gap, height: y2 - y1 + 2 * gap }, letter: close.letter, box: corners.reduce((a, c) => (busy(c) < busy(a) ? c : a)) };
  });
}
function drawFrame({ rect, letter, box }) {
  return s("g", { class: "frame" }, s("rect", { ...rect, rx: 4 }), s("text", { x: box.x, y: box.y + 11 }, letter));
}

function drawMap(changed) {
  const moved = ["size", "view", "charts"].some((key) => changed.has(key));
  if (moved || !sheet.camera) setOut();
  const state = markState(page.t);
  const key = JSON.stringify([[...state.values()].map((c) => [c.holder, c.status, c.parts, c.besieger, c.declared, c.unsure && 1, c.since > page.t - DAY, c.shares?.map((one) => one.share)]),
    page.selection, page.rule, app6(), page.reading, isDark(), sheet.camera, sheet.w, reading().disputes.map((d) => d.from <= page.t)]);
  if (key === sheet.drawn) return;
  sheet.drawn = key;
  const crowded = new Set(sheet.closeups.flatMap((close) => close.places.map((place) => place.id)));
  const over = sheet.closeups.filter((close) => close.spot).map((close) => close.spot);
  let svg = byId("map").querySelector("svg.main");
  if (!svg) {
    svg = s("svg", { class: "main", role: "img" });
    byId("map").append(svg);
    draggable(svg);
    byId("map").addEventListener("keydown", walkMap);
  }
  const framed = frames();
  fillSheet(svg, sheet.camera, sheet.w, sheet.h, state, [...over, ...framed.map((one) => one.box)], page.view === "free" ? new Set() : crowded, null);
  svg.insertBefore(s("g", {}, framed.map(drawFrame)), svg.querySelector(".marks"));
  svg.setAttribute("aria-label", mapWords(state));
  svg.style.touchAction = page.view === "free" ? "none" : "";
  byId("map").style.aspectRatio = `${sheet.w} / ${sheet.h}`;
  byId("map").querySelectorAll(".closeup").forEach((node) => node.remove());
  replace(byId("closeups"));
  for (const close of sheet.closeups) {
    const inner = s("svg", { role: "img", "aria-label": `Close-up ${plain(close.title)}` });
    fillSheet(inner, close.camera, close.w, close.h, state, [{ x: 0, y: 0, w: close.w, h: 18 }], new Set(), new Set(close.places.map((place) => place.id)));
    const style = close.spot ? { left: `${(100 * close.spot.x) / sheet.w}%`, top: `${(100 * close.spot.y) / sheet.h}%`, width: `${(100 * close.w) / sheet.w}%` } : {};
    (close.spot ? byId("map") : byId("closeups")).append(h("figure", { class: `closeup ${close.spot ? "over" : ""}`, style }, h("figcaption", {}, close.title), inner));
  }
}

function mapWords(state) {
  const holders = new Map();
  const differ = [...state.values()].filter((c) => c.status === "shares" || c.status === "difference").length;
  for (const c of state.values()) if (c.holder) holders.set(root(c.holder), (holders.get(root(c.holder)) ?? 0) + 1);
  return `Map on ${longDay(page.t)}: ${[...holders].map(([id, n]) => `${actorName(id)} ${n}`).join(", ")}${differ ? `; ${count(differ, "place")} where ${differing() ? "scenario and baseline" : "the stories"} differ` : ""}. The table below lists every place.`;
}

/** The part of the map that is looked at, as the address carries it: longitude, latitude, pixels a degree. */
function cameraWords() {
  const { lon, lat, k } = sheet.camera;
  return `${lon.toFixed(3)},${lat.toFixed(3)},${k.toFixed(0)}`;
}
function readCamera(text) {
  const [lon, lat, k, ...more] = text.split(",").map(Number);
  if (more.length || ![lon, lat, k].every(Number.isFinite) || Math.abs(lon) > 180 || Math.abs(lat) > 90 || k < 5 || k > 20000) return false;
  sheet.camera = { lon, lat, k };
  gathered.add("view");
  return true;
}

function zoom(factor, middle = [sheet.w / 2, sheet.h / 2]) {
  const { camera, w, h } = sheet;
  const lon = camera.lon + (middle[0] - w / 2) / (camera.k * NARROW), lat = camera.lat - (middle[1] - h / 2) / camera.k;
  const k = Math.min(20000, Math.max(15, camera.k * factor)), f = camera.k / k;
  sheet.camera = { k, lon: lon + (camera.lon - lon) * f, lat: lat + (camera.lat - lat) * f };
  page.view = "free";
  gathered.add("view");
  go({});
}

/** Look at another part of the map: the middle moves by some pixels of the sheet. */
function pan(dx, dy, { lon, lat, k } = sheet.camera) {
  sheet.camera = { k, lon: lon + dx / (k * NARROW), lat: lat - dy / k };
  page.view = "free";
  gathered.add("view");
  go({});
}

/** Where a part of the map is looked at, go on with a place in the middle. */
function lookAt(place) {
  if (page.view === "free") pan(0, 0, { ...sheet.camera, lon: place.lon, lat: place.lat });
}

/** On the focused map the arrows move it, plus and minus change its scale. */
function walkMap(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = sheet.w / 8, way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (way) pan(...way);
  else if (event.key === "+" || event.key === "=") zoom(1.5);
  else if (event.key === "-") zoom(1 / 1.5);
  else return;
  event.preventDefault();
}

/** The mouse drags the map, and so does a finger once a part of it is looked at; before, a finger scrolls the page. */
function draggable(svg) {
  let held = null;
  const scale = () => sheet.w / svg.getBoundingClientRect().width;
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0 && event.isPrimary && (event.pointerType === "mouse" || page.view === "free")) held = { x: event.clientX, y: event.clientY, camera: sheet.camera }; });
  addEventListener("pointermove", (event) => {
    if (!held || !event.isPrimary || Math.hypot(event.clientX - held.x, event.clientY - held.y) < (event.pointerType === "mouse" ? 4 : 8)) return;
    pan((held.x - event.clientX) * scale(), (held.y - event.clientY) * scale(), held.camera);
  });
  for (const over of ["pointerup", "pointercancel"]) addEventListener(over, () => { held = null; });
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, [(event.clientX - box.left) * scale(), (event.clientY - box.top) * scale()]);
  }, { passive: false });
}

panel(["t", "reading", "selection", "rule", "symbols", "view", "theme", "size", "charts"], drawMap);
panel(["view", "rule", "symbols", "charts", "reading", "t"], (changed) => {
  const words = `${RULE_WORDS[page.rule]}${app6() ? ` ${SYMBOL_WORDS}` : ""}${after(page.t) ? ` ${storyRule()}` : ""}`;
  if (byId("rule-words").textContent !== words) replace(byId("rule-words"), words);
  if (!["view", "rule", "charts"].some((key) => changed.has(key))) return;
  segments(byId("rules"), RULES, page.rule, (rule) => go({ rule }));
  segments(byId("views"), VIEWS, page.view, (view) => go({ view }));
});
byId("zoom-in").addEventListener("click", () => zoom(1.5));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.5));

// The page's one state. Panels draw from it and never from each other; changes are gathered and drawn once a frame.
const page = {
  t: TO,
  reading: P.readings[0].id,
  selection: null,
  span: "all",
  spanFrom: FROM,
  view: "valley",
  rule: "roads",
  symbols: P.symbols ? "app6" : "shapes",
  theme: "system",
  question: firstQuestion(),
  about: "",
  order: "asked",
  side: "",
  rows: "source",
  unchanged: false,
  size: 0,
  charts: false,
};
const SPANS = [
  { id: "all", label: "whole window", days: null },
  { id: "month", label: "35 days", days: 35 },
  { id: "fortnight", label: "14 days", days: 14 },
  { id: "days", label: "4 days", days: 4 },
];
if (BRANCH !== null) SPANS.splice(1, 0, { id: "stories", label: "the stories", days: (TO - BRANCH) / DAY + 14 });
/** Begin where the payload says, else with the evening of the last change of control. */
function firstDate() {
  const last = READINGS.get(P.readings[0].id)
    .order.filter((entry) => entry.lane === "control" && entry.time <= TO)
    .at(-1);
  return P.start ?? (last ? Math.min(TO, dayEnd(last.time)) : TO);
}
const FIRST_DATE = firstDate(),
  firstMinute = () => Math.min(TO, Math.max(FROM, FIRST_DATE));

/** Begin with 35 days where most of what happens lies in them, else with the whole window. */
function recordSpan() {
  const at = Math.min(FIRST_DATE, RECORD_END),
    order = READINGS.get(P.readings[0].id).order.filter((entry) => entry.lane === "control");
  const near = order.filter((entry) => entry.time > at - 35 * DAY && entry.time <= at + 7 * DAY);
  return RECORD_END - FROM > 60 * DAY && near.length > order.length * 0.6 ? "month" : "all";
}
const RECORD_SPAN = recordSpan(),
  FIRST_SPAN = BRANCH === null ? RECORD_SPAN : "stories";
const SELECTABLE = ["event", "place", "claim", "dispute", "mismatch", "strength", "source", "coverage"];
const panels = [];
let gathered = new Set(),
  frame = 0;

/** Tell the page which parts of the state a panel draws from. */
function panel(keys, draw) {
  panels.push({ keys, draw });
}

function same(a, b) {
  return a === b || (a && b && typeof a === "object" && a.kind === b.kind && a.id === b.id);
}

/** Change the state; what depends on it is drawn in the next frame. */
function go(change) {
  if (change.t !== undefined) change = { ...change, t: Math.min(TO, Math.max(FROM, Math.round(change.t))) };
  for (const [key, value] of Object.entries(change)) {
    if (same(page[key], value)) continue;
    page[key] = value;
    gathered.add(key);
  }
  if (gathered.has("t") || gathered.has("reading")) keepInReading(change.t !== undefined);
  if (["t", "span", "reading"].some((key) => gathered.has(key))) keepInSpan();
  if (gathered.size) document.documentElement.dataset.address = "behind";
  if (gathered.size && !frame) frame = requestAnimationFrame(drawNow);
}

function drawNow() {
  cancelAnimationFrame(frame);
  frame = 0;
  const changed = gathered;
  gathered = new Set();
  const begun = performance.now();
  if (changed.has("reading")) showCards();
  for (const one of panels) if (one.keys.some((key) => changed.has(key))) one.draw(changed);
  performance.measure("step", { start: begun, end: performance.now() });
  writeAddress();
}

/** The record's own readings end where it ends; who goes back to the stories comes back to the date that was left. */
let beyond = null;
function keepInReading(moved) {
  if (page.t > END()) {
    beyond = page.t;
    page.t = END();
  } else if (beyond !== null && !recorded() && page.t === RECORD_END && !moved) {
    page.t = beyond;
    beyond = null;
  } else if (page.t !== RECORD_END) beyond = null;
  gathered.add("t");
}

/** Whether the charts may be asked to show a part: shorter than the window, and of stories only where there are some. */
const offered = (one) =>
  (one.days === null || one.days * DAY < END() - FROM) && !(one.id === "stories" && recorded());
/** The part of the window that the charts show; the record's own readings have one of theirs in place of the stories. */
function spanNow() {
  if (page.span === "stories" && recorded()) return RECORD_SPAN;
  return offered(SPANS.find((one) => one.id === page.span)) ? page.span : "all";
}

/** The selected date stays inside the part of the window that the charts show. */
function keepInSpan() {
  const length = spanLength(),
    end = END();
  let from = page.spanFrom;
  if (spanNow() === "all") from = FROM;
  else if (spanNow() === "stories" && page.t >= end - length) from = end - length;
  else if (gathered.has("span") || gathered.has("reading") || page.t < from || page.t > from + length) {
    from = Math.max(FROM, Math.min(end - length, dayStart(page.t - length * 0.5)));
  }
  if (from !== page.spanFrom) {
    page.spanFrom = from;
    gathered.add("spanFrom");
  }
}
function spanLength() {
  const days = SPANS.find((one) => one.id === spanNow()).days,
    whole = END() - FROM;
  return days === null ? whole : Math.min(days * DAY, whole);
}
const shown = () => [page.spanFrom, page.spanFrom + spanLength()];

const reading = () => READINGS.get(page.reading);

/** Choose something: its claims appear in the detail panel. */
function select(kind, id, change = {}) {
  go({ ...change, selection: kind === null ? null : { kind, id: String(id) } });
}

/** Is there such a thing in the present reading? */
function exists(kind, id) {
  const now = reading();
  switch (kind) {
    case "event":
      return now.byEntry.has(id);
    case "place":
      return PLACES.has(id);
    case "claim":
      return CLAIMS.has(id);
    case "source":
      return SOURCES.has(id);
    case "dispute":
      return now.disputes[Number(id)] !== undefined;
    case "mismatch":
      return now.mismatches[Number(id)] !== undefined;
    case "strength":
      return now.cells.has(id);
    case "coverage":
      return coverOf(id) !== null;
    default:
      return false;
  }
}

/** What a link asks for in vain stands in a line of its own until it is dismissed. */
function tellMissing(unknown, outside) {
  const said = [
    unknown.length
      ? `This link names ${unknown.map((one) => `\u201c${plain(one, 40)}\u201d`).join(", ")}, ` +
        "which this file does not have."
      : "",
    outside === null ? "" : `This link asks for ${day(outside)}, which lies outside the window of this file.`,
  ]
    .filter(Boolean)
    .join(" ");
  replace(
    byId("notice"),
    said
      ? [
          h("span", {}, said),
          " ",
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              on: {
                click: () => {
                  replace(byId("notice"));
                  slider.focus({ preventScroll: true });
                },
              },
            },
            "Dismiss",
          ),
        ]
      : null,
  );
}

let lastAddress = "",
  addressTimer = 0;
function address() {
  const parts = [
    ["t", stamp(page.t)],
    ["reading", page.reading],
  ];
  if (page.selection) parts.push([page.selection.kind, page.selection.id]);
  if (page.span !== FIRST_SPAN) parts.push(["span", page.span]);
  if (page.view === "all") parts.push(["view", "all"]);
  if (page.view === "free") parts.push(["map", cameraWords()]);
  if (page.rule !== "roads") parts.push(["rule", page.rule]);
  if (page.rows !== "source") parts.push(["rows", page.rows]);
  if (page.unchanged) parts.push(["unchanged", "shown"]);
  if (P.symbols && page.symbols !== "app6") parts.push(["symbols", page.symbols]);
  if (page.question !== firstQuestion()) parts.push(["question", page.question]);
  if (page.about) parts.push(["about", page.about]);
  if (page.order !== "asked") parts.push(["order", page.order]);
  if (page.side) parts.push(["side", page.side]);
  return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}
/** The address follows a moment after the last change; one that was followed meanwhile is read and not written over. */
function writeAddress() {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    if (location.hash !== lastAddress) return;
    const next = address();
    if (next !== lastAddress) history.replaceState(null, "", next);
    lastAddress = location.hash;
    document.documentElement.dataset.address = "current";
  }, 200);
}

/** Take the state from the address; what it leaves out is as at first, and what it names and we do not have is said, not guessed. */
function readAddress() {
  const change = {
      t: firstMinute(),
      selection: null,
      span: FIRST_SPAN,
      view: "valley",
      rule: "roads",
      rows: "source",
      unchanged: false,
      symbols: P.symbols ? "app6" : "shapes",
      question: firstQuestion(),
      about: "",
      order: "asked",
      side: "",
    },
    unknown = [];
  lastAddress = location.hash;
  const given = new URLSearchParams(lastAddress.slice(1)),
    wanted = given.get("reading");
  let outside = null;
  if (wanted !== null && !READINGS.has(wanted)) unknown.push(wanted);
  go({ reading: READINGS.has(wanted) ? wanted : P.readings[0].id });
  for (const [key, value] of given) {
    if (key === "t") {
      const t = readStamp(value);
      if (t === null) unknown.push(value);
      else {
        change.t = t;
        if (dayEnd(t) < FROM || dayStart(t) > TO) outside = t;
      }
    } else if (key === "span" && SPANS.some((one) => one.id === value)) change.span = value;
    else if (key === "view" && value === "all") change.view = "all";
    else if (key === "map") readCamera(value) ? (change.view = "free") : unknown.push(value);
    else if (key === "rule" && value === "points") change.rule = "points";
    else if (key === "rows" && value === "origin") change.rows = value;
    else if (key === "unchanged" && value === "shown") change.unchanged = true;
    else if (key === "symbols" && P.symbols && value === "shapes") change.symbols = value;
    else if (key === "about") PLACES.has(value) ? (change.about = value) : unknown.push(value);
    else if (key === "order" && value === "most") change.order = value;
    else if (key === "side") ACTORS.has(value) ? (change.side = value) : unknown.push(value);
    else if (key === "question")
      (told() ?? storiesOf("scenario"))?.questions.some((one) => one.id === value)
        ? (change.question = value)
        : unknown.push(value);
    else if (SELECTABLE.includes(key))
      exists(key, value) ? (change.selection = { kind: key, id: value }) : unknown.push(value);
  }
  go(change);
  writeAddress();
  tellMissing(unknown, outside);
}
function speak(text) {
  byId("spoken").textContent = plain(text, 300);
}

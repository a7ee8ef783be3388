// Coverage: how many claims each voice makes about each day, and the days about which nobody says anything.
import { placeLink } from "../core/chosen.js";
import { isDark } from "../core/colours.js";
import { byId, cutTo, h, link, name, replace, s, textWidth } from "../core/elements.js";
import { FROM, P, sourceName } from "../core/payload.js";
import { knownClaims, page, recorded, select, shownSpan } from "../core/state.js";
import { RECORD_END } from "../core/stories.js";
import { DAY, dayEnd, dayStart } from "../core/calendar.js";
import { count, day, moment, number, plain, readStamp, span, stamp } from "../core/text.js";
import { pointed } from "../core/tooltip.js";
import { timeTicks } from "../time/axis.js";

const COVER = { row: 20, head: 18, widest: 4 * DAY };
/** The part of the window that the record tells of: what lies after it is told by no source. */
const RECORDED_TO = RECORD_END;

/** The days that a claim is about; none where it gives no date nearer than four days. */
function daysOf(claim) {
  if (claim.earliest === null || claim.latest === null || claim.latest - claim.earliest > COVER.widest) return [];
  const days = [];
  for (let t = dayStart(claim.earliest); t <= Math.min(claim.latest, RECORDED_TO); t = dayEnd(t) + 1)
    if (t + DAY > FROM) days.push(t);
  return days;
}

/** From a row to its claims by day; the pieces of an outlet share one, and the rows with most claims come first. */
function coverRows() {
  const rows = new Map(),
    first = new Map();
  for (const { outlet, id } of [...P.sources].reverse()) first.set(outlet, id);
  for (const claim of P.claims) {
    const key = claim.background ? null : (first.get(sourceName(claim.source)) ?? claim.source);
    if (!rows.has(key)) rows.set(key, { key, claims: [], days: new Map(), pieces: new Set() });
    const row = rows.get(key);
    row.claims.push(claim);
    row.pieces.add(claim.source);
    for (const t of daysOf(claim)) row.days.set(t, [...(row.days.get(t) ?? []), claim]);
  }
  const pieces = P.sources.filter((source) => source.background).length;
  return [...rows.values()]
    .map((row) => ({ ...row, label: row.key === null ? `${count(pieces, "background piece")}` : sourceName(row.key) }))
    .sort(
      (a, b) =>
        Number(a.key === null) - Number(b.key === null) ||
        b.claims.length - a.claims.length ||
        (a.label < b.label ? -1 : 1),
    );
}
const COVER_ROWS = coverRows();
const COVERED = new Set(COVER_ROWS.flatMap((row) => [...row.days.keys()]));

/** Runs of days about which there is no claim: first day, last day, how many. */
function silences(days, from, to) {
  const runs = [];
  let since = null;
  for (let t = dayStart(from); t <= dayStart(to - 1); t = dayEnd(t) + 1) {
    if (days.has(t)) since = null;
    else if (since) {
      since.last = t;
      since.days += 1;
    } else runs.push((since = { first: t, last: t, days: 1 }));
  }
  return runs;
}
const SILENCES = silences(COVERED, FROM, RECORDED_TO);
/** Places at which nothing is told to have happened: what stands there is what stood there at the start. */
const UNTOLD = P.places.filter((place) =>
  P.readings[0].entries.every((entry) => entry.place !== place.id || entry.mark === "opening"),
);

/** How many days one column holds, and where the columns begin. */
function coverColumns(from, to, room) {
  const days = Math.max(1, Math.round((to - dayStart(from)) / DAY)),
    step = [1, 2, 3, 7, 14, 30, 91, 365, 1826, 3653].find((n) => (days / n) * 7 <= room) ?? 36525;
  const begin = (_, i) => dayStart(dayStart(from) + i * step * DAY + DAY / 2);
  return { step, starts: Array.from({ length: Math.ceil(days / step) }, begin) };
}

let coverKey = "";
export function drawCoverage() {
  const box = byId("coverage-chart"),
    known = knownClaims(page.t).length,
    w = Math.max(260, box.clientWidth);
  const [from, to] = recorded() ? shownSpan() : [FROM, RECORDED_TO];
  const key = JSON.stringify([
    known,
    recorded(),
    from,
    to,
    w,
    isDark(),
    page.selection?.kind === "coverage" && page.selection.id,
  ]);
  if (key === coverKey) return;
  coverKey = key;
  const left = Math.min(
      w * 0.36,
      Math.max(...COVER_ROWS.map((row) => textWidth(plain(row.label, 26), 12, false)), 40) + 14,
    ),
    right = w - 6;
  const { step, starts } = coverColumns(from, to, right - left),
    wide = (right - left) / starts.length;
  const bottom = COVER.head + (COVER_ROWS.length + 1) * COVER.row;
  const svg = s("svg", { viewBox: `0 0 ${w} ${bottom + 2}`, "aria-hidden": "true", focusable: "false" });
  starts.forEach((start, i) => {
    if (!claimsAbout(COVER_ROWS, start, step).length)
      svg.append(
        s("rect", {
          class: "silent",
          x: (left + i * wide).toFixed(1),
          width: wide.toFixed(1),
          y: COVER.head,
          height: bottom - COVER.head,
          fill: "url(#blank)",
        }),
      );
  });
  for (const { t, text } of timeTicks(left, right, 62, [starts[0], starts[0] + starts.length * step * DAY])) {
    const x = left + ((t - starts[0]) / (starts.length * step * DAY)) * (right - left);
    if (x < right - 34)
      svg.append(
        s("path", { class: "tick", d: `M${x.toFixed(1)},${COVER.head - 4}V${bottom}` }),
        s("text", { class: "when", x: x + 2, y: COVER.head - 7 }, text),
      );
  }
  COVER_ROWS.forEach((row, n) => {
    const y = COVER.head + n * COVER.row + COVER.row / 2;
    svg.append(
      s("path", { class: "tick", d: `M${left},${y}H${right}` }),
      s(
        "text",
        { class: "label small", x: left - 8, y: y + 4, "text-anchor": "end" },
        cutTo(plain(row.label, 60), left - 10, false),
      ),
    );
    starts.forEach((start, i) => {
      const claims = claimsAbout([row], start, step);
      if (claims.length) svg.append(coverMark(claims, left + (i + 0.5) * wide, y, start, step, row, wide));
    });
  });
  svg.append(
    s(
      "text",
      { class: "label small", x: left - 8, y: bottom - COVER.row / 2 + 4, "text-anchor": "end" },
      "all together",
    ),
  );
  const sums = starts.map((start) => claimsAbout(COVER_ROWS, start, step).length),
    most = Math.max(1, ...sums);
  sums.forEach((n, i) => {
    const high = Math.max(2, (COVER.row - 4) * (n / most));
    if (n)
      svg.append(
        s("rect", {
          class: "sum",
          x: (left + i * wide + 0.7).toFixed(1),
          width: Math.max(1, wide - 1.4).toFixed(1),
          y: (bottom - high).toFixed(1),
          height: high.toFixed(1),
        }),
      );
  });
  svg.append(s("path", { class: "tick", d: `M${left},${bottom}H${right}` }));
  replace(box, svg);
  box.setAttribute("aria-label", plain(`Claims about each day, by source. ${silenceWords()}`, 300));
}

/** The claims of some rows about the days of a column. */
function claimsAbout(rows, start, step) {
  const days = Array.from({ length: step }, (_, i) => dayStart(start + i * DAY + DAY / 2));
  return [...new Set(rows.flatMap((row) => days.flatMap((t) => row.days.get(t) ?? [])))];
}

/**
 * @param {number} start
 * @param {number} step
 * @returns {string}
 */
export const columnWords = (start, step) => (step === 1 ? day(start) : span(start, start + step * DAY - 1));

/** A dot as large as the claims are many: full where some were known at the selected minute, hollow where none was. */
function coverMark(claims, x, y, start, step, row, wide) {
  const known = claims.filter((claim) => claim.known <= page.t).length,
    r = Math.min(COVER.row / 2 - 1, 1.6 + 1.5 * Math.sqrt(claims.length));
  const id = `${row.key ?? "background"}/${stamp(start).slice(0, 10)}/${step}`;
  const chosen = page.selection?.kind === "coverage" && page.selection.id === id;
  const node = s(
    "g",
    { class: "cover" },
    s("circle", { class: "hit", cx: x.toFixed(1), cy: y, r: Math.max(r, Math.min(wide, COVER.row) / 2) }),
    s("circle", {
      class: `dotted${known ? "" : " hollow"}${chosen ? " chosen" : ""}`,
      cx: x.toFixed(1),
      cy: y,
      r: r.toFixed(1),
    }),
  );
  return pointed(
    node,
    () => [
      name(row.label, 60),
      `${count(claims.length, "claim")} about ${columnWords(start, step)}`,
      `${number(known)} known by ${moment(page.t)}`,
    ],
    () => select("coverage", id),
  );
}

/**
 * What a dot of the coverage stands for: its row, its first day, how many days, its claims. Null where there is none.
 * @param {string} id
 * @returns {{ row: any, start: number, step: number, claims: Given.Claim[] } | null}
 */
export function coverOf(id) {
  const [key, date, length] = id.split("/"),
    row = COVER_ROWS.find((one) => (one.key ?? "background") === key);
  const end = readStamp(date ?? ""),
    step = Number(length);
  if (!row || end === null || !Number.isInteger(step) || step < 1 || step > 36525) return null;
  const start = dayStart(end),
    claims = claimsAbout([row], start, step);
  return claims.length ? { row, start, step, claims } : null;
}

function silenceWords() {
  const days = Math.round((dayStart(RECORDED_TO - 1) - dayStart(FROM)) / DAY) + 1,
    silent = SILENCES.reduce((sum, run) => sum + run.days, 0);
  const longest = SILENCES.reduce((a, b) => (a && a.days >= b.days ? a : b), null);
  return longest
    ? `No claim speaks of ${number(silent)} of ${count(days, "day")} (hatched); ` +
        `the longest such stretch is ${span(longest.first, longest.last + DAY - 1)}. ` +
        "Silence is not peace."
    : "Some claim speaks of every day.";
}

/** The words and tables under the chart: they do not change with the date. */
export function drawCoverageWords() {
  const vague = P.claims.filter((claim) => !daysOf(claim).length).length;
  const cells = ({ label, claims, days, pieces }) => {
    const longest = silences(days, FROM, RECORDED_TO).reduce((a, b) => (a && a.days >= b.days ? a : b), null);
    return [
      h("th", { scope: "row" }, pieces.size > 1 ? label : link(() => select("source", [...pieces][0]), name(label, 60))),
      h("td", {}, number(claims.length)),
      h("td", {}, number(days.size)),
      h("td", {}, longest ? `${span(longest.first, longest.last + DAY - 1)} (${count(longest.days, "day")})` : "none"),
    ];
  };
  replace(
    byId("coverage-words"),
    h(
      "p",
      { class: "hint" },
      silenceWords(),
      vague
        ? ` ${count(vague, "claim")} ${vague === 1 ? "is" : "are"} left out: too wide in time, or outside the window.`
        : "",
    ),
    h(
      "details",
      {},
      h("summary", {}, "Each voice in numbers"),
      h(
        "table",
        { class: "full" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Voice", "Claims", "Days spoken of", "Longest silence"].map((word) => h("th", { scope: "col" }, word)),
          ),
        ),
        h(
          "tbody",
          {},
          COVER_ROWS.map((row) => h("tr", {}, cells(row))),
        ),
      ),
    ),
    UNTOLD.length
      ? h(
          "details",
          {},
          h("summary", {}, `Places where no event is reported (${number(UNTOLD.length)})`),
          h("p", { class: "hint" }, "What stands there is what stood there at the start of the window."),
          h(
            "ul",
            { class: "plainlist inline" },
            UNTOLD.map((place) => h("li", {}, placeLink(place.id))),
          ),
        )
      : null,
  );
}

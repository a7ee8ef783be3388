// What each panel shows as the rows of a table, from the same values: a line of heads, then the rows.
import { claimsBehind, control } from "./core/control.js";
import { actorName, CLAIMS, P, placeName, sourceName } from "./core/payload.js";
import { eventsAt } from "./core/record.js";
import { knownClaims, page, reading, storiesNow } from "./core/state.js";
import { BRANCH, shareWords } from "./core/stories.js";
import { DAY } from "./core/calendar.js";
import { isoTime } from "./core/text.js";
import { answerWords } from "./core/words.js";
import { pieces } from "./time/strippieces.js";
import { estimate, strengthCells, strengthName } from "./charts/strengths.js";

const when = (t) => (t === null || t === undefined || !Number.isFinite(t) ? "" : isoTime(t));
const dayOf = (stories, i) => isoTime(stories.days[i] ?? BRANCH + i * DAY);

function mapTable() {
  const heads = ["place", "name", "holder", "status", "shares", "since", "claims"];
  return [
    heads,
    ...P.places.map((place) => {
      const c = control(reading(), place.id, page.t);
      return [place.id, place.name, c.holder, c.status, c.shares ? shareWords(c) : "", when(c.since), claimsBehind(reading(), place.id, page.t).join(" ")];
    }),
  ];
}

function stripsTable() {
  const rows = P.places.flatMap((place) =>
    pieces(place.id).map((piece) => [place.id, place.name, when(piece.from), when(piece.to), piece.c.holder, piece.c.status]),
  );
  const shares = Object.entries(storiesNow()?.shares ?? {}).flatMap(([place, shares]) =>
    shares.rows.flatMap(([day, ...parts]) =>
      shares.holders.map((holder, i) => [place, placeName(place), dayOf(storiesNow(), day), "", holder, `share ${parts[i]}`]),
    ),
  );
  return [["place", "name", "from", "to", "holder", "status"], ...rows, ...shares];
}

const eventsTable = () => [
  ["event", "kind", "time", "earliest", "latest", "place", "text", "disputed", "claims", "against"],
  ...eventsAt(reading(), page.t).map((one) => [one.id, one.lane, when(one.time), when(one.earliest), when(one.latest), one.place, one.text, one.disputed ? "yes" : "", one.claims.join(" "), one.against.join(" ")]),
];

const claimsTable = () => [
  ["claim", "source", "title", "says", "happened_earliest", "happened_latest", "known"],
  ...knownClaims(page.t).map((one) => [one.id, one.source, sourceName(one.source), one.says, when(one.earliest), when(one.latest), when(one.known)]),
];

function strengthsTable() {
  const rows = strengthCells().flatMap((cell) => {
    const figure = estimate(cell, page.t),
      { actor, place } = strengthName(cell);
    return figure ? [[cell, actorName(actor), placeName(place), figure.value.low, figure.value.best, figure.value.high, when(figure.row.since)]] : [];
  });
  return [["cell", "actor", "place", "low", "best", "high", "since"], ...rows];
}

const disputesTable = () => [
  ["question", "cell", "relation", "answer", "weight", "claims"],
  ...reading().disputes.flatMap((one) =>
    one.answers.map((answer) => [one.question, one.cell, one.relation, answerWords(answer.value), answer.weight, answer.claims.join(" ")]),
  ),
  ...reading().mismatches.map((one) => [CLAIMS.get(one.claim)?.says ?? one.claim, "", "the state contradicts it", "", "", one.claim]),
];

/** Plain values of objects as a table: a column for each name that holds one. */
function plainTable(objects) {
  const flat = (value) => (Array.isArray(value) && value.every((one) => typeof one !== "object") ? value.join(" to ") : value);
  const rows = objects.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, flat(value)])));
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => row[key] !== null && typeof row[key] !== "object")))];
  return [heads, ...rows.map((row) => heads.map((head) => (typeof row[head] === "object" ? "" : row[head])))];
}

const hangsTable = () => plainTable(storiesNow().questions.find((one) => one.id === page.question)?.weights ?? []);
const expectedTable = () => plainTable(storiesNow().expected.map((one) => Object.fromEntries(Object.entries(one).map(([key, value]) => [key, /^p\d\d$/.test(key) ? when(value) : value]))));

function fansTable() {
  const stories = storiesNow();
  const rows = Object.entries(stories.bands).flatMap(([actor, bands]) =>
    bands.p50.map((_, i) => [actor, dayOf(stories, i), ...["p05", "p25", "p50", "p75", "p95"].map((level) => bands[level][i])]),
  );
  return [["actor", "day", "p05", "p25", "p50", "p75", "p95"], ...rows];
}

function clashesTable() {
  const stories = storiesNow();
  const rows = stories.clashes.flatMap((course) =>
    Object.entries(course.rungs).flatMap(([rung, steps]) =>
      steps.map(([day, share], i) => [course.between.join(" and "), rung, dayOf(stories, day), share, ...(course.errors?.[rung]?.[i] ?? [])]),
    ),
  );
  return [["between", "step", "day", "share", "low", "high"], ...rows];
}

function fatesTable() {
  const { days, sides } = storiesNow().fates;
  const rows = Object.entries(sides).flatMap(([side, fates]) =>
    Object.entries(fates).flatMap(([fate, men]) => men.map((value, i) => [side, fate, when(days[i]), value])),
  );
  return [["actor", "fate", "day", "men"], ...rows];
}

/** The words of a part of the page, without the marks that keep names from turning what stands beside them. */
const wordsOf = (node) => node.textContent.replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ").trim();

/** The lines of the inspector, each under its heading. */
function detailTable() {
  let head = "";
  const rows = [];
  for (const node of document.querySelectorAll("#detail :is(h3, h4, p, li, td, dd)")) {
    const text = wordsOf(node);
    if (/^H\d$/.test(node.tagName)) head = text;
    else if (text && !node.querySelector("li, p, dd")) rows.push([head, text]);
  }
  return [["heading", "text"], ...rows];
}

const TABLES = {
  map: mapTable,
  strips: stripsTable,
  events: eventsTable,
  reports: claimsTable,
  coverage: claimsTable,
  strengths: strengthsTable,
  disputes: disputesTable,
  detail: detailTable,
  questions: () => plainTable(storiesNow().questions),
  hangs: hangsTable,
  expected: expectedTable,
  fans: fansTable,
  clashes: clashesTable,
  fates: fatesTable,
};

/**
 * A panel's rows; of one that has none of its own, what its card says.
 * @param {string} panel
 * @returns {unknown[][]}
 */
export function tableOf(panel) {
  const rows = Object.hasOwn(TABLES, panel) ? TABLES[panel]() : [];
  if (rows.length > 1) return rows;
  const lines = document.querySelector(`.card.${panel}`)?.querySelectorAll("li, p, td") ?? [];
  return [["text"], ...[...lines].map((node) => [wordsOf(node)])];
}

// Who stands in a place at a minute, how sure that is, and whether it is disputed.
import { actorName, members, root } from "./payload.js";
import { rowAt, since } from "./record.js";
import { open, shareWords, storyControl } from "./stories.js";
import { dayStart } from "./calendar.js";
import { listWords, span } from "./text.js";

export const STATUSES = {
  held: "held",
  contested: "fought over",
  besieged: "besieged",
  mixed: "split",
  ungarrisoned: "nobody stands there",
  unknown: "not known",
  declared: "victory declared",
  shares: "stories differ",
  difference: "differs",
  same: "no difference",
};

/**
 * Who holds a place at a minute, and no more than that: for counts of many places.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @returns {Made.Standing}
 */
export function standing(reading, place, t) {
  const later = storyControl(reading, place, t);
  if (later) return later;
  const holder = rowAt(reading, `${place}.holder`, t)?.value ?? null;
  return { holder, status: rowAt(reading, `${place}.status`, t)?.value ?? (holder ? "held" : "unknown") };
}

/**
 * Everything about who stands in a place at a minute.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @returns {Made.Control}
 */
export function control(reading, place, t) {
  const later = storyControl(reading, place, t);
  if (later) return later;
  const at = (attribute) => rowAt(reading, `${place}.${attribute}`, t);
  const holder = at("holder"),
    status = at("status");
  const rows = [holder, status].filter(Boolean);
  const unsure = unsureAt(reading, place, t, rows);
  const begun = [
    ...(holder ? [since(reading, `${place}.holder`, holder)] : []),
    ...(status ? [since(reading, `${place}.status`, status)] : []),
  ];
  const last = rows.reduce((a, b) => (a && a.since >= b.since ? a : b), null);
  return {
    holder: holder?.value ?? null,
    status: status?.value ?? (holder?.value ? "held" : "unknown"),
    parts: at("parts")?.value ?? null,
    besieger: at("besieger")?.value ?? null,
    comers: comers(holder, status),
    successors: at("successors")?.value ?? [],
    declared: at("declared_by")?.value ?? null,
    taken: at("taken_by")?.value ?? null,
    row: last,
    since: begun.length ? Math.max(...begun) : null,
    assumed: assumed((holder ?? status)?.entry),
    unsure: unsure ? { earliest: unsure.earliest, latest: unsure.latest } : null,
    possible: mayHold(reading, place, t, unsure),
  };
}

/** Who came into a place that is fought over, beside those who hold it; none where no entry tells of them. */
function comers(holder, status) {
  if (status?.value !== "contested" || status.entry?.event !== "Entered") return [];
  const holders = holder?.value ? members(holder.value) : [];
  return status.entry.actors.map(root).filter((id) => !holders.includes(id));
}

/**
 * Who may have held a place at a minute at which that is uncertain, null among them for nobody; else null.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @param {Made.Interval | null} unsure
 * @returns {(string | null)[] | null}
 */
function mayHold(reading, place, t, unsure) {
  const rows = (reading.mayHold.get(place) ?? []).filter(([, , , , from, until]) => from <= t && t < until);
  const same = rows.find(([, earliest, latest]) => earliest === unsure?.earliest && latest === unsure?.latest);
  return (same ?? rows[0])?.[3] ?? null;
}

/**
 * Who may have held a place, in words: "the North or nobody".
 * @param {(string | null)[]} possible
 * @returns {string}
 */
export function possibleWords(possible) {
  return listWords(
    possible.map((id) => (id === null ? "nobody" : actorName(id))),
    "or",
  );
}

/**
 * Every claim behind who holds a place at a minute, and how.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @returns {string[]}
 */
export function claimsBehind(reading, place, t) {
  const rows = ["holder", "status"].map((attribute) => rowAt(reading, `${place}.${attribute}`, t));
  return [...new Set(rows.filter((row) => row?.entry).flatMap((row) => row.entry.behind ?? row.entry.claims))];
}

/**
 * Whether a value of the opening had to be assumed: no claim speaks of it, or none settles it.
 * @param {Made.Entry | undefined} entry
 * @returns {boolean}
 */
export function assumed(entry) {
  return Boolean(entry) && entry.mark === "opening" && (Boolean(entry.assumed) || !entry.claims.length);
}

/**
 * @param {Made.Control} c
 * @returns {string}
 */
export const assumedWords = (c) =>
  c.row?.entry?.claims.length ? "assumed from reports of later days" : "assumed: no source speaks of it";

/**
 * The changes of a place's control whose day or hour is not known exactly, each with the minutes at which that matters.
 * @param {Made.Reading} reading
 * @param {string} place
 * @returns {Made.Blur[]}
 */
export function blurs(reading, place) {
  if (!blursOf.has(reading)) blursOf.set(reading, new Map());
  const known = blursOf.get(reading);
  if (!known.has(place)) known.set(place, findBlurs(reading, place));
  return known.get(place);
}

/** @type {WeakMap<Made.Reading, Map<string, Made.Blur[]>>} */
const blursOf = new WeakMap();

function findBlurs(reading, place) {
  const cells = [`${place}.holder`, `${place}.status`];
  if (reading.onTheDay) return cells.flatMap((cell) => reading.blurred.get(cell) ?? []);
  return cells
    .flatMap((cell) => (reading.cells.get(cell) ?? []).filter(brings))
    .filter((row) => row.earliest !== null && row.latest > row.earliest)
    .map((row) => ({ row, from: row.earliest, until: row.latest, earliest: row.earliest, latest: row.latest }));
}

/** Whether a row of a cell brings another value than the one before it, or leaves open which it is. */
function brings(row, i, rows) {
  const before = rows[i - 1];
  return !before || JSON.stringify(before.value) !== JSON.stringify(row.value) || row.entry?.event === "OrderUnknown";
}

/**
 * The interval in which a change of control may or may not have come at a minute: of the present rows, else of any.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @param {Made.Row[]} rows
 * @returns {Made.Blur | null}
 */
function unsureAt(reading, place, t, rows) {
  const live = blurs(reading, place).filter((one) => one.from <= t && t < one.until);
  return live.find((one) => rows.includes(one.row)) ?? live[0] ?? null;
}

/**
 * What is not known exactly of a change: its hour where it falls within one day, else its day.
 * @param {Made.Interval} interval
 * @returns {string}
 */
export function unsureWords({ earliest, latest }) {
  const within = dayStart(earliest) === dayStart(Math.max(earliest, latest - 1));
  return `${within ? "hour" : "day"} is not known exactly: ${span(earliest, latest)}`;
}

/**
 * "the North, held" and its variants in words.
 * @param {Made.Control} c
 * @returns {string}
 */
export function controlWords(c) {
  if (open(c)) return shareWords(c);
  if (c.successors?.length) {
    const heirs = listWords(c.successors.map(actorName), "or");
    return c.holder ? `${actorName(c.holder)}, and with it ${heirs}` : `not known: held by ${heirs}`;
  }
  if (!c.holder) return STATUSES[c.status] ?? c.status;
  const who = actorName(c.holder);
  switch (c.status) {
    case "besieged":
      return `${who}, besieged${c.besieger ? ` by ${actorName(c.besieger)}` : ""}`;
    case "mixed":
      return c.parts?.length
        ? `split: ${c.parts.map((p) => `${actorName(p.actor)} ${p.part}`).join(", ")}`
        : `${who}, split`;
    case "contested":
      return c.comers?.length
        ? `${who}, fought over with ${listWords(c.comers.map(actorName), "and")}`
        : `${who}, fought over`;
    case "held":
      if (!c.declared) return who;
      return c.declared === c.holder
        ? `${who}, which has declared victory`
        : `${who}; victory declared by ${actorName(c.declared)}`;
    default:
      return `${who}, ${STATUSES[c.status] ?? c.status}`;
  }
}

/**
 * When it is disputed who holds a place: from a minute up to, without, another.
 * @param {Made.Reading} reading
 * @param {string} place
 * @returns {{ dispute: Made.Dispute, from: number, to: number }[]}
 */
export function disputedSpans(reading, place) {
  return (reading.ofDispute.get(place) ?? []).flatMap((dispute) =>
    dispute.stands.map(([from, to]) => ({ dispute, from, to: to ?? Infinity })),
  );
}

/**
 * The disputes about who holds a place that stand at a minute.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @returns {Made.Dispute[]}
 */
export function disputesAt(reading, place, t) {
  return disputedSpans(reading, place)
    .filter((one) => one.from <= t && t < one.to)
    .map((one) => one.dispute);
}

/**
 * Whether it is disputed who holds a place at a minute.
 * @param {Made.Reading} reading
 * @param {string} place
 * @param {number} t
 * @returns {boolean}
 */
export const isDisputed = (reading, place, t) => disputesAt(reading, place, t).length > 0;

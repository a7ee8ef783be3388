// What the readings of the record say at a minute: their events, and the rows of their cells.
import { CLAIMS, index, P, PLACES, root } from "./payload.js";

/**
 * @param {string} cell
 * @returns {string | null}
 */
const cellPlace = (cell) => {
  const subject = cell.slice(0, cell.lastIndexOf("."));
  const seat = subject.includes("@") ? subject.slice(subject.indexOf("@") + 1) : subject;
  return PLACES.has(seat) ? seat : null;
};

/**
 * One reading with its look-up tables.
 * @param {any} reading
 * @returns {Made.Reading}
 */
function readReading(reading) {
  const cells = new Map();
  for (const row of reading.history) {
    const [cell, value, since, until, entry, earliest, latest] = row;
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push({
      cell,
      value,
      since,
      until,
      entry: reading.entries[entry],
      earliest: earliest ?? null,
      latest: latest ?? null,
    });
  }
  for (const rows of cells.values()) rows.sort((a, b) => a.since - b.since);
  /** @type {Map<string, Made.Entry>} */
  const entries = index(reading.entries),
    ofClaim = new Map(),
    disputes = new Map();
  const put = (map, key, value) => {
    if (key !== null && key !== undefined) map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
  };
  for (const entry of reading.entries) {
    entry.known = Math.min(...[...entry.claims, ...entry.against].map((id) => CLAIMS.get(id)?.known ?? Infinity));
    if (entry.mark === "opening" || !Number.isFinite(entry.known)) entry.known = -Infinity;
    for (const claim of [...entry.claims, ...entry.against]) put(ofClaim, claim, entry);
  }
  reading.disputes.forEach((dispute, i) => {
    dispute.number = i;
    dispute.seat = dispute.place ?? (dispute.cell ? cellPlace(dispute.cell) : null);
    put(disputes, dispute.seat, dispute);
  });
  reading.mismatches.forEach((mismatch, i) => {
    mismatch.number = i;
  });
  const blurred = new Map();
  for (const [cell, from, until, earliest, latest] of reading.blurred ?? [])
    put(blurred, cell, { from, until, earliest, latest });
  const mayHold = new Map();
  for (const row of reading.may_hold ?? []) put(mayHold, row[0], row);
  const changed = new Set();
  for (const [cell, rows] of cells)
    if (/\.(holder|status|besieger|parts)$/.test(cell))
      rows.forEach(({ value, entry }, i) => {
        if (i && JSON.stringify(value) !== JSON.stringify(rows[i - 1].value)) changed.add(entry?.id);
      });
  const read = {
    ...reading,
    cells,
    changed,
    byEntry: entries,
    ofClaim,
    ofDispute: disputes,
    blurred,
    mayHold,
    only: reading.only ? new Set(reading.only) : null,
    onTheDay: reading.id === "day",
    versions: new Map(),
    asOf: new Map(),
  };
  for (const entry of reading.entries) put(read.versions, entry.id, entry);
  for (const versions of read.versions.values()) {
    const first = Math.min(...versions.map((one) => one.held?.[0]?.[0] ?? one.known));
    for (const one of versions) one.known = one.held ? first : one.known;
  }
  read.moments = [...new Set(reading.entries.flatMap((entry) => (entry.held ?? []).flat()))].sort((a, b) => a - b);
  return { ...read, order: inTime([...entries.values()]) };
}

/**
 * @param {Made.Entry[]} entries
 * @returns {Made.Entry[]}
 */
function inTime(entries) {
  return entries.filter((entry) => entry.mark === "event").sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/**
 * Whether an entry is held at a minute: always, but in the reading of the day, where each stands from and up to a moment.
 * @param {Made.Entry} entry
 * @param {number} t
 * @returns {boolean}
 */
export function there(entry, t) {
  return !entry.held || entry.held.some(([from, until]) => from <= t && t < until);
}

/**
 * One entry an event, as it is told at a minute: the version held then, else the next to come, else the last there was.
 * @param {Made.Reading} reading
 * @param {string} id
 * @param {number} t
 * @returns {Made.Entry | null}
 */
export function versionAt(reading, id, t) {
  const versions = reading.versions.get(id) ?? [];
  return (
    versions.find((one) => there(one, t)) ?? versions.find((one) => one.held?.[0]?.[0] > t) ?? versions.at(-1) ?? null
  );
}

/**
 * How many of its moments a reading of the day has passed: what it tells changes at these alone.
 * @param {Made.Reading} reading
 * @param {number} t
 * @returns {number}
 */
export function passed(reading, t) {
  return reading.moments.filter((moment) => moment <= t).length;
}

/**
 * The events of a reading in order, each in the version told at a minute.
 * @param {Made.Reading} reading
 * @param {number} t
 * @returns {Made.Entry[]}
 */
export function eventsAt(reading, t) {
  if (!reading.moments.length) return reading.order;
  const key = passed(reading, t);
  if (reading.asOf.size > 12 && !reading.asOf.has(key)) reading.asOf.clear();
  if (!reading.asOf.has(key))
    reading.asOf.set(key, inTime([...reading.versions.keys()].map((id) => versionAt(reading, id, t))));
  return reading.asOf.get(key);
}

/**
 * What is held at a minute to have happened by then, in order.
 * @param {Made.Reading} reading
 * @param {number} t
 * @returns {Made.Entry[]}
 */
export function happened(reading, t) {
  return eventsAt(reading, t).filter((entry) => entry.time <= t && there(entry, t));
}

/** The readings by id; one that names another in `same` takes what it lacks from there. */
export const READINGS = new Map(
  P.readings.map((reading) => {
    const { same } = /** @type {{ same?: string }} */ (reading);
    return [reading.id, readReading(same ? { ...P.readings.find((one) => one.id === same), ...reading } : reading)];
  }),
);

/**
 * The row of a cell that holds at a minute, or null.
 * @param {Made.Reading} reading
 * @param {string} cell
 * @param {number} t
 * @returns {Made.Row | null}
 */
export function rowAt(reading, cell, t) {
  const rows = reading.cells.get(cell);
  if (!rows) return null;
  let low = 0,
    high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].since <= t) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1];
  return row && (row.until === null || row.until === undefined || t < row.until) ? row : null;
}

/**
 * From when a cell has had the value of a row: a later report of the same begins nothing anew.
 * @param {Made.Reading} reading
 * @param {string} cell
 * @param {Made.Row} row
 * @returns {number}
 */
export function since(reading, cell, row) {
  const rows = reading.cells.get(cell) ?? [];
  let first = row;
  for (let i = rows.indexOf(row) - 1; i >= 0 && rows[i].until === first.since; i -= 1) {
    if (JSON.stringify(rows[i].value) !== JSON.stringify(row.value)) break;
    first = rows[i];
  }
  return first.since;
}

const everHolding = new Map();
/**
 * Who ever holds a place in a reading, by the reading's name; null where at some time nobody is known to.
 * @param {string} name
 * @returns {(string | null)[]}
 */
export function holdersEver(name) {
  if (!everHolding.has(name)) {
    const rows = [...READINGS.get(name).cells].filter(([cell]) => cell.endsWith(".holder")).flatMap(([, rows]) => rows);
    everHolding.set(name, [...new Set(rows.map((row) => (row.value ? root(row.value) : null)))]);
  }
  return everHolding.get(name);
}

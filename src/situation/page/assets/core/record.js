// The payload and its indexes: who is who, and what a reading says at a minute.
async function readPayload() {
  const holder = document.getElementById("payload");
  try {
    const told = JSON.parse(await unpack(holder.textContent));
    holder.remove();
    return told;
  } catch (error) {
    document.getElementById("notice").textContent =
      `This file is damaged: what it holds could not be unpacked (${error.message}). Fetch it again.`;
    throw error;
  }
}
const P = await readPayload();
const OFFSET = P.utc_offset_min;
const FROM = P.window[0],
  TO = P.window[1];
const index = (rows) => new Map(rows.map((row) => [row.id, row]));
const ACTORS = index(P.actors),
  PLACES = index(P.places),
  SOURCES = index(P.sources),
  CLAIMS = index(P.claims);
const SPEAKERS = index(P.speakers),
  ORIGINS = index(P.origins);
const STATUSES = {
  held: "held",
  contested: "fought over",
  besieged: "besieged",
  mixed: "split",
  ungarrisoned: "nobody stands there",
  unknown: "not known",
  declared: "declared",
  shares: "stories differ",
  difference: "differs",
  same: "no difference",
};
const LANES = ["control", "fighting", "movement", "statements"];

function root(id) {
  return ACTORS.get(id)?.root ?? id;
}
const actorName = (id) => (id ? (ACTORS.get(id)?.name ?? id) : "nobody named");
const REGIONS = index(P.regions);
const placeName = (id) => PLACES.get(id)?.name ?? REGIONS.get(id)?.name ?? id;
const sourceName = (id) => SOURCES.get(id)?.outlet ?? id;
/** "Tabnak: The title"; the outlet alone where a piece has no title. */
const sourceTitle = (source) => (source.title ? `${source.outlet}: ${source.title}` : source.outlet);
const cellPlace = (cell) => {
  const subject = cell.slice(0, cell.lastIndexOf("."));
  const seat = subject.includes("@") ? subject.slice(subject.indexOf("@") + 1) : subject;
  return PLACES.has(seat) ? seat : null;
};

/** One reading with its look-up tables. */
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
  const told = {
    ...reading,
    cells,
    byEntry: entries,
    ofClaim,
    ofDispute: disputes,
    blurred,
    onTheDay: reading.id === "day",
    versions: new Map(),
    asOf: new Map(),
  };
  for (const entry of reading.entries) put(told.versions, entry.id, entry);
  for (const versions of told.versions.values()) {
    const first = Math.min(...versions.map((one) => one.held?.[0]?.[0] ?? one.known));
    for (const one of versions) one.known = one.held ? first : one.known;
  }
  told.moments = [...new Set(reading.entries.flatMap((entry) => (entry.held ?? []).flat()))].sort((a, b) => a - b);
  return { ...told, order: inTime([...entries.values()]) };
}
function inTime(entries) {
  return entries.filter((entry) => entry.mark === "event").sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

/** Whether an entry is held at a minute: always, but in the reading of the day, where each stands from and up to a moment. */
function there(entry, t) {
  return !entry.held || entry.held.some(([from, until]) => from <= t && t < until);
}

/** One entry an event, as it is told at a minute: the version held then, else the next to come, else the last there was. */
function versionAt(reading, id, t) {
  const versions = reading.versions.get(id) ?? [];
  return (
    versions.find((one) => there(one, t)) ?? versions.find((one) => one.held?.[0]?.[0] > t) ?? versions.at(-1) ?? null
  );
}

/** How many of its moments a reading of the day has passed: what it tells changes at these alone. */
function passed(reading, t) {
  return reading.moments.filter((moment) => moment <= t).length;
}

/** The events of a reading in order, each in the version told at a minute. */
function eventsAt(reading, t) {
  if (!reading.moments.length) return reading.order;
  const key = passed(reading, t);
  if (!reading.asOf.has(key))
    reading.asOf.set(key, inTime([...reading.versions.keys()].map((id) => versionAt(reading, id, t))));
  return reading.asOf.get(key);
}

/** What is held at a minute to have happened by then, in order. */
function happened(reading, t) {
  return eventsAt(reading, t).filter((entry) => entry.time <= t && there(entry, t));
}
const READINGS = new Map(
  P.readings.map((reading) => [
    reading.id,
    readReading(reading.same ? { ...P.readings.find((one) => one.id === reading.same), ...reading } : reading),
  ]),
);

/** The row of a cell that holds at a minute, or null. */
function rowAt(reading, cell, t) {
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

/** Everything about who stands in a place at a minute. */
function control(reading, place, t) {
  const later = storyControl(reading, place, t);
  if (later) return later;
  const at = (attribute) => rowAt(reading, `${place}.${attribute}`, t);
  const holder = at("holder"),
    status = at("status");
  const rows = [holder, status].filter(Boolean);
  const unsure = unsureAt(reading, place, t, rows);
  const last = rows.reduce((a, b) => (a && a.since >= b.since ? a : b), null);
  return {
    holder: holder?.value ?? null,
    status: status?.value ?? (holder?.value ? "held" : "unknown"),
    parts: at("parts")?.value ?? null,
    besieger: at("besieger")?.value ?? null,
    declared: at("declared_by")?.value ?? null,
    taken: at("taken_by")?.value ?? null,
    row: last,
    since: last?.since ?? null,
    assumed: assumed((holder ?? status)?.entry),
    unsure: unsure ? { earliest: unsure.earliest, latest: unsure.latest } : null,
  };
}

/** Every claim behind who holds a place at a minute, and how. */
function claimsBehind(reading, place, t) {
  const rows = ["holder", "status"].map((attribute) => rowAt(reading, `${place}.${attribute}`, t));
  return [...new Set(rows.filter((row) => row?.entry).flatMap((row) => row.entry.claims))];
}

/** Whether a value of the opening had to be assumed: no claim speaks of it, or none settles it. */
function assumed(entry) {
  return Boolean(entry) && entry.mark === "opening" && (Boolean(entry.assumed) || !entry.claims.length);
}

const assumedWords = (c) =>
  c.row?.entry?.claims.length ? "assumed from what is told of later days" : "assumed: no source speaks of it";

/** The changes of a place's control whose day or hour is not known exactly, each with the minutes at which that matters. */
function blurs(reading, place) {
  const cells = [`${place}.holder`, `${place}.status`];
  if (reading.onTheDay) return cells.flatMap((cell) => reading.blurred.get(cell) ?? []);
  return cells
    .flatMap((cell) => reading.cells.get(cell) ?? [])
    .filter((row) => row.earliest !== null && row.latest > row.earliest)
    .map((row) => ({ row, from: row.earliest, until: row.latest + 1, earliest: row.earliest, latest: row.latest }));
}

/** The interval in which a change of control may or may not have come at a minute: of the present rows, else of any. */
function unsureAt(reading, place, t, rows) {
  const live = blurs(reading, place).filter((one) => one.from <= t && t < one.until);
  return live.find((one) => rows.includes(one.row)) ?? live[0] ?? null;
}

/** What is not known exactly of a change: its hour where it falls within one day, else its day. */
function unsureWords({ earliest, latest }) {
  const within = dayStart(earliest) === dayStart(Math.max(earliest, latest - 1));
  return `${within ? "hour" : "day"} is not known exactly: ${span(earliest, latest)}`;
}

/** "Iraq, held" and its variants in words. */
function controlWords(c) {
  if (open(c)) return shareWords(c);
  if (!c.holder) return STATUSES[c.status] ?? c.status;
  const who = actorName(c.holder);
  switch (c.status) {
    case "besieged":
      return `${who}, besieged${c.besieger ? ` by ${actorName(c.besieger)}` : ""}`;
    case "mixed":
      return c.parts?.length
        ? `split: ${c.parts.map((p) => `${actorName(p.actor)} ${p.part}`).join(", ")}`
        : `${who}, split`;
    case "held":
      return c.declared ? `${who}, declared by ${actorName(c.declared)}` : who;
    default:
      return `${who}, ${STATUSES[c.status] ?? c.status}`;
  }
}

const BEFORE_BRANCH = P.claims.filter((claim) => !claim.later);
/** The claims that the present reading may rest on: stories take no note of what was said after they leave the record. */
const spoken = () => (recorded() ? P.claims : BEFORE_BRANCH);

/** Claims that can be read at a minute. */
function knownClaims(t) {
  return spoken().filter((claim) => claim.known <= t);
}

/** Minutes from which a place's control is disputed, as the claims date it; in the reading of the day, not before it came up. */
function disputedSpans(reading, place) {
  return (reading.ofDispute.get(place) ?? [])
    .filter((d) => /\.(holder|status|taken_by|parts)(\.when)?$/.test(d.cell ?? ""))
    .map((dispute) => {
      const claims = dispute.answers
        .flatMap((answer) => answer.claims)
        .map((id) => CLAIMS.get(id))
        .filter(Boolean);
      const starts = claims.map((c) => c.earliest ?? c.latest).filter((v) => v !== null),
        ends = claims.map((c) => c.latest ?? c.earliest).filter((v) => v !== null);
      const from = Math.max(FROM, Math.min(...starts), reading.onTheDay ? (dispute.from ?? FROM) : FROM);
      return { dispute, from, to: Math.max(reading.onTheDay ? from : FROM, Math.min(TO, Math.max(...ends))) };
    })
    .filter((one) => one.to >= one.from);
}

/** Whether a place's control is disputed: in the reading of the day, whether that had come up by the minute. */
function isDisputed(reading, place, t) {
  return disputedSpans(reading, place).some((one) => !reading.onTheDay || one.from <= t);
}

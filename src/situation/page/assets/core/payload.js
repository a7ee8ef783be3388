// The payload, unpacked, with its longitudes on one branch, and who is who in it.
import { unpack } from "./inflate.js";
import { unroll } from "./meridian.js";

/**
 * Give each reading its entries: the file holds what readings share once, and of each what is its own.
 * @param {any} payload
 * @returns {Given.Payload}
 */
function ownEntries(payload) {
  for (const reading of payload.readings)
    reading.entries &&= reading.entries.map(([number, own]) => ({ ...payload.entries[number], ...own }));
  delete payload.entries;
  return payload;
}

/** @returns {Promise<Given.Payload>} */
async function readPayload() {
  const holder = document.getElementById("payload");
  try {
    const payload = JSON.parse(await unpack(holder.textContent));
    holder.remove();
    return ownEntries(payload);
  } catch (/** @type {any} */ error) {
    document.getElementById("notice").textContent =
      `This file is damaged: what it holds could not be unpacked (${error.message}). Fetch it again.`;
    throw error;
  }
}
export const P = await readPayload();
/** The longitude in the middle of the places. */
export const MIDDLE_LON = unroll(P);
export const FROM = P.window[0];
export const TO = P.window[1];
/**
 * @template {Record<string, any>} One
 * @param {One[]} rows
 * @returns {Map<string, One>}
 */
export const index = (rows) => new Map(rows.map((row) => [row.id, row]));
export const ACTORS = index(P.actors);
export const PLACES = index(P.places);
export const SOURCES = index(P.sources);
export const CLAIMS = index(P.claims);
export const SPEAKERS = index(P.speakers);
export const ORIGINS = index(P.origins);
const REGIONS = index(P.regions);
export const LANES = ["control", "fighting", "movement", "statements"];

/**
 * @param {string} id
 * @returns {string}
 */
export function root(id) {
  return ACTORS.get(id)?.root ?? id;
}

/**
 * Those who hold a place, ring it or announce a victory together; of one alone itself.
 * @param {string} id
 * @returns {string[]}
 */
export const members = (id) => ACTORS.get(id)?.together ?? [id];

/** The minute that the page shows: who bears another name from a day on is called by that of then. */
let shown = TO;
const RENAMED = [...P.actors, ...P.places].flatMap((row) => (row.names ?? []).map(([from]) => from));

/**
 * Call actors and places by their names of a minute.
 * @param {number} t
 * @returns {boolean} whether any of them is called otherwise than before
 */
export function nameAsOf(t) {
  const turned = RENAMED.some((from) => shown < from !== t < from);
  shown = t;
  return turned;
}

/**
 * The name that an actor or a place bore at the minute shown.
 * @param {{ name: string, names?: any[][] } | undefined} row
 * @returns {string | undefined}
 */
const nameThen = (row) => row?.names?.filter(([from]) => from <= shown).at(-1)?.[1] ?? row?.name;

/**
 * The names that an actor or a place bears at other times than the minute shown; the last is that of today.
 * @param {{ name: string, names?: any[][] } | undefined} row
 * @returns {string[]}
 */
export const otherNames = (row) =>
  [...new Set((row?.names ?? []).map(([, given]) => given))].filter((given) => given !== nameThen(row));

/**
 * @param {string | null} id
 * @returns {string}
 */
export const actorName = (id) => (id ? (nameThen(ACTORS.get(id)) ?? id) : "nobody named");

/**
 * @param {string} id
 * @returns {string}
 */
export const placeName = (id) => nameThen(PLACES.get(id)) ?? REGIONS.get(id)?.name ?? id;

/**
 * @param {string} id
 * @returns {string}
 */
export const sourceName = (id) => SOURCES.get(id)?.outlet ?? id;
/**
 * "Tabnak: The title"; the outlet alone where a piece has no title.
 * @param {Given.Source} source
 * @returns {string}
 */
export const sourceTitle = (source) => (source.title ? `${source.outlet}: ${source.title}` : source.outlet);

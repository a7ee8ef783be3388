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

/**
 * @param {string | null} id
 * @returns {string}
 */
export const actorName = (id) => (id ? (ACTORS.get(id)?.name ?? id) : "nobody named");

/**
 * @param {string} id
 * @returns {string}
 */
export const placeName = (id) => PLACES.get(id)?.name ?? REGIONS.get(id)?.name ?? id;

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

// The payload, unpacked, with its longitudes on one branch, and who is who in it.
import { unpack } from "./inflate.js";
import { unroll } from "./meridian.js";

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
export const P = await readPayload();
/** The longitude in the middle of the places. */
export const MIDDLE_LON = unroll(P);
export const OFFSET = P.utc_offset_min;
export const FROM = P.window[0];
export const TO = P.window[1];
export const index = (rows) => new Map(rows.map((row) => [row.id, row]));
export const ACTORS = index(P.actors);
export const PLACES = index(P.places);
export const SOURCES = index(P.sources);
export const CLAIMS = index(P.claims);
export const SPEAKERS = index(P.speakers);
export const ORIGINS = index(P.origins);
const REGIONS = index(P.regions);
export const LANES = ["control", "fighting", "movement", "statements"];

export function root(id) {
  return ACTORS.get(id)?.root ?? id;
}
export const actorName = (id) => (id ? (ACTORS.get(id)?.name ?? id) : "nobody named");
export const placeName = (id) => PLACES.get(id)?.name ?? REGIONS.get(id)?.name ?? id;
export const sourceName = (id) => SOURCES.get(id)?.outlet ?? id;
/** "Tabnak: The title"; the outlet alone where a piece has no title. */
export const sourceTitle = (source) => (source.title ? `${source.outlet}: ${source.title}` : source.outlet);

/** Kinds of places that are stretches of ground and no point. */
export const AREAS = new Set(["desert", "river-bank", "strip", "region", "sector"]);

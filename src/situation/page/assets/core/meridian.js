// One branch for all longitudes, so that a situation on both sides of the 180th meridian lies together on the sheet.
/**
 * The longitude in the middle of the places: opposite the middle of the widest gap between any two of them.
 * @param {Given.Place[]} places
 * @returns {number}
 */
function middleLongitude(places) {
  const lons = places.map((place) => place.lon).sort((a, b) => a - b);
  if (!lons.length) return 0;
  const gaps = lons.map((lon, i) => ({ from: lon, wide: (lons[i + 1] ?? lons[0] + 360) - lon }));
  const { from, wide } = gaps.reduce((a, b) => (b.wide >= a.wide ? b : a));
  return from + wide / 2 - 180;
}
/**
 * A longitude as the one at most half way round from another.
 * @param {number} lon
 * @param {number} other
 * @returns {number}
 */
export const near180 = (lon, other) => lon - 360 * Math.round((lon - other) / 360);
/**
 * The same longitude from -180 to 180, as people write it.
 * @param {number} lon
 * @returns {number}
 */
export const writtenLon = (lon) => near180(lon, 0);

/**
 * A line of the ground in one piece: it begins near the middle, and each point lies near the one before.
 * @param {[number, number][]} line
 * @param {number} middle
 * @returns {[number, number][]}
 */
function onBranch(line, middle) {
  let last = middle;
  return line.map(([lon, lat]) => [(last = near180(lon, last)), lat]);
}

/**
 * Put all longitudes of a payload on one branch, round the middle of its places, which is returned.
 * @param {Given.Payload} payload
 * @returns {number}
 */
export function unroll({ places, geo }) {
  const middle = middleLongitude(places),
    whole = (line) => onBranch(line, middle);
  for (const one of [...places, ...(geo.countries ?? [])]) one.lon = near180(one.lon, middle);
  if (geo.borders) geo.borders = geo.borders.map(whole);
  if (geo.coast) geo.coast = geo.coast.map(whole);
  for (const river of geo.rivers ?? []) river.lines = river.lines.map(whole);
  for (const lake of geo.lakes ?? []) lake.rings = lake.rings.map(whole);
  return middle;
}

/**
 * "16.780° S, 179.970° W"
 * @param {number} value
 * @param {string} names
 * @returns {string}
 */
const degrees = (value, [above, below]) => `${Math.abs(value).toFixed(3)}\u00b0 ${value < 0 ? below : above}`;

/**
 * @param {{ lat: number, lon: number }} place
 * @returns {string}
 */
export const whereabouts = ({ lat, lon }) => `${degrees(lat, "NS")}, ${degrees(writtenLon(lon), "EW")}`;

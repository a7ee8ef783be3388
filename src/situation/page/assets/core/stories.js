// What comes after the branch: shares of stories in place of one documented course. Null and empty for a replay.
import { actorName, P, TO } from "./payload.js";
import { DAY } from "./calendar.js";
import { count } from "./text.js";

export const BRANCH = P.branch ?? null;
/** @type {Map<string, Given.Ensemble>} */
export const STORIES = new Map(Object.entries(P.ensembles ?? {}));
export const TWINS = P.comparison ?? null;
/**
 * The stories that a reading goes on with; the difference goes on with the scenario's, held against the baseline's.
 * @param {string | undefined} key
 * @returns {Given.Ensemble | null}
 */
export const storiesOf = (key) => STORIES.get(key === "difference" ? "scenario" : key) ?? null;
/** Where the record ends, by which the readings that are its own end too. */
export const RECORD_END = Math.min(TO, P.recorded_to ?? TO);
/**
 * Whether a reading is the record's own, with no story in it; and whether the present one is.
 * @param {{ stories?: string, story?: Made.Story }} one
 * @returns {boolean}
 */
export const ofRecord = (one) => BRANCH === null || (one.stories === undefined && !one.story);

/**
 * The question to begin with: that whose answer the scenario changes most, else the first that is asked.
 * @returns {string | null}
 */
export function firstQuestion() {
  return TWINS?.clear[0] ?? STORIES.get("scenario")?.questions[0]?.id ?? null;
}
/** The order to begin with: of a comparison the largest difference first. */
export const FIRST_ORDER = TWINS ? "most" : "scenario";

/**
 * The day of the stories that a minute falls in: the last day's end that has passed.
 * @param {Given.Ensemble} stories
 * @param {number} t
 * @returns {number}
 */
export function storyDay(stories, t) {
  if (t >= stories.days.at(-1)) return stories.days.length - 1;
  return Math.max(0, Math.floor((t - stories.days[0]) / DAY));
}

/**
 * The share of stories by holder on a day, the largest first; who has none is left out.
 * @param {Given.Ensemble} stories
 * @param {string} place
 * @param {number} dayNumber
 * @returns {Made.Share[]}
 */
export function sharesOn(stories, place, dayNumber) {
  const { holders, rows } = stories.shares[place] ?? { holders: [], rows: [] };
  let low = 0,
    high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle][0] <= dayNumber) low = middle + 1;
    else high = middle;
  }
  const row = rows[low - 1],
    error = stories.shares[place]?.errors?.[low - 1];
  return row
    ? holders
        .map((holder, i) => ({ holder, share: row[i + 1], error: error ? [error[2 * i], error[2 * i + 1]] : null }))
        .filter((one) => one.share > 0)
        .sort((a, b) => b.share - a.share)
    : [];
}

/**
 * Shares of one whole in words: rounded together, so that they come to a hundred.
 * @param {Made.Share[]} shares
 * @returns {string[]}
 */
export function percents(shares) {
  const parts = shares.map((one) => Math.floor(one.share * 100 + 1e-9)),
    rest = (i) => shares[i].share * 100 - parts[i];
  const order = [...parts.keys()].sort((a, b) => rest(b) - rest(a)),
    left =
      Math.round(shares.reduce((sum, one) => sum + one.share * 100, 0)) - parts.reduce((sum, part) => sum + part, 0);
  for (const i of order.slice(0, Math.max(0, left))) parts[i] += 1;
  return shares.map((one, i) => (one.share < 0.01 || one.share > 0.99 ? percent(one.share) : `${parts[i]} %`));
}

/**
 * Whose shares of a place differ on a day by more than luck: the 95 % interval of the pairs leaves zero out.
 * @param {string} place
 * @param {number} dayNumber
 * @returns {(string | null)[]}
 */
export function beyondLuck(place, dayNumber) {
  const rows = TWINS?.beyond[place] ?? [];
  return (rows[rows.findLastIndex((row) => row[0] <= dayNumber)] ?? []).slice(1);
}

/**
 * What the scenario adds to or takes from each holder's share, the largest change first.
 * @param {string} place
 * @param {number} dayNumber
 * @returns {Made.Share[]}
 */
export function changedShares(place, dayNumber) {
  const [now, base] = ["scenario", "baseline"].map(
      (key) => new Map(sharesOn(STORIES.get(key), place, dayNumber).map((one) => [one.holder, one.share])),
    ),
    beyond = beyondLuck(place, dayNumber);
  return [...new Set([...now.keys(), ...base.keys()])]
    .map((holder) => ({ holder, share: (now.get(holder) ?? 0) - (base.get(holder) ?? 0), luck: !beyond.includes(holder) }))
    .filter((one) => Math.abs(one.share) >= 0.0005)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
}

/**
 * Control of a place after the branch. It names one holder only where every story has the same.
 * @param {Made.Reading} at
 * @param {string} place
 * @param {number} t
 * @returns {Made.Control | null}
 */
export function storyControl(at, place, t) {
  const stories = BRANCH !== null && t > BRANCH ? storiesOf(at.stories) : null;
  if (!stories) return null;
  const blank = {
    holder: null,
    parts: null,
    besieger: null,
    comers: [],
    successors: [],
    possible: null,
    declared: null,
    taken: null,
    row: null,
    since: null,
    unsure: null,
  };
  const dayNumber = storyDay(stories, t);
  if (at.stories === "difference") {
    const shares = changedShares(place, dayNumber);
    return { ...blank, status: shares.length ? "difference" : "same", shares };
  }
  const shares = sharesOn(stories, place, dayNumber);
  if (shares.length === 1)
    return { ...blank, holder: shares[0].holder, status: shares[0].holder ? "held" : "unknown", shares };
  return { ...blank, status: shares.length ? "shares" : "unknown", shares };
}

/**
 * @param {Made.Standing} c
 * @returns {boolean}
 */
export const open = (c) => Boolean(c.shares) && ["shares", "difference", "same"].includes(c.status);

/**
 * "62 %"; never 0 or 100 for what some stories do or do not.
 * @param {number} share
 * @returns {string}
 */
export function percent(share) {
  const n = share * 100;
  if (n > 0 && n < 1) return "under 1 %";
  if (n > 99 && n < 100) return "over 99 %";
  return `${Math.round(n)} %`;
}

/**
 * "92.5 %", beside a difference, which is to a tenth of a per cent, too.
 * @param {number} share
 * @returns {string}
 */
export function finePercent(share) {
  const n = tenths(share) / 10;
  if (n === 0 && share > 0) return "under 0.1 %";
  return n === 100 && share < 1 ? "over 99.9 %" : `${n} %`;
}

/**
 * A share in tenths of a per cent, as it is printed beside a difference.
 * @param {number} share
 * @returns {number}
 */
export const tenths = (share) => Math.floor(share * 1000 + 0.5);

/** A size rounded as the terminal rounds: by its exact value, and a half to the even neighbour. */
function rounded(size, digits) {
  const half = (size * 2 ** (digits + 1)) % 2 === 1,
    below = Math.floor(size * 10 ** digits);
  return half ? (below + (below % 2)) / 10 ** digits : Number(size.toFixed(digits));
}

/**
 * "+12", with a true minus. What would be rounded to nothing keeps one figure that counts: "+0.02".
 * @param {number} value
 * @param {number} [digits]
 * @returns {string}
 */
export function signed(value, digits = 0) {
  const size = Math.abs(value),
    text = rounded(size, digits).toLocaleString("en-GB", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  return value === 0
    ? "0"
    : `${value > 0 ? "+" : "\u2212"}${Number(text.replace(/,/g, "")) === 0 ? String(Number(size.toPrecision(1))) : text}`;
}

/**
 * "+12.3 points", "+1 point", with the places that the terminal prints; without its sign where it is a size.
 * @param {number} share
 * @param {boolean} [sign]
 * @returns {string}
 */
export function pointsWords(share, sign = true) {
  const text = signed(share * 100, 1),
    bare = text.slice(/^[+\u2212]/.test(text) ? 1 : 0);
  return `${sign ? text : bare} ${bare === "1" ? "point" : "points"}`;
}

/**
 * @param {string | null} id
 * @returns {string}
 */
export const holderName = (id) => (id === null ? "no holder" : actorName(id));

/**
 * Whether nobody's share differs by more than luck.
 * @param {Made.Control} c
 * @returns {boolean}
 */
export const withinLuck = (c) => c.status === "difference" && c.shares.every((one) => one.luck);

/**
 * @param {Made.Control} c
 * @returns {string}
 */
export function shareWords(c) {
  if (c.status === "same") return "no difference between scenario and baseline";
  if (c.status === "difference")
    return (
      `${c.shares.map((one) => `${holderName(one.holder)} ${pointsWords(one.share)}`).join(", ")} ` +
      `against the baseline${withinLuck(c) ? " (may be luck)" : ""}`
    );
  const parts = percents(c.shares);
  return c.shares.map((one, i) => `${holderName(one.holder)} ${parts[i]}`).join(", ");
}

/**
 * @param {Given.Ensemble} stories
 * @returns {string}
 */
export function storiesWords(stories) {
  return `${count(stories.runs - stories.failed, "story", "stories")}`;
}

/**
 * The counting error of a share, as "20 to 31 %".
 * @param {number[]} ends
 * @returns {string}
 */
export const errorWords = ([low, high]) =>
  percent(low) === percent(high) ? percent(low) : `${percent(low).replace(" %", "")} to ${percent(high)}`;

/**
 * The counting errors of all shares in a line, for tips; null where there is nothing to err about.
 * @param {Made.Control} c
 * @returns {string | null}
 */
export function shareErrors(c) {
  const rows =
    c.status === "difference" ? [] : (c.shares ?? []).filter((one) => one.error && one.error[0] !== one.error[1]);
  return rows.length
    ? `counting error (95 %): ${rows.map((one) => `${holderName(one.holder)} ${errorWords(one.error)}`).join(", ")}`
    : null;
}

/**
 * How far a place is from being the same in all stories, or in scenario and baseline.
 * @param {Made.Control} c
 * @returns {number}
 */
export function unlike(c) {
  if (!open(c)) return 0;
  return c.status === "shares"
    ? 1 - c.shares[0].share
    : c.shares.filter((one) => one.share > 0).reduce((sum, one) => sum + one.share, 0);
}

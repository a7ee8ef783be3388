// The evidence for who stands in a place at the selected minute, the rule that decided, and how an event came to be told.
import { chip, h, link, name } from "../core/elements.js";
import { CLAIMS, P, sourceName } from "../core/payload.js";
import { page, reading, select } from "../core/state.js";
import { count, day, number, plain, span } from "../core/text.js";
import { claimCard } from "./claims.js";

/**
 * The sides of the evidence in the order of their numbers in the payload, each with how its cards are marked.
 * @type {{ title: string, side: "for" | "other" | "against" }[]}
 */
const SIDES = [
  { title: "Says so of that time", side: "for" },
  { title: "Speaks of another time", side: "other" },
  { title: "Says otherwise of that time", side: "against" },
];
const inOrder = (a, b) => (CLAIMS.get(a)?.rank ?? 0) - (CLAIMS.get(b)?.rank ?? 0);

/**
 * The claims on a cell by what they say of the selected minute; null where the reading keeps no evidence of it.
 * @param {Made.Row} row
 * @returns {Made.Child}
 */
export function evidenceFor(row) {
  const rows = reading().evidence?.[row.cell];
  if (!rows) return null;
  const groups = SIDES.map((_, side) =>
    rows
      .filter(([, group, from, until]) => group === side && from <= page.t && page.t < until)
      .map(([id]) => id)
      .sort(inOrder),
  );
  const opening = row.entry?.mark === "opening" && !groups[0].length && !groups[2].length;
  return [
    opening
      ? h("p", { class: "note" }, "No claim speaks of this time; only the opening does.")
      : decided(row.entry),
    groups.map((ids, side) => (ids.length ? group(SIDES[side], ids) : null)),
    takenBack(row.cell.slice(0, row.cell.lastIndexOf("."))),
  ];
}
/** One side: what speaks of another time stays folded away. */
function group({ title, side }, ids) {
  const cards = h(
    "ul",
    { class: "claims" },
    ids.map((id) => claimCard(id, side)),
  );
  const words = `${title} (${number(ids.length)})`;
  return side === "other" ? h("details", {}, h("summary", {}, words), cards) : [h("h4", {}, words), cards];
}

/** What was taken back of what spoke of a place, by whom and since when; in the reading of the day, what was by then. */
function takenBack(place) {
  const gone = P.claims.filter(
    (claim) =>
      claim.retracted &&
      claim.cell?.startsWith(`${place}.`) &&
      (!reading().onTheDay || claim.retracted.at <= page.t) &&
      (!reading().only || reading().only.has(claim.id)),
  );
  return gone.length
    ? [
        h("h4", {}, `Taken back (${number(gone.length)})`),
        h(
          "ul",
          { class: "plainlist" },
          gone.map((claim) =>
            h(
              "li",
              {},
              link(() => select("claim", claim.id), name(claim.says, 160)),
              h("span", { class: "soft" }, ` taken back, as known from ${day(claim.retracted.at)}, by `),
              link(() => select("claim", claim.retracted.by), name(claim.retracted.by, 40)),
            ),
          ),
        ),
      ]
    : null;
}

/** The rule of the reading's belief, and the answers among which it chose. */
function decided(entry) {
  const answers = entry?.weighed ?? [];
  return answers.length
    ? h(
        "p",
        { class: "soft" },
        `Decided by this reading's rule: ${plain(reading().rule, 200)}. Weights: `,
        answers.map(([words, weight, accepted], i) => [
          i ? "; " : "",
          name(words, 120),
          ` ${Number(weight).toFixed(2)}`,
          accepted ? " (accepted)" : "",
        ]),
        ".",
      )
    : null;
}

/**
 * Which claims gave which field of an event, where several tell of it.
 * @param {Made.Entry} entry
 * @returns {Made.Child}
 */
export function creditOf(entry) {
  const rows = entry.credit ?? [];
  if (!rows.length) return null;
  const byAll = rows.filter(([, , ids]) => ids.length === entry.claims.length),
    bySome = rows.filter((row) => !byAll.includes(row));
  const all = byAll.map(([field, words]) => `${plain(field, 60)} (${plain(words, 120)})`);
  return [
    h("h4", {}, "Who gives what"),
    h(
      "ul",
      { class: "plainlist" },
      all.length
        ? h("li", {}, entry.claims.length === 2 ? "Both claims: " : `All ${number(entry.claims.length)} claims: `, h("span", { class: "soft" }, all.join("; ")))
        : null,
      bySome.map(([field, words, ids]) =>
        h("li", {}, name(`${field}: ${words}`, 200), h("span", { class: "soft" }, " by ", claimLinks(ids))),
      ),
    ),
  ];
}
const claimLinks = (ids) =>
  ids.map((id, i) => [
    i ? ", " : "",
    link(
      () => select("claim", id),
      name(`${sourceName(CLAIMS.get(id)?.source ?? "")} ${id}`, 80),
    ),
  ]);

const ROLES = { originated: "first", denied: "denies it", repeated: "repeats it", changed: "changes it" };

/**
 * How an event came to be told, by independent voice and time, where more than one claim tells of it.
 * @param {string} id
 * @returns {Made.Child}
 */
export function courseOf(id) {
  const course = P.courses?.[id];
  if (!course) return null;
  const known = ([claim]) => !reading().onTheDay || (CLAIMS.get(claim)?.known ?? 0) <= page.t;
  const gone = (claim) => {
    const back = CLAIMS.get(claim)?.retracted;
    return back && (!reading().onTheDay || back.at <= page.t);
  };
  const voices = course.voices
    .map((voice) => ({ ...voice, reports: voice.reports.filter(known) }))
    .filter((voice) => voice.reports.length);
  if (!voices.length) return null;
  return [
    h("h4", {}, `Who told it first (${count(voices.length, "independent voice")})`),
    h(
      "ul",
      { class: "plainlist course" },
      voices.map((voice) =>
        h(
          "li",
          {},
          name(voice.name, 80),
          h(
            "ul",
            {},
            voice.reports.map(([claim, at, role, changes]) =>
              h(
                "li",
                {},
                `out ${day(at)}: `,
                link(() => select("claim", claim), name(sourceName(CLAIMS.get(claim)?.source ?? ""), 80)),
                ` ${ROLES[role] ?? plain(role, 20)}`,
                role === "denied" ? `, of ${span(CLAIMS.get(claim)?.earliest, CLAIMS.get(claim)?.latest)}` : "",
                gone(claim) ? ", taken back since" : "",
                changes.map((change) => h("div", { class: "soft" }, name(change, 160))),
              ),
            ),
          ),
        ),
      ),
    ),
    course.circles.map((why) => h("p", { class: "note" }, chip("no", "circular"), " ", name(why, 200), ".")),
  ];
}

// A claim as a card: who says what, where, how far to trust it, and when it could be known.
import { chip, h, link, name } from "../core/elements.js";
import { actorName, CLAIMS, ORIGINS, sourceName, SOURCES, sourceTitle, SPEAKERS } from "../core/payload.js";
import { page, reading, select } from "../core/state.js";
import { count, day, moment, number, plain, span } from "../core/text.js";

export const RELIABILITY = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "cannot be judged",
};
export const CREDIBILITY = {
  1: "confirmed by others",
  2: "probably true",
  3: "possibly true",
  4: "doubtful",
  5: "improbable",
  6: "cannot be judged",
};
const STANCE_WORDS = { asserts: "says so", denies: "denies it", retracts: "takes it back" };

/** The Admiralty pair in letters and in words. */
function grade(claim) {
  return h(
    "span",
    { class: "grade" },
    chip("pair", `${plain(claim.reliability, 4)}${plain(claim.credibility, 4)}`),
    ` voice ${RELIABILITY[claim.reliability] ?? "not graded"}, item ${CREDIBILITY[claim.credibility] ?? "not graded"}`,
  );
}

/**
 * @param {Record<string, string>[] | null} lean
 * @returns {string}
 */
export function leanWords(lean) {
  const words = (lean ?? []).flatMap((one) =>
    Object.entries(one)
      .filter(([way]) => way === "for" || way === "against")
      .map(([way, actor]) => `${way} ${actorName(actor)}`),
  );
  return words.length ? `leans ${words.join(", ")}` : "no lean noted";
}

/** Why the voices behind a claim have their grade. */
function voices(claim) {
  const source = SOURCES.get(claim.source),
    speaker = claim.said_by ? SPEAKERS.get(claim.said_by) : null;
  return h(
    "dl",
    { class: "facts" },
    source
      ? [
          h("dt", {}, "Source"),
          h(
            "dd",
            {},
            link(() => select("source", source.id), name(sourceTitle(source), 160)),
            `, graded ${plain(source.reliability, 4)}: ${plain(source.reason, 300)}. It ${leanWords(source.lean)}.`,
          ),
        ]
      : null,
    speaker
      ? [
          h("dt", {}, "Speaker"),
          h(
            "dd",
            {},
            name(speaker.name, 120),
            `, graded ${plain(speaker.reliability, 4)}: ${plain(speaker.reason, 300)}`,
          ),
        ]
      : null,
    h("dt", {}, "Happened"),
    h(
      "dd",
      {},
      span(claim.earliest, claim.latest),
      claim.words ? h("span", {}, " (in the source: \u201c", name(claim.words, 80), "\u201d)") : "",
    ),
    h("dt", {}, "Said"),
    h(
      "dd",
      {},
      claim.said === null ? "not known" : moment(claim.said),
      `; published ${moment(claim.published)}; known here from ${moment(claim.known)}`,
    ),
    claim.cell
      ? [
          h("dt", {}, "Speaks to"),
          h("dd", { title: plain(claim.cell, 120) }, name(claim.speaks_to ?? "", 300)),
        ]
      : null,
    h("dt", {}, "Weight"),
    h("dd", {}, `${Number(claim.weight).toFixed(2)} of 1, by reliability, credibility and lean`),
    claim.note ? [h("dt", {}, "Note"), h("dd", {}, name(claim.note, 500))] : null,
    h("dt", {}, "In the record"),
    h("dd", {}, h("code", {}, plain(`${claim.file}:${claim.line}`, 120))),
  );
}

/** The figures of a claim that its own voice has replaced; in the reading of the day, by then. */
function replaced(id) {
  const rows = (reading().revised ?? []).filter(
    ([claim, , , , from, until]) => claim === id && (!reading().onTheDay || (from <= page.t && page.t < until)),
  );
  return rows.map(([, of, figure, by]) =>
    h(
      "div",
      { class: "revised" },
      chip("late", "replaced"),
      ` ${plain(figure, 80)} (${plain(of, 120)}): the same voice has since given `,
      page.selection?.kind === "claim" && page.selection.id === by
        ? name(by, 40)
        : link(() => select("claim", by), "another figure"),
      ".",
    ),
  );
}

/**
 * One claim. `side` is "for" or "against" the thing it is shown under, or "other" where it speaks of another time.
 * @param {string} id
 * @param {"for" | "against" | "other"} [side]
 * @returns {HTMLElement}
 */
export function claimCard(id, side = "for") {
  const claim = CLAIMS.get(id);
  if (!claim) return h("li", { class: "claim" }, h("code", {}, plain(id, 60)), " is not in this page's record.");
  const speaker = claim.said_by ? (SPEAKERS.get(claim.said_by)?.name ?? claim.said_by) : null;
  const origin = claim.origin ? (ORIGINS.get(claim.origin)?.name ?? claim.origin) : null;
  const late = claim.known > page.t;
  return h(
    "li",
    { class: `claim ${side} ${late && page.reading === "day" ? "late" : ""}` },
    h(
      "div",
      { class: "said" },
      chip(
        side === "other" ? "plain" : claim.stance === "asserts" ? (side === "for" ? "yes" : "other") : "no",
        side === "other"
          ? `of ${span(claim.earliest, claim.latest)}`
          : side === "against" && claim.stance === "asserts"
            ? "says otherwise"
            : (STANCE_WORDS[claim.stance] ?? plain(claim.stance, 20)),
      ),
      " ",
      name(claim.says, 500),
    ),
    side === "against" && claim.means ? h("div", { class: "soft" }, "Read as: ", name(claim.means, 300)) : null,
    h(
      "div",
      { class: "by" },
      link(() => select("source", claim.source), name(sourceName(claim.source), 80)),
      claim.paragraph ? `, paragraph ${plain(claim.paragraph, 8)}` : "",
      speaker ? [" \u00b7 said by ", name(speaker, 80)] : "",
      origin && origin !== speaker && origin !== sourceName(claim.source) ? [" \u00b7 origin: ", name(origin, 80)] : "",
      late ? "" : ` \u00b7 ${day(claim.known)}`,
      claim.background ? [" ", chip("plain", "background")] : "",
      late ? [" ", chip("late", `said later, on ${day(claim.known)}`)] : "",
    ),
    grade(claim),
    replaced(id),
    h(
      "details",
      {},
      h("summary", {}, "Voices, dates, place in the record ", h("code", {}, plain(claim.id, 40))),
      voices(claim),
      page.selection?.kind === "claim" ? null : link(() => select("claim", claim.id), "Show this claim alone"),
    ),
  );
}

/**
 * Claims for and against, known ones first; in the reading of the day later ones stay folded away.
 * @param {string[]} forIds
 * @param {string[]} againstIds
 * @param {string} [saysSo]
 * @returns {Made.Child}
 */
export function claimLists(forIds, againstIds, saysSo = "Says so") {
  const later = (id) => page.reading === "day" && (CLAIMS.get(id)?.known ?? 0) > page.t;
  const part = (title, ids, side) =>
    ids.length
      ? [
          title ? h("h4", {}, `${title} (${number(ids.length)})`) : null,
          h(
            "ul",
            { class: "claims" },
            ids.map((id) => claimCard(id, side)),
          ),
        ]
      : null;
  const hidden = [...forIds, ...againstIds].filter(later);
  return [
    part(
      saysSo,
      forIds.filter((id) => !later(id)),
      "for",
    ),
    part(
      "Says otherwise",
      againstIds.filter((id) => !later(id)),
      "against",
    ),
    forIds.length + againstIds.length === 0
      ? h("p", { class: "empty" }, "No claim stands behind this: it is assumed.")
      : null,
    hidden.length
      ? h(
          "details",
          {},
          h("summary", {}, `${count(hidden.length, "claim")} not yet known on the selected date`),
          h(
            "ul",
            { class: "claims" },
            hidden.map((id) => claimCard(id, againstIds.includes(id) ? "against" : "for")),
          ),
        )
      : null,
  ];
}

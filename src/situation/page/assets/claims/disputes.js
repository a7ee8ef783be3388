// Where sources disagree, what the state contradicts, what cannot be tested: lists that lead to their places.
import { heading, placeLink } from "../core/chosen.js";
import { isDark } from "../core/colours.js";
import { byId, chip, h, link, name, replace } from "../core/elements.js";
import { CLAIMS, placeName } from "../core/payload.js";
import { passed } from "../core/record.js";
import { page, reading, select } from "../core/state.js";
import { count, moment, number, plain } from "../core/text.js";
import { answerWords } from "../core/words.js";
import { claimCard, claimLists } from "./claims.js";

const RELATION_WORDS = { tension: "in tension", contradicts: "contradict each other" };

/**
 * @param {{ from?: number | null }} one
 * @returns {boolean}
 */
export function visible(one) {
  return !reading().onTheDay || one.from === null || one.from === undefined || one.from <= page.t;
}

/** In the reading of the day, what had not come up by the selected date stays folded away. */
function later(one, what, parts) {
  return visible(one)
    ? parts
    : [
        h("p", { class: "note" }, `This ${what} had not come up by the selected date; it did on ${moment(one.from)}.`),
        h("details", {}, h("summary", {}, "Show it all the same"), parts),
      ];
}

/** The answers that had been given by the selected minute, in the reading of the day; else all of them. */
function answersBy(dispute) {
  return dispute.answers.filter(
    (answer) => !reading().onTheDay || answer.claims.some((id) => (CLAIMS.get(id)?.known ?? 0) <= page.t),
  );
}

/** The rival answers in a line. */
function rivals(dispute) {
  return answersBy(dispute).map((answer, i) => [
    i ? h("span", { class: "against" }, " \u2260 ") : "",
    name(answerWords(answer.value), 110),
  ]);
}

/**
 * Whether a dispute is about a place: its question, or an answer that names it.
 * @param {Made.Dispute} dispute
 * @param {string} place
 * @returns {boolean}
 */
export function concerns(dispute, place) {
  const names = (value) => (Array.isArray(value) ? value.some(names) : value === place);
  return (
    dispute.seat === place ||
    dispute.answers.some((answer) => answer.claims.some((id) => names(CLAIMS.get(id)?.answer)))
  );
}

function disputeLink(dispute) {
  return link(() => select("dispute", dispute.number), name(dispute.question, 140));
}

/**
 * @param {number} i
 * @returns {Made.Child}
 */
export function disputeDetail(i) {
  const dispute = reading().disputes[i];
  const top = Math.max(...dispute.answers.map((answer) => answer.weight ?? 0), 1e-9),
    known = answersBy(dispute).sort((a, b) => (reading().onTheDay ? 0 : Number(b.accepted ?? 0) - Number(a.accepted ?? 0))),
    rest = dispute.answers.filter((answer) => !known.includes(answer)),
    takenWords = dispute.answers.some((answer) => answer.accepted) ? plain(reading().rule, 200) : "no answer";
  const answerPart = (answer) => [
    h(
      "h4",
      { class: "answer" },
      name(answerWords(answer.value), 160),
      answer.accepted && !reading().onTheDay
        ? [" ", chip("yes", "taken"), answer.because ? h("span", { class: "soft" }, ` ${plain(answer.because, 160)}`) : ""]
        : "",
    ),
    weightBar(answer, top),
    claimLists(answer.claims, [], ""),
  ];
  return [
    heading(
      dispute.question,
      `The answers ${RELATION_WORDS[dispute.relation] ?? plain(dispute.relation, 40)}`,
      dispute.seat ? [" \u00b7 ", placeLink(dispute.seat)] : "",
    ),
    later(dispute, "question", [
      reading().rule && !reading().onTheDay ? h("p", { class: "soft" }, `This reading takes ${takenWords}.`) : null,
      known.map(answerPart),
      rest.length
        ? h(
            "details",
            {},
            h("summary", {}, `${count(rest.length, "answer")} given after the selected minute`),
            rest.map(answerPart),
          )
        : null,
    ]),
  ];
}

/** A bar of an answer's weight in the end, which later claims have a part in: not shown where they were still to come. */
function weightBar(answer, top) {
  if (
    answer.weight === null ||
    answer.weight === undefined ||
    (reading().onTheDay && answer.claims.some((id) => (CLAIMS.get(id)?.known ?? 0) > page.t))
  )
    return null;
  return h(
    "div",
    { class: "weight" },
    h("span", { class: "weigh", style: { width: `${Math.round((60 * answer.weight) / top)}%` } }),
    h("span", { class: "soft" }, `weight ${Number(answer.weight).toFixed(2)}`),
  );
}

/** What is assumed, behind which no claim stands. */
function assumedLink(id) {
  const entry = reading().byEntry.get(id);
  return entry ? [link(() => select("event", id), name(entry.text, 160)), ": assumed, no claim says so"] : "What is assumed";
}

/**
 * @param {number} i
 * @returns {Made.Child}
 */
export function mismatchDetail(i) {
  const mismatch = reading().mismatches[i];
  return [
    heading(
      CLAIMS.get(mismatch.claim)?.says ?? mismatch.claim,
      "A statement that the record's state contradicts",
      mismatch.place ? [" \u00b7 ", placeLink(mismatch.place)] : "",
    ),
    later(mismatch, "contradiction", [
      h(
        "dl",
        { class: "facts" },
        h("dt", {}, "It says"),
        h("dd", {}, name(mismatch.says, 400)),
        h("dt", {}, "The state"),
        h("dd", {}, name(mismatch.state, 400)),
      ),
      h("h4", {}, "The statement"),
      h("ul", { class: "claims" }, claimCard(mismatch.claim, "for")),
      mismatch.because.length
        ? [
            h("h4", {}, "The state rests on"),
            h(
              "ul",
              { class: "claims" },
              mismatch.because.map((id) =>
                CLAIMS.has(id) ? claimCard(id, "for") : h("li", { class: "claim" }, assumedLink(id)),
              ),
            ),
          ]
        : null,
    ]),
  ];
}

/** The first two of several states of places, and how many more there are. */
function inShort(state) {
  const parts = plain(state, 2000).split("; ");
  return parts.length > 3 ? `${parts.slice(0, 2).join("; ")}; and ${number(parts.length - 2)} more` : parts.join("; ");
}

const MOST_LISTED = 100; // rows of a part of the list
let disputeKey = "";

/** @param {Set<Made.Part>} changed */
export function drawDisputes(changed) {
  const now = reading(),
    disputes = now.disputes.filter(visible),
    mismatches = now.mismatches.filter(visible),
    untestable = now.untestable.filter((id) => !now.onTheDay || (CLAIMS.get(id)?.known ?? 0) <= page.t);
  const key = JSON.stringify([
    page.reading,
    disputes.length,
    mismatches.length,
    untestable.length,
    page.selection,
    isDark(),
    now.onTheDay && passed(now, page.t),
  ]);
  if (key === disputeKey) return;
  disputeKey = key;
  const box = byId("disputes"),
    open = [...box.querySelectorAll("details")].map((one) => one.open),
    top = box.scrollTop;
  const mark = (kind, id) => (page.selection?.kind === kind && page.selection.id === String(id) ? "true" : null);
  const near = page.selection?.kind === "place" ? page.selection.id : null;
  const first = (list, test) => (near === null ? list : [...list.filter(test), ...list.filter((one) => !test(one))]);
  const row = (kind, id, tag, title, place, under) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "rowlike", "aria-current": mark(kind, id), on: { click: () => select(kind, id) } },
        h("span", {}, name(title, 160), under ? h("span", { class: "soft rivals" }, h("br", {}), under) : ""),
        h(
          "span",
          { class: "tags" },
          place && !title.includes(placeName(place)) ? h("span", { class: "soft" }, name(placeName(place), 30)) : "",
          tag,
        ),
      ),
    );
  const part = (title, hint, all, rowOf, start) =>
    h(
      "details",
      { open: start },
      h("summary", {}, `${title} (${number(all.length)})`),
      h("p", { class: "hint" }, hint),
      all.length ? h("ul", { class: "rows" }, all.slice(0, MOST_LISTED).map(rowOf)) : null,
      all.length > MOST_LISTED
        ? h("p", { class: "hint" }, `And ${number(all.length - MOST_LISTED)} more: choose a place to have its own come first.`)
        : null,
      all.length ? null : h("p", { class: "empty" }, "None at this date."),
    );
  replace(
    box,
    part(
      "Questions with rival answers",
      "Contradicts: only one can be right. Tension: one says more than the " +
        `other.${near === null ? "" : ` What is about ${plain(placeName(near), 40)} comes first.`}`,
      first(disputes, (d) => concerns(d, near)),
      (d) =>
        row(
          "dispute",
          d.number,
          chip(
            d.relation === "contradicts" ? "no" : "other",
            d.relation === "contradicts" ? "contradicts" : plain(d.relation, 20),
          ),
          d.question,
          null,
          rivals(d),
        ),
      true,
    ),
    part(
      "Statements the state contradicts",
      "What a source states, held against what the record as a whole says.",
      first(mismatches, (m) => (m.about ?? [m.place]).includes(near)),
      (m) =>
        row(
          "mismatch",
          m.number,
          chip("no", "mismatch"),
          CLAIMS.get(m.claim)?.says ?? m.claim,
          null,
          name(inShort(m.state), 160),
        ),
      true,
    ),
    part(
      "Statements that cannot be tested",
      "Kept and shown; nothing on this page can confirm or refute them.",
      untestable,
      (id) => row("claim", id, chip("plain", "untestable"), CLAIMS.get(id)?.says ?? id, null),
      false,
    ),
  );
  if (!changed.has("reading") && open.length)
    box.querySelectorAll("details").forEach((one, i) => {
      one.open = open[i];
    });
  box.scrollTop = top;
}

/**
 * @param {(dispute: Made.Dispute) => boolean} test
 * @param {string} [title]
 * @returns {Made.Child}
 */
export function relatedDisputes(test, title = "Sources disagree") {
  const disputes = reading().disputes.filter((dispute) => visible(dispute) && test(dispute));
  return disputes.length
    ? [
        h("h4", {}, `${title} (${number(disputes.length)})`),
        h(
          "ul",
          { class: "plainlist" },
          disputes.map((dispute) =>
            h("li", {}, disputeLink(dispute), h("div", { class: "soft rivals" }, rivals(dispute))),
          ),
        ),
      ]
    : null;
}

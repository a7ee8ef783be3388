// Values of the record's cells, and names of the model's rules, numbers and events, in words.
import { actorName, ACTORS, P, placeName, PLACES } from "./payload.js";
import { storiesNow } from "./state.js";
import { listWords, plain, rangeOf } from "./text.js";

/**
 * A value of a cell or an answer in words.
 * @param {any} value
 * @returns {string}
 */
export function answerWords(value) {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return listWords(value.map(answerWords), "and");
  if (typeof value === "object") {
    if ("low" in value || "high" in value) return `${rangeOf(value)}${value.scope ? ` (${value.scope})` : ""}`;
    if ("actor" in value) return `${actorName(value.actor)} ${value.part ?? ""}`;
    return Object.entries(value)
      .map(([key, one]) => `${key} ${answerWords(one)}`)
      .join(", ");
  }
  return ACTORS.has(value) ? actorName(value) : PLACES.has(value) ? placeName(value) : String(value);
}

/**
 * @param {string} id
 * @returns {string}
 */
export const numberName = (id) => String(id).replace(/[_.-]+/g, " ");

/**
 * @param {string} id
 * @returns {string}
 */
export const numberWords = (id) => plain(storiesNow()?.numbers[id]?.words ?? numberName(id), 100);

/**
 * What a rule decides.
 * @param {string} rule
 * @returns {string}
 */
export const ruleWords = (rule) =>
  plain(P.rules?.[rule.startsWith("prior of ") ? "prior of" : rule] ?? rule, 60).replace(/_/g, " ");

/**
 * The number under which the project's page on rules has one; empty where it has none.
 * @param {string} rule
 * @returns {string}
 */
export const ruleNumber = (rule) => /^R\d+(?= )/.exec(rule)?.[0] ?? "";

/** The rungs of the ladder of a clash, from 0. */
export const RUNGS = ["calm", "an incident", "reprisals", "a sustained exchange of fire", "an open confrontation"];

/**
 * "plan/relief-crosses has come about" and "ford taken by north" in names.
 * @param {string} text
 * @returns {string}
 */
export function eventName(text) {
  const taken = /^(.+) taken by (.+)$/.exec(text),
    met = /^clash of (.+) and (.+) at rung (\d+)$/.exec(text);
  if (taken && PLACES.has(taken[1])) return `${actorName(taken[2])} has taken ${placeName(taken[1])}`;
  if (met)
    return `${actorName(met[1])} and ${actorName(met[2])} have come to ${RUNGS[Number(met[3])] ?? `rung ${met[3]}`}`;
  const given = /^(\S+) has come about$/.exec(text)?.[1];
  if (!given) return text;
  const plan = storiesNow()?.given.find((one) => one.given === given && given.startsWith("plan/"));
  return plan ? plain(plan.text, 160) : `the scenario\u2019s condition \u201c${numberName(given)}\u201d is met`;
}

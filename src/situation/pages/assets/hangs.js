// What the chosen question hangs on: where its spread comes from, the numbers that move it, disputes, and signposts.
const SPREADS = [["record", "the record", "s-record"], ["parameters", "the numbers", "s-numbers"], ["both", "both together", "s-both"], ["chance", "chance", "s-chance"]];
const numberName = (id) => String(id).replace(/[_.-]+/g, " ");

function spreadBar(answer) {
  const parts = SPREADS.map(([key, words, look]) => ({ words, look, part: answer.spread?.[key] ?? 0 }));
  if (!parts.some((one) => one.part > 0)) return h("p", { class: "empty" }, "Every story gives the same answer: there is no spread to split.");
  return [h("div", { class: "spread", "aria-hidden": "true" }, parts.map((one) => h("span", { class: one.look, style: { width: `${(100 * one.part).toFixed(2)}%` } }))),
    h("ul", { class: "key" }, parts.map((one) => h("li", {}, h("span", { class: `spot ${one.look}`, "aria-hidden": "true" }), ` ${one.words} ${percent(one.part)}`)))];
}

/** One bar of the tornado: the answer where the number was low and where it was high, on the scale of all bars. */
function weightRow(answer, stories, weight, least, most) {
  const row = stories.numbers[weight.number] ?? {}, part = (value) => (value - least) / Math.max(1e-9, most - least);
  const luck = Math.abs(weight.high - weight.low) <= 3 * weight.error, ends = [weight.low, weight.high].sort((a, b) => a - b);
  const range = row.low === null || row.low === undefined ? "" : row.low === row.high ? `${amount(row.low)} ` : `${amount(row.low)} / ${amount(row.best)} / ${amount(row.high)} `;
  return h("li", {}, h("details", {}, h("summary", { class: "weight-row" }, h("span", { class: "weight-name" }, name(numberName(weight.number), 60), row.source === "ASSUMED" ? [" ", chip("other", "assumed")] : ""),
    h("span", { class: `tornado ${luck ? "luck" : ""}`, "aria-hidden": "true" }, h("span", { class: "tornado-bar", style: { left: `${(100 * part(ends[0])).toFixed(2)}%`, width: `${Math.max(0.8, 100 * (part(ends[1]) - part(ends[0]))).toFixed(2)}%` } }),
      h("span", { class: "tornado-high", style: { left: `${(100 * part(weight.high)).toFixed(2)}%` } })),
    h("span", { class: "weight-ends" }, `${inAnswer(answer, weight.low)} \u2192 ${inAnswer(answer, weight.high)}`)),
  h("dl", { class: "facts" }, h("dt", {}, "Range"), h("dd", {}, `${range}${plain(row.unit ?? "", 40)}${row.force ? " (a force at the branch)" : ""}`), h("dt", {}, "Source"), h("dd", {}, name(row.source === "ASSUMED" ? `Assumed: ${row.reason ?? ""}` : [row.source, row.reason].filter(Boolean).join(": ") || "not told", 300)),
    h("dt", {}, "Moves it"), h("dd", {}, `from ${inAnswer(answer, weight.low)} in its low third to ${inAnswer(answer, weight.high)} in its high third of the draws${luck ? "; this cannot be told from luck with so few draws" : ""}. It goes with ${percent(weight.explains)} of the differences between draws.`))));
}

function tornado(answer, stories) {
  const rows = (answer.weights ?? []).slice(0, 10), ends = rows.flatMap((one) => [one.low, one.high]);
  if (!rows.length) return h("p", { class: "empty" }, "Too few stories, or no number varies.");
  const middle = (Math.min(...ends) + Math.max(...ends)) / 2, half = Math.max((Math.max(...ends) - Math.min(...ends)) / 2, scaleOf(answer) * 0.1);
  const shift = Math.max(0, half - middle) - (isShare(answer) ? Math.max(0, middle + half - 1) : 0), least = middle - half + shift, most = middle + half + shift;
  return [h("p", { class: "hint" }, "The answer where each number lies in the low third of its draws, and (dot) where it lies in the high third. Pale: not to be told from luck."), h("div", { class: "weight-row scale", "aria-hidden": "true" }, h("span", {}, ""), h("span", { class: "ends" }, h("span", {}, inAnswer(answer, least)), h("span", {}, inAnswer(answer, most))), h("span", {}, "")), h("ul", { class: "weights" }, rows.map((one) => weightRow(answer, stories, one, least, most)))];
}

function settled(answer) {
  const rows = (answer.disputes ?? []).filter((one) => one.moves > 0).slice(0, 5);
  if (!rows.length) return h("p", { class: "empty" }, "No dispute among the sources changes this answer.");
  return h("ul", { class: "plainlist" }, rows.map((one) => h("li", {}, h("details", {}, h("summary", {}, name(one.text, 120), ` \u00b7 moves it by ${isShare(answer) ? `${amount(one.moves * 100)} points` : inAnswer(answer, one.moves)}`, one.moves <= 2 * one.noise ? [" ", chip("plain", "may be luck")] : ""),
    h("ul", { class: "plainlist" }, one.answers.map((way) => h("li", {}, name(way.value ? way.value.split(", ").map(answerWords).join(", ") : "nothing", 160), `: then ${inAnswer(answer, way.answer)} (so taken in ${percent(way.part)} of stories)`)))))));
}

/** "plan/pmu-crosses has come about" and "rawa taken by iraq" in names. */
function eventName(text) {
  const taken = /^(.+) taken by (.+)$/.exec(text), met = /^clash of (.+) and (.+) at rung (\d+)$/.exec(text);
  if (taken && PLACES.has(taken[1])) return `${actorName(taken[2])} has taken ${placeName(taken[1])}`;
  if (met) return `a clash between ${actorName(met[1])} and ${actorName(met[2])} has reached rung ${met[3]} of 4`;
  return text.replace(/^plan\/(\S+) has come about$/, (_, plan) => `the plan \u201c${numberName(plan)}\u201d goes ahead`);
}
function signpostList(answer) {
  const rows = answer.signposts ?? [];
  if (!rows.length) return h("p", { class: "empty" }, "No early event tells more than luck would.");
  return h("ul", { class: "plainlist posts" }, rows.map((one) => h("li", {}, h("strong", {}, name(eventName(one.event), 160)), ` by day ${number(one.by_day)} (${day(BRANCH + one.by_day * DAY)}): seen in ${percent(one.seen)} of stories. `, `Where seen ${inAnswer(answer, one.where_seen)}, where not ${inAnswer(answer, one.where_not)}.`)));
}

function triggered(answer) {
  const rows = answer.where_triggered ?? [];
  return rows.length ? [h("h3", {}, "Where something given came about"), h("ul", { class: "plainlist" }, rows.map((one) => h("li", {}, name(eventName(`${one.given} has come about`), 120), `, ${count(one.runs, "story", "stories")}: ${inAnswer(answer, one.answer)}`)))] : null;
}

function drawHangs() {
  const stories = told();
  if (!stories) return;
  const answer = stories.questions.find((one) => one.id === page.question) ?? stories.questions[0];
  if (!answer) { replace(byId("hangs"), h("p", { class: "empty" }, "This scenario asks no question.")); return; }
  replace(byId("hangs"), h("p", { class: "big" }, name(answer.text || answer.id, 200)), differing() ? h("p", { class: "hint" }, "For the scenario; choose Baseline for the other.") : null,
    answered(answer) ? [h("h3", {}, "Where its spread comes from"), spreadBar(answer), h("h3", {}, "Numbers that move it"), tornado(answer, stories), h("h3", {}, "If a dispute among the sources were settled"), settled(answer),
      h("h3", {}, "Signposts: what to watch early"), signpostList(answer), triggered(answer)] : h("p", { class: "empty" }, "No story came to its end."));
}
panel(["reading", "question", "charts"], drawHangs);

// The scenario's questions: how likely in words and numbers, both intervals, and what changes against the baseline.
const isShare = (answer) => answer.share !== undefined;
const answered = (answer) => (isShare(answer) ? answer.share !== null : answer.mean !== null && answer.mean !== undefined);
const amount = (value) => (value === null || value === undefined ? "never" : Math.abs(value) < 1 ? String(Number(Number(value).toPrecision(2))) : Math.abs(value) < 10 ? number(Math.round(value * 10) / 10) : number(Math.round(value)));
const unitOf = (answer) => plain(answer.unit ?? "", 20);
const inAnswer = (answer, value) => (isShare(answer) ? percent(value) : `${amount(value)} ${unitOf(answer)}`);
const gapWords = (answer, value) => (isShare(answer) ? `${signed(value * 100, 1)} points` : `${signed(value, 1)} ${unitOf(answer)}`);
const twinOf = (answer) => TWINS?.questions[answer.id] ?? null;

/** The answer in figures and words, as a person would say it. */
function answerLine(answer) {
  if (!answered(answer)) return "no story came to its end";
  if (isShare(answer)) return `${percent(answer.share)} of stories: ${plain(answer.words, 80)}`;
  const comes = answer.comes === undefined ? "" : `; comes about in ${percent(answer.comes)} of stories`;
  return `median ${answer.p50 === null ? "never" : `${amount(answer.p50)} ${unitOf(answer)}`}${comes}`;
}
function intervalLine(answer) {
  if (!answered(answer)) return "";
  if (isShare(answer)) return `counting error ${percent(answer.interval[0])} to ${percent(answer.interval[1])}; outer band ${percent(answer.outer[0])} to ${percent(answer.outer[1])}; confidence ${plain(answer.confidence, 20)}`;
  const limit = answer.ask === "days until" ? `, what never comes counted as ${number((TO - BRANCH) / DAY)} days` : "";
  return `half of the stories ${amount(answer.p25)} to ${amount(answer.p75)}, nine in ten ${amount(answer.p05)} to ${amount(answer.p95)}; mean ${amount(answer.mean)}${limit}`;
}
function gapLine(answer) {
  const twin = twinOf(answer);
  if (!twin) return null;
  const zero = twin.difference === 0 && twin.equal === 1;
  const apart = zero ? "no difference in any pair of stories" : `${gapWords(answer, twin.difference)}${twin.interval ? ` (95 %: ${gapWords(answer, twin.interval[0])} to ${gapWords(answer, twin.interval[1])})` : ""}`;
  return `against the baseline: ${apart}${zero ? "" : `; of 100 pairs ${Math.round(twin.less * 100)} less, ${Math.round(twin.equal * 100)} same, ${Math.round(twin.more * 100)} more`}`;
}

/** A line of a scale with two spans and a mark; all numbers are parts of the whole, 0 to 1. */
function dotRow({ thin, thick, mark, hollow, zero, ends }) {
  const cut = (value) => Math.min(1, Math.max(0, value));
  const from = (value) => `${(100 * cut(value)).toFixed(2)}%`, wide = ([a, b]) => `${(100 * Math.max(0.004, cut(b) - cut(a))).toFixed(2)}%`;
  const line = h("span", { class: "dots", "aria-hidden": "true" }, zero === undefined ? null : h("span", { class: "dots-zero", style: { left: from(zero) } }),
    thin ? h("span", { class: "dots-thin", style: { left: from(thin[0]), width: wide(thin) } }) : null, thick ? h("span", { class: "dots-thick", style: { left: from(thick[0]), width: wide(thick) } }) : null,
    hollow === undefined || hollow === null ? null : h("span", { class: "dots-hollow", style: { left: from(hollow) } }), mark === undefined || mark === null ? null : h("span", { class: "dots-mark", style: { left: from(mark) } }));
  return ends ? [line, h("span", { class: "ends", "aria-hidden": "true" }, ends.map((text) => h("span", {}, text)))] : line;
}

/** How far a number's scale goes: the horizon for days, else a little above the highest there is. */
function scaleOf(answer) {
  if (isShare(answer)) return 1;
  if (answer.ask === "days until") return (TO - BRANCH) / DAY;
  return Math.max(1, ...[...STORIES.values()].flatMap((one) => one.questions.filter((q) => q.id === answer.id).flatMap((q) => [q.p95 ?? 0, q.mean ?? 0]))) * 1.05;
}
function answerDots(answer) {
  if (!answered(answer)) return null;
  const top = scaleOf(answer), part = (value) => (value === null || value === undefined ? 1 : value / top), base = reading().stories === "scenario" ? STORIES.get("baseline")?.questions.find((one) => one.id === answer.id) : null;
  const ends = isShare(answer) ? ["0 %", "50 %", "100 %"] : ["0", number(Math.round(top / 2)), `${number(Math.round(top))} ${unitOf(answer)}`];
  if (isShare(answer)) return dotRow({ ends, thin: answer.outer, thick: answer.interval, mark: answer.share, hollow: base?.share });
  return dotRow({ ends, thin: [part(answer.p05), part(answer.p95)], thick: [part(answer.p25), part(answer.p75)], mark: part(answer.p50), hollow: base && answered(base) ? part(base.p50) : null });
}
function gapDots(answer) {
  const twin = twinOf(answer);
  if (!twin) return null;
  const widest = Math.max(1e-9, ...[twin.difference, ...(twin.interval ?? [])].map(Math.abs)) * 1.15, most = isShare(answer) ? (widest < 0.22 ? 0.25 : 1) : Math.max(widest, answer.ask === "days until" ? 1 : 10), part = (value) => 0.5 + value / most / 2;
  return dotRow({ ends: [gapWords(answer, -most), "no difference", gapWords(answer, most)], thick: twin.interval ? twin.interval.map(part) : undefined, mark: part(twin.difference), zero: 0.5 });
}

function questionRow(answer) {
  const chosen = page.question === answer.id, gap = differing();
  return h("li", {}, h("button", { type: "button", class: "question", "data-question": plain(answer.id, 60), "aria-pressed": chosen ? "true" : "false", on: { click: () => go({ question: answer.id }) } },
    h("span", { class: "ask" }, name(answer.text || answer.id, 200)), gap ? gapDots(answer) : answerDots(answer),
    gap ? null : h("span", { class: "figure-line" }, answerLine(answer)), gap ? null : h("span", { class: "soft" }, intervalLine(answer)), h("span", { class: gap ? "figure-line" : "soft" }, gapLine(answer) ?? "")));
}

/** Where pairs of stories on the same luck part. */
function partingWords() {
  const it = TWINS.parted;
  if (it.first_day === null) return h("p", { class: "note" }, "No two stories on the same luck part: nothing that differs between the two scenarios has any effect.");
  return h("details", { class: "parting" }, h("summary", {}, `${percent(it.share)} of ${count(TWINS.pairs, "pair")} of stories part, first on day ${number(it.first_day)}, half of those by day ${number(it.median_day)}`),
    it.events.length ? [h("p", { class: "hint" }, `What parted the first ${count(it.retold, "pair")} that were told again:`), h("ul", { class: "plainlist" }, it.events.map((one) => h("li", {}, `${number(one.runs)}: `, name(one.event, 160), one.rule ? h("span", { class: "soft" }, ` by ${plain(one.rule, 60)}`) : "")))] : null);
}

function drawQuestions(changed) {
  const stories = told(), box = byId("questions");
  if (!stories) return;
  const had = box.contains(document.activeElement) ? document.activeElement.dataset.question : null, top = box.scrollTop;
  byId("questions-hint").textContent = differing() ? "dot and bar: the mean difference on the same luck and its 95 % interval; the line in the middle is no difference"
    : `shares: dot, counting error (95 %, thick), outer band over record and assumed numbers (thin) \u00b7 days and men: median, half of the stories (thick), nine in ten (thin)${TWINS ? " \u00b7 hollow: the baseline" : ""}`;
  replace(box, h("p", { class: "hint" }, `Within this model: ${storiesWords(stories)}, seed ${plain(stories.seed, 20)}${stories.failed ? `; ${count(stories.failed, "story", "stories")} failed and left out` : ""}. Choose a question to see what it hangs on.`),
    h("ul", { class: "question-list" }, stories.questions.map(questionRow)), TWINS ? partingWords() : null);
  box.scrollTop = top;
  const chosen = box.querySelector("button[aria-pressed=true]");
  if (changed.has("question") && chosen && box.scrollHeight > box.clientHeight) {
    const at = chosen.offsetTop - box.offsetTop;
    if (at < box.scrollTop || at + chosen.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = at - 8;
  }
  if (had) [...box.querySelectorAll("button.question")].find((one) => one.dataset.question === had)?.focus({ preventScroll: true });
}
panel(["reading", "question", "charts"], drawQuestions);

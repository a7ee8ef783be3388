// Clashes between those who are no enemies: the share of stories in which two have come to each rung of the ladder by a day.
const RUNG_NAMES = { 1: "incident", 2: "reprisals", 3: "exchange of fire", 4: "confrontation" };
const MOST_PAIRS = 3;

/** The share of stories that have come to a rung by a day. */
function clashAt(course, rung, dayNumber) {
  let share = 0;
  for (const [from, value] of course?.rungs[rung] ?? []) if (from <= dayNumber) share = value;
  return share;
}
const clashOf = (stories, between) => stories?.clashes.find((one) => one.between.join() === between.join()) ?? null;

/** One line a rung, by day: shares, or in a difference points more or less than in the baseline. */
function clashLines(pair, days) {
  const [now, base] = [clashOf(told(), pair.between), clashOf(STORIES.get("baseline"), pair.between)];
  return Object.keys(RUNG_NAMES).filter((rung) => now?.rungs[rung] || (differing() && base?.rungs[rung])).map((rung) => ({ rung, y: days.map((_, i) => 100 * (clashAt(now, rung, i) - (differing() ? clashAt(base, rung, i) : 0))) }));
}

/** Heights for labels near some ends, no two nearer than a gap, inside a range. */
function labelSpots(ends, gap, low, high) {
  const spots = [...ends], order = [...ends.keys()].sort((a, b) => ends[a] - ends[b]);
  order.forEach((at, n) => { spots[at] = Math.max(spots[at], low + gap * 0.3, n ? spots[order[n - 1]] + gap : -Infinity); });
  [...order].reverse().forEach((at, n, back) => { spots[at] = Math.min(spots[at], n ? spots[back[n - 1]] - gap : high - gap * 0.3); });
  return spots;
}

function drawClashes() {
  const stories = told();
  if (!Charts || !stories) return;
  const pairs = [...stories.clashes];
  if (differing()) for (const one of STORIES.get("baseline")?.clashes ?? []) if (!clashOf(stories, one.between)) pairs.push(one);
  const moved = differing() ? pairs.filter((pair) => clashLines(pair, stories.days).some((one) => one.y.some((value) => value !== 0))) : pairs;
  const rows = moved.slice(0, MOST_PAIRS), box = byId("clashes");
  if (!rows.length) { drawn.delete("clashes"); replace(box, h("p", { class: "empty" }, differing() ? "No clash comes about more or less often than in the baseline." : "In no story do two who are no enemies come to blows.")); return; }
  const width = box.clientWidth, tall = 128, height = rows.length * tall + 6, left = 44, layout = look(height, left, 132), free = height - 28, days = stories.days, x = days.map(axisTime), tone = cssColour("--accent");
  const traces = [], notes = [], axes = {};
  rows.forEach((pair, i) => {
    const key = i ? `y${i + 1}` : "y", top = 1 - (i * tall) / free, bottom = Math.max(0, top - (tall - 22) / free), lines = clashLines(pair, days);
    const most = differing() ? Math.max(1, ...lines.flatMap((one) => one.y.map(Math.abs))) * 1.08 : Math.max(5, ...lines.flatMap((one) => one.y)) * 1.05;
    const low = differing() ? Math.min(0, ...lines.flatMap((one) => one.y)) * 1.08 : 0;
    axes[i ? `yaxis${i + 1}` : "yaxis"] = { ...layout.axis, domain: [bottom, top - 20 / free], range: [low, most], nticks: 4, ticksuffix: differing() ? "" : " %", zeroline: differing(), zerolinecolor: cssColour("--muted") };
    notes.push({ xref: "paper", yref: "paper", x: 1, xshift: 124, y: top, xanchor: "right", yanchor: "top", showarrow: false, text: `<b>${plotText(pair.between.map((id) => actorName(id)).join(" and "), 60)}</b>`, font: { size: 11.5, color: cssColour("--ink") } });
    const spots = labelSpots(lines.map((one) => one.y.at(-1)), (most - low) * 0.15, low, most);
    lines.forEach((one, n) => {
      const dash = ["dot", "dash", "solid", "solid"][Number(one.rung) - 1], strong = Number(one.rung) === 4;
      traces.push({ type: "scatter", mode: "lines+markers", x, y: one.y, yaxis: key, line: { width: strong ? 2.6 : 1.6, dash, color: strong ? tone : cssColour("--ink") }, marker: { size: 7, opacity: 0 }, fill: strong && !differing() ? "tozeroy" : "none", fillcolor: faded(tone, 0.16), hoverinfo: "none", customdata: days.map((_, d) => `${i}|${one.rung}|${d}`) });
      notes.push({ xref: "paper", x: 1, xanchor: "left", yref: key, y: spots[n], yanchor: "middle", xshift: 4, showarrow: false, text: `${RUNG_NAMES[one.rung]} ${differing() ? signed(one.y.at(-1)) : percent(one.y.at(-1) / 100)}`, font: { size: 10.5, color: strong ? tone : cssColour("--muted") } });
    });
    const base = reading().stories === "scenario" ? clashOf(STORIES.get("baseline"), pair.between) : null;
    if (base?.rungs[4] || (base && clashOf(stories, pair.between)?.rungs[4])) traces.push({ type: "scatter", mode: "lines", x, y: days.map((_, d) => 100 * clashAt(base, 4, d)), yaxis: key, line: { width: 1.4, dash: "dot", color: tone }, hoverinfo: "skip" });
  });
  const words = (key) => {
    const [i, rung, d] = key.split("|").map(Number), pair = rows[i], line = clashLines(pair, days).find((one) => one.rung === String(rung));
    return [pair.between.map((id) => plain(actorName(id), 40)).join(" and "), `${day(days[d])}: ${differing() ? `${signed(line.y[d], 1)} points against the baseline` : `${percent(line.y[d] / 100)} of stories`}`, `have come to ${RUNGS[rung]} by then`];
  };
  plot("clashes", traces, { ...layout, annotations: notes, xaxis: { ...timeAxis(layout.axis, left, width - 122), anchor: rows.length > 1 ? `y${rows.length}` : "y" }, ...axes },
    { told: words, act: (key) => go({ t: days[Number(key.split("|")[2])] }), words: rows.map((pair) => `${pair.between.map((id) => actorName(id)).join(" and ")}: by the end ${clashLines(pair, days).map((one) => `${RUNG_NAMES[one.rung]} ${differing() ? `${signed(one.y.at(-1))} points` : percent(one.y.at(-1) / 100)}`).join(", ")}`).join("; ") });
}
panel(["reading", "theme", "size", "span", "spanFrom", "charts"], drawClashes);

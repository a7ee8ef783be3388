// Strengths in the stories: the median of each side by day, in bands that hold half and nine in ten of the stories.
function faded(hex, part) {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/gi, "$&$&") : hex;
  return `rgba(${[1, 3, 5].map((i) => parseInt(full.slice(i, i + 2), 16)).join(",")},${part})`;
}
const fanBands = () => (differing() ? TWINS.bands : told().bands);

/** The traces of one side on its own axis. */
function fan(actor, bands, days, axis, base) {
  const x = days.map(axisTime), tone = lineColour(actor), edge = { type: "scatter", mode: "lines", x, yaxis: axis, line: { width: 0.6, color: faded(tone, 0.5) }, hoverinfo: "skip" };
  const made = [{ ...edge, y: bands.p05 }, { ...edge, y: bands.p95, fill: "tonexty", fillcolor: faded(tone, 0.2) }, { ...edge, y: bands.p25 }, { ...edge, y: bands.p75, fill: "tonexty", fillcolor: faded(tone, 0.34) }];
  if (base) made.push({ ...edge, y: base.p50, line: { width: 1.6, dash: "dot", color: cssColour("--ink") } });
  made.push({ type: "scatter", mode: "lines+markers", x, y: bands.p50, yaxis: axis, line: { width: 2, color: tone }, marker: { size: 7, opacity: 0, color: tone }, hoverinfo: "none", customdata: days.map((_, i) => `${actor}|${i}`) });
  return made;
}

function fanWords(key) {
  const [actor, at] = key.split("|"), i = Number(at), b = fanBands()[actor], say = differing() ? (n) => signed(n) : number;
  return [name(actorName(actor), 60), `${day(told().days[i])}${differing() ? ", scenario less baseline" : ""}`, `median ${say(b.p50[i])}`, `half of the stories (50 %): ${say(b.p25[i])} to ${say(b.p75[i])}`, `nine in ten (90 %): ${say(b.p05[i])} to ${say(b.p95[i])}`];
}

function drawFans() {
  const stories = told();
  if (!Charts || !stories) return;
  const bands = fanBands(), actors = P.actors.map((one) => one.id).filter((id) => bands[id]), days = stories.days;
  byId("fans-hint").textContent = `${differing() ? "scenario less baseline, story by story \u00b7 " : ""}line: median \u00b7 dark band: half of the stories (50 %) \u00b7 pale band: nine in ten (90 %)${reading().stories === "scenario" && TWINS ? " \u00b7 dotted: the baseline's median" : ""}`;
  if (!actors.length) { drawn.delete("fans"); replace(byId("fans"), h("p", { class: "empty" }, "No strengths are told.")); return; }
  const width = byId("fans").clientWidth, row = 92, height = actors.length * row + 30, left = 58, layout = look(height, left), free = height - 28;
  const axes = {}, notes = [], traces = [];
  actors.forEach((actor, i) => {
    const key = i ? `y${i + 1}` : "y", top = 1 - (i * row) / free, bottom = Math.max(0, top - (row - 24) / free);
    const all = [...bands[actor].p05, ...bands[actor].p95], low = differing() ? Math.min(0, ...all) : 0, high = Math.max(differing() ? 0 : 1, ...all), least = differing() ? 5 : 1, room = Math.max(least, high - low) * 0.06;
    axes[i ? `yaxis${i + 1}` : "yaxis"] = { ...layout.axis, domain: [bottom, Math.max(bottom, top - 18 / free)], range: [Math.min(low, differing() ? -least : 0) - (low < 0 ? room : 0), Math.max(high, least) + room], nticks: 3, tickformat: ",d", zeroline: differing(), zerolinecolor: cssColour("--muted") };
    notes.push({ xref: "paper", yref: "paper", x: 0, y: top, xanchor: "left", yanchor: "top", showarrow: false, text: `<b>${plotText(actorName(actor), 40)}</b>`, font: { size: 11.5, color: cssColour("--ink") } });
    traces.push(...fan(actor, bands[actor], days, key, reading().stories === "scenario" ? STORIES.get("baseline")?.bands[actor] : null));
  });
  plot("fans", traces, { ...layout, annotations: notes, xaxis: { ...timeAxis(layout.axis, left, width), anchor: actors.length > 1 ? `y${actors.length}` : "y" }, ...axes },
    { told: fanWords, act: (key) => go({ t: days[Number(key.split("|")[1])] }), words: `Men by side at the end: ${actors.map((actor) => `${plain(actorName(actor), 30)} median ${number(bands[actor].p50.at(-1))}, 90 %: ${number(bands[actor].p05.at(-1))} to ${number(bands[actor].p95.at(-1))}`).join("; ")}.` });
}
panel(["reading", "theme", "size", "span", "spanFrom", "charts"], drawFans);

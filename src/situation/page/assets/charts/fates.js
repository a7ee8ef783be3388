// What has become of all men of a side, by day: means over the stories, since means add up to all who were there or came.
import { cssColour, lineColour } from "../core/colours.js";
import { byId, h, name, replace } from "../core/elements.js";
import { actorName, TO } from "../core/payload.js";
import { differing, go, page, storiesNow } from "../core/state.js";
import { BRANCH, signed, STORIES } from "../core/stories.js";
import { capital, count, day, number, plain } from "../core/text.js";
import { axisTime, chartFrames, faded, labelSpots, look, plot, timeAxis, wholeTicks } from "./charts.js";
import { canDraw } from "./library.js";

/** @type {[string, string, number?][]} */
const FATES = [
  ["present", "in the ranks", 0.85],
  ["in_transit", "on the way", 0.6],
  ["wounded", "wounded", 0.42],
  ["hidden", "in hiding", 0.26],
  ["surrendered", "surrendered"],
  ["left", "out of the war"],
  ["killed", "killed"],
];
/** "883 (224 to 2,050)": the mean of a fate on a day, and what nine in ten of the stories hold. */
function fateWords(stories, actor, fate, i) {
  const [low, high] = stories.fates.ranges[actor][fate][i];
  return `${number(Math.round(stories.fates.sides[actor][fate].at(i)))} (${low === high ? number(low) : `${number(low)} to ${number(high)}`})`;
}
const lostOf = (side) => ["killed", "surrendered", "left"].reduce((sum, fate) => sum + side[fate].at(-1), 0);

/** The side that is shown: the chosen one, or the one that loses the largest part of its men. */
function fateSide(sides) {
  const all = Object.keys(sides),
    whole = (side) => FATES.reduce((sum, [fate]) => sum + side[fate].at(-1), 0);
  return sides[page.side]
    ? page.side
    : all.reduce(
        (best, id) =>
          best === null ||
          lostOf(sides[id]) / Math.max(1, whole(sides[id])) > lostOf(sides[best]) / Math.max(1, whole(sides[best]))
            ? id
            : best,
        null,
      );
}

/** In a difference: what has become of them at the end, in both and apart. */
function fateTable(actor) {
  const end = (key) => STORIES.get(key)?.fates.sides[actor],
    both = [end("scenario"), end("baseline")];
  return h(
    "table",
    { class: "full" },
    h("caption", {}, `${plain(actorName(actor), 60)} on ${day(TO)}: men on average over the stories`),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ["What becomes of them", "Scenario (nine in ten)", "Baseline (nine in ten)", "Difference of the means"].map((word) =>
          h("th", { scope: "col" }, word),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      FATES.map(([fate, words]) => {
        const [a, b] = both.map((side) => side?.[fate].at(-1) ?? 0);
        return h(
          "tr",
          {},
          h("th", { scope: "row" }, capital(words)),
          ...["scenario", "baseline"].map((key) =>
            h(
              "td",
              {},
              STORIES.get(key)?.fates.sides[actor]
                ? fateWords(STORIES.get(key), actor, fate, STORIES.get(key).fates.days.length - 1)
                : "0",
            ),
          ),
          h("td", {}, signed(a - b)),
        );
      }),
    ),
  );
}

function fateColour(actor, part) {
  return part === undefined ? null : faded(lineColour(actor), part);
}

/** @param {Set<Made.Part>} changed */
export function drawFates(changed) {
  const stories = storiesNow();
  if (!stories || !canDraw("fates")) return;
  const { days, sides } = stories.fates,
    actor = fateSide(sides),
    pick = byId("fates-of");
  if (!actor) {
    byId("fates").closest("section").hidden = true;
    return;
  }
  if (changed.has("reading") || changed.has("charts") || !pick.options.length)
    replace(
      pick,
      Object.keys(sides).map((id) => h("option", { value: id }, plain(actorName(id), 40))),
    );
  pick.value = actor;
  byId("fates-hint").textContent =
    `${differing() ? "" : "men "}on average over the stories; all of them add ` +
    `up to those who were there at the branch or came since${differing() ? "" : " \u00b7 below the line: still there \u00b7 above it: lost \u00b7 hatched around the line, and in brackets: nine in ten of the stories (90 %)"}`;
  if (differing()) {
    chartFrames.delete("fates");
    const box = byId("fates");
    box.removeAttribute("role");
    box.removeAttribute("aria-label");
    replace(box, fateTable(actor));
    return;
  }
  const side = sides[actor],
    width = byId("fates").clientWidth,
    height = 230,
    left = 58,
    right = Math.min(218, width * 0.45),
    layout = look(height, left, right),
    x = days.map(axisTime),
    ink = cssColour("--muted"),
    grey = ["--faint", "--sunk", "--muted"];
  const sums = days.map(() => 0),
    traces = [],
    ends = [];
  FATES.forEach(([fate, words, part], n) => {
    const from = [...sums],
      tone = fateColour(actor, part) ?? faded(cssColour(grey[n - 4]), n === 5 ? 1 : 0.55);
    side[fate].forEach((value, i) => {
      sums[i] += value;
    });
    traces.push(
      { type: "scatter", mode: "lines", x, y: from, line: { width: 0 }, hoverinfo: "skip" },
      {
        type: "scatter",
        mode: "lines+markers",
        x,
        y: [...sums],
        fill: "tonexty",
        fillcolor: tone,
        line: { width: n === 3 ? 2 : 0.8, color: n === 3 ? cssColour("--ink") : ink },
        marker: { size: 7, opacity: 0 },
        hoverinfo: "none",
        customdata: days.map((_, i) => `${fate}|${i}`),
      },
    );
    ends.push({ fate, words, value: side[fate].at(-1), at: (from.at(-1) + sums.at(-1)) / 2 });
  });
  const lost = stories.fates.ranges[actor].lost,
    band = {
      type: "scatter",
      mode: "lines",
      x,
      hoverinfo: "skip",
      line: { width: 0.8, dash: "dot", color: cssColour("--ink") },
    };
  traces.push(
    { ...band, y: sums.map((sum, i) => sum - lost[i][1]) },
    {
      ...band,
      y: sums.map((sum, i) => sum - lost[i][0]),
      fill: "tonexty",
      fillcolor: faded(cssColour("--card"), 0.25),
      fillpattern: {
        shape: "/",
        size: 5,
        solidity: 0.22,
        fgcolor: cssColour("--ink"),
        bgcolor: faded(cssColour("--card"), 0.25),
      },
    },
  );
  const top = Math.max(1, ...sums) * 1.04,
    named = ends.filter((one) => one.value >= top * 0.004),
    spots = labelSpots(
      named.map((one, n) => one.at + n * 1e-6),
      top * 0.085,
      0,
      top,
    );
  plot(
    "fates",
    traces,
    {
      ...layout,
      annotations: named.map((one, n) => ({
        xref: "paper",
        x: 1,
        xanchor: "left",
        xshift: 4,
        yanchor: "middle",
        y: spots[n],
        showarrow: false,
        text: `${one.words} ${fateWords(stories, actor, one.fate, days.length - 1)}`,
        font: { size: 12, color: ink },
      })),
      xaxis: timeAxis(layout.axis, left, width - right + 10),
      yaxis: { ...layout.axis, range: [0, top], ...wholeTicks(top, 5) },
    },
    {
      tip: (key) => {
        const [fate, i] = key.split("|");
        return [
          name(actorName(actor), 60),
          day(days[Number(i)]),
          `${FATES.find(([id]) => id === fate)[1]}: ${count(Math.round(side[fate][Number(i)]), "man", "men")} on average`,
          `nine in ten of the stories (90 %): ${fateWords(stories, actor, fate, Number(i)).replace(/^.*\(|\)$/g, "")}`,
        ];
      },
      act: (key) => go({ t: days[Number(key.split("|")[1])] }),
      words: `${plain(actorName(actor), 40)} at the end, on average: ${ends.map((one) => `${one.words} ${number(Math.round(one.value))}`).join(", ")}.`,
    },
  );
}
if (BRANCH !== null) byId("fates-of").addEventListener("change", () => go({ side: byId("fates-of").value }));

// The legend: how many places each side holds on the selected date, the change over a week, and the signs of the map.
import { isDark, marker } from "../core/colours.js";
import { standing } from "../core/control.js";
import { byId, h, name, replace, s } from "../core/elements.js";
import { otherNamesBeside } from "../core/othernames.js";
import { ACTORS, actorName, FROM, P, root } from "../core/payload.js";
import { holdersEver } from "../core/record.js";
import { after, differing, noHolderKnown, page, reading } from "../core/state.js";
import { BRANCH, open, signed, TWINS } from "../core/stories.js";
import { DAY } from "../core/calendar.js";
import { number } from "../core/text.js";
import { drawGapMark, gapScaleBar, noGapWords } from "./gaps.js";
import { drawMark } from "./mapmarks.js";
import { app6, legendSign } from "./symbols.js";

const SIGNS = [
  ["contested", "fought over"],
  ["besieged", "besieged, ring in the besieger's colour"],
  ["mixed", "split between two"],
  ["ungarrisoned", "nobody stands there"],
  ["declared", "victory declared by one side"],
  ["unsure", "? day or hour not known exactly"],
  ["disputed", "\u2260 sources disagree"],
  ["assumed", "hole: assumed at the start, and no change reported since"],
  ["fresh", "changed within a day"],
];
const TOGETHER = P.actors.find((actor) => actor.together);
if (TOGETHER) SIGNS.push(["together", "held by several together: the colours of all"]);
if (BRANCH !== null) SIGNS.push(["shares", "ring: in what share of the stories each side holds it"]);
if (TWINS !== null)
  SIGNS.push(
    ["difference", "in more stories than in the baseline (point down: in fewer)"],
    ["lucky", "pale, dashed: the difference may be luck"],
    ["same", "as in the baseline"],
  );

const NOBODY = ""; // in place of a holder where nobody stands; null where nothing is known
const nobodySign = () => {
  const svg = marker(null, 14);
  svg.replaceChildren(drawMark({ area: false }, { x: 0, y: 0, r: 5 }, { holder: null, status: "ungarrisoned" }, {}));
  return svg;
};
function holderWords(id) {
  if (id === null) return after(page.t) ? "No holder" : "Not known";
  return id === NOBODY ? "Nobody" : actorName(id);
}

/** How many places each side holds, and how many nobody does. */
function holders(t) {
  const tally = new Map();
  for (const place of P.places) {
    const c = standing(reading(), place.id, t),
      holder = c.holder;
    if (open(c)) {
      for (const one of c.shares)
        tally.set(one.holder && root(one.holder), (tally.get(one.holder && root(one.holder)) ?? 0) + one.share);
      continue;
    }
    const key = holder ? root(holder) : c.status === "ungarrisoned" ? NOBODY : null;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  return tally;
}

function signPicture(kind) {
  const svg = s("svg", {
    class: "marker",
    width: 22,
    height: 22,
    viewBox: "-11 -11 22 22",
    "aria-hidden": "true",
    focusable: "false",
  });
  const first = P.actors.find((actor) => !actor.parent)?.id ?? null;
  const second = P.actors.filter((actor) => !actor.parent)[1]?.id ?? first;
  /** @type {Made.Standing} */
  const c = {
    holder: kind === "together" ? TOGETHER.id : first,
    status: SIGNS.slice(0, 4).some(([id]) => id === kind) ? kind : "held",
    parts: [{ actor: second, part: "" }],
    besieger: second,
    declared: kind === "declared" ? first : null,
    unsure: kind === "unsure" ? { earliest: 0, latest: DAY } : null,
    assumed: kind === "assumed",
  };
  if (kind === "shares")
    Object.assign(c, {
      holder: null,
      status: kind,
      shares: [
        { holder: first, share: 0.65 },
        { holder: second, share: 0.35 },
      ],
    });
  if (kind === "difference" || kind === "same" || kind === "lucky") {
    svg.append(drawGapMark({ area: false }, { x: 0, y: 0, r: 5 }, kind === "same" ? 0 : 0.4, { luck: kind === "lucky" }));
    return svg;
  }
  svg.append(
    drawMark({ area: false }, { x: 0, y: 0, r: app6() && open(c) ? 2.8 : 4.2 }, c, {
      chosen: false,
      fresh: kind === "fresh",
      disputed: kind === "disputed",
    }),
  );
  if (kind === "fresh") svg.querySelector(".fresh").setAttribute("r", "8.5");
  return svg;
}

let signsKey = "";
/** The signs of the map, each with what it means: the same at every date. */
function drawSigns() {
  const key = JSON.stringify([isDark(), app6()]);
  if (key === signsKey) return;
  signsKey = key;
  replace(
    byId("signs"),
    SIGNS.map(([kind, words]) => h("li", {}, signPicture(kind), words)),
  );
}

let legendKey = "";
export function drawLegend() {
  const gap = differing() && after(page.t),
    now = holders(page.t),
    before = gap ? now : holders(Math.max(FROM, page.t - 7 * DAY));
  const all = holdersEver(page.reading);
  const alike = gap ? noGapWords() : "";
  const silent = noHolderKnown();
  const key = JSON.stringify([silent, [...now], [...before], all, isDark(), app6(), gap, alike]);
  if (key === legendKey) return;
  legendKey = key;
  if (silent) {
    replace(byId("legend"), h("p", { class: "hint" }, legendSign(null), " a place that the record speaks of; no source says who holds any"));
    drawSigns();
    return;
  }
  const order = all.filter(Boolean).sort((a, b) => (now.get(b) ?? 0) - (now.get(a) ?? 0) || (a < b ? -1 : 1));
  for (const id of now.keys()) if (id !== null && !order.includes(id)) order.push(id);
  if (now.get(null)) order.push(null);
  replace(
    byId("legend"),
    h(
      "ul",
      { class: "holders" },
      order.map((id) => {
        const n = now.get(id) ?? 0,
          change = n - (before.get(id) ?? 0);
        return h(
          "li",
          { class: n ? "" : "none" },
          id === NOBODY ? nobodySign() : legendSign(id),
          h("span", {}, name(holderWords(id), 60), ACTORS.has(id) ? otherNamesBeside(ACTORS.get(id), holderWords(id), 10) : null),
          h("strong", {}, gap ? signed(n, 1) : number(Math.round(n * 10) / 10)),
          h(
            "span",
            { class: "change" },
            Math.abs(change) >= 0.1
              ? `${change > 0 ? "\u25b2" : "\u25bc"}\u202f${number(Math.round(Math.abs(change) * 10) / 10)}`
              : "",
          ),
        );
      }),
      alike ? h("li", { class: "change" }, alike) : gap ? gapScaleBar() : null,
      h(
        "li",
        { class: "change" },
        gap
          ? alike && [...now.values()].every((n) => Math.abs(n) < 0.05)
            ? ""
            : "places against the baseline, on average"
          : `${after(page.t) ? "on average; " : ""}\u25b2 \u25bc in 7 days`,
      ),
    ),
  );
  drawSigns();
}

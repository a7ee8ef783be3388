// One small box beside the pointer. What it says is also in the detail panel, so it stays out of the way of readers.
import { byId, h, replace } from "./elements.js";

const tip = byId("tip");

/**
 * @param {MouseEvent} event
 * @param {Made.Child[]} lines
 */
export function showTip(event, lines) {
  replace(
    tip,
    lines.filter(Boolean).map((line, i) => h(i ? "div" : "strong", {}, line)),
  );
  tip.hidden = false;
  const box = tip.getBoundingClientRect(),
    gap = 14;
  const right = event.clientX + gap + box.width < innerWidth - 8;
  const below = event.clientY + gap + box.height < innerHeight - 8;
  tip.style.left = `${Math.max(4, right ? event.clientX + gap : event.clientX - gap - box.width)}px`;
  tip.style.top = `${Math.max(4, below ? event.clientY + gap : event.clientY - gap - box.height)}px`;
}
export function hideTip() {
  tip.hidden = true;
}

/**
 * Show lines while the pointer is over a node; choose on a click.
 * @template {SVGElement} T
 * @param {T} node
 * @param {() => Made.Child[]} lines
 * @param {() => void} [act]
 * @returns {T}
 */
export function pointed(node, lines, act) {
  node.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch") showTip(event, lines());
  });
  node.addEventListener("pointerleave", hideTip);
  if (act)
    node.addEventListener("click", () => {
      hideTip();
      act();
    });
  return node;
}

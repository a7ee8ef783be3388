// What is drawn when: changes are gathered and drawn once a frame; what is shut waits until it is opened, and what is in sight goes first.
/** @typedef {{ keys: Made.Part[], act: (changed: Set<Made.Part>) => void, box: Element | null }} Watcher */
/** @type {Watcher[]} */
const watchers = [];
/**
 * Who is out of sight and waits to be drawn, and what has changed since.
 * @type {Map<Watcher, Set<Made.Part>>}
 */
const waiting = new Map();
/** @type {Set<Element>} */
const outOfSight = new Set();
const sight = new IntersectionObserver(
  (boxes) => {
    for (const { target, isIntersecting } of boxes) outOfSight[isIntersecting ? "delete" : "add"](target);
    drawWaiting((one) => !outOfSight.has(one.box) && !shut(one));
  },
  { rootMargin: "100px" },
);
const narrow = matchMedia("(max-width: 767px)");
/** Whether what a watcher draws stands in a tab or in a card that is not open; on paper and in pictures all are. */
const shut = ({ box }) =>
  box !== null &&
  !("picture" in document.documentElement.dataset || "paper" in document.documentElement.dataset) &&
  box.closest(narrow.matches ? ".tab:not(.open), .card.folded:not(.dock)" : ".tab:not(.open)") !== null;
const PAUSE = 60; // milliseconds without a step after which what is out of sight is drawn, too
let pause = 0;
/** @type {Set<Made.Part>} */
let gathered = new Set();
let frame = 0;
let prepared = 0;

/**
 * Call a function once a frame in which one of some parts of the state has changed; in the order of the calls.
 * What it draws waits as long as its box is shut, and while steps of the date follow each other as long as it is out of sight.
 * @param {Made.Part[]} keys
 * @param {(changed: Set<Made.Part>) => void} act
 * @param {string} [box] the id of the element that it fills, where that may wait
 */
export function onChange(keys, act, box) {
  const one = { keys, act, box: box ? document.getElementById(box) : null };
  watchers.push(one);
  if (one.box) sight.observe(one.box);
}

/** Draw such of what waits as a test picks. */
function drawWaiting(picked) {
  for (const [one, changed] of [...waiting]) {
    if (!picked(one)) continue;
    waiting.delete(one);
    one.act(changed);
  }
  sayWhatIsDrawn();
}

const drawable = () => [...waiting.keys()].filter((one) => !shut(one));

/** Draw the first that waits, and let what the reader does come before the next. */
function drawOneWaiting() {
  const [first, ...more] = drawable();
  drawWaiting((one) => one === first);
  if (more.length) pause = setTimeout(drawOneWaiting);
}

/** A part that is drawn may ask for another frame. */
function sayWhatIsDrawn() {
  document.documentElement.dataset.drawn = frame || prepared ? "behind" : drawable().length ? "in sight" : "all";
}

/**
 * Wait for what must be there before all can be drawn.
 * @template Result
 * @param {Promise<Result>} work
 * @returns {Promise<Result>}
 */
export function prepare(work) {
  prepared += 1;
  sayWhatIsDrawn();
  return work.finally(() => {
    prepared -= 1;
    sayWhatIsDrawn();
  });
}

function askFrame() {
  document.documentElement.dataset.address = "behind";
  if (!frame) frame = requestAnimationFrame(drawNow);
  sayWhatIsDrawn();
}

/** Draw all now that has changed or waits. */
export function drawAll() {
  drawNow();
  drawWaiting(() => true);
}

/** Call now who watches what has changed, in place of the next frame. */
export function drawNow() {
  cancelAnimationFrame(frame);
  frame = 0;
  const changed = gathered;
  gathered = new Set();
  const begun = performance.now();
  // a step that leaves the part of the window that the charts show moves that part, too
  const step = changed.has("t") && [...changed].every((key) => key === "t" || key === "spanFrom"),
    opened = changed.has("tab") || changed.has("reading") || changed.has("size");
  for (const one of watchers) {
    const due = one.keys.some((key) => changed.has(key));
    if (!due && !(opened && waiting.has(one))) continue;
    const all = new Set([...(waiting.get(one) ?? []), ...(due ? changed : [])]);
    waiting.delete(one);
    if (shut(one) || (step && one.box && outOfSight.has(one.box))) waiting.set(one, all);
    else one.act(all);
  }
  clearTimeout(pause);
  if (drawable().length) pause = setTimeout(drawOneWaiting, PAUSE);
  sayWhatIsDrawn();
  performance.measure("step", { start: begun, end: performance.now() });
}

/**
 * Have what depends on some parts of the state drawn anew, though they are the same.
 * @param {...Made.Part} keys
 */
export function redraw(...keys) {
  for (const key of keys) gathered.add(key);
  askFrame();
}

/**
 * Whether a part of the state is to be drawn in the next frame.
 * @param {Made.Part} key
 * @returns {boolean}
 */
export const awaits = (key) => gathered.has(key);

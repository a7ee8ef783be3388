// A panel to take away: as a picture, as a table, and as a link that leads to it. All of it is made here, and nothing is asked for.
import { byId, h, replace, speak } from "./core/elements.js";
import { csvCell } from "./core/harmless.js";
import { P } from "./core/payload.js";
import { page, reading } from "./core/state.js";
import { clock, day, plain, stamp, zone } from "./core/text.js";
import { copyLink } from "./address.js";
import { saveFile } from "./claims/footer.js";
import { tableOf } from "./tables.js";

const SCALE = 2;
const CAPTION = 26;
const XHTML = document.documentElement.namespaceURI;
const SVG_SPACE = document.querySelector("svg").namespaceURI;

/** The page's rules as they hold in this window: those of paper and of other widths are left out. */
function rulesNow() {
  const texts = (rules) =>
    [...rules].flatMap((rule) =>
      rule instanceof CSSMediaRule
        ? matchMedia(rule.conditionText).matches
          ? texts(rule.cssRules)
          : []
        : [rule.cssText],
    );
  return [...document.styleSheets].flatMap((sheet) => texts(sheet.cssRules)).join("\n");
}

/** A copy of a card as it stands, unfolded and without what is pressed. */
function still(card) {
  const copy = /** @type {HTMLElement} */ (card.cloneNode(true));
  const selects = [...card.querySelectorAll("select")];
  [...copy.querySelectorAll("select")].forEach((select, i) =>
    select.replaceWith(h("strong", {}, selects[i].selectedOptions[0]?.textContent ?? "")),
  );
  for (const node of copy.querySelectorAll("button.quiet, .takeaway, .head .segments, .chosen-head > button")) node.remove();
  for (const node of [copy, ...copy.querySelectorAll("*")])
    if (node instanceof HTMLElement && (node === copy || node.matches("#detail, #questions, #hangs")))
      Object.assign(node.style, { maxHeight: "none", overflow: "visible", position: "static" });
  copy.classList.remove("folded");
  return copy;
}

/**
 * Draw a card as a PNG, twice as fine as the screen, with a line under it that says of what it is.
 * @param {HTMLElement} card
 * @returns {Promise<Blob>}
 */
async function pictureOf(card) {
  const copy = still(card),
    width = Math.ceil(card.offsetWidth);
  const stage = h("div", { class: "unseen", style: { width: `${width}px`, "clip-path": "none", visibility: "hidden", height: "auto", "white-space": "normal" } }, copy);
  document.body.append(stage);
  const height = Math.ceil(copy.offsetHeight);
  stage.remove();
  const root = document.documentElement,
    body = document.createElementNS(XHTML, "body");
  body.append(copy, document.querySelector(".patterns").cloneNode(true));
  const picture = document.createElementNS(SVG_SPACE, "svg");
  for (const [name, value] of Object.entries({ width, height, ...dataOf(root) })) picture.setAttribute(name, String(value));
  const style = document.createElementNS(XHTML, "style");
  style.textContent = rulesNow();
  const frame = document.createElementNS(SVG_SPACE, "foreignObject");
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", "100%");
  frame.append(style, body);
  picture.append(frame);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = h("canvas", { width: width * SCALE, height: (height + CAPTION) * SCALE }),
    pen = canvas.getContext("2d"),
    look = getComputedStyle(document.body);
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(card).backgroundColor;
  pen.fillRect(0, 0, width, height + CAPTION);
  pen.drawImage(image, 0, 0, width, height);
  pen.font = `12px ${look.fontFamily}`;
  pen.fillStyle = look.color;
  pen.fillText(captionNow(), 12, height + 16, width - 24);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture is too large")))),
  );
}
const dataOf = (root) => Object.fromEntries([...root.attributes].filter((one) => one.name.startsWith("data-")).map((one) => [one.name, one.value]));
const captionNow = () =>
  plain(`${P.title} \u00b7 ${day(page.t)} ${clock(page.t)} (${zone()}) \u00b7 ${reading().label} \u00b7 ${P.kind} ${P.identity.digest.slice(0, 12)}`, 300);

/** The box that offers a panel in three ways. */
function offer(card) {
  const box = byId("take-box"),
    title = card.querySelector("h2").textContent,
    panel = card.classList[1],
    file = (ending) => `${panel}-${stamp(page.t)}-${reading().id}.${ending}`;
  const said = h("p", { role: "status" });
  const say = (words) => {
    said.textContent = words;
    speak(words);
  };
  const act = (words, does) => h("button", { type: "button", on: { click: does } }, words);
  replace(
    box,
    h("h2", { id: "take-heading" }, `Take away: ${plain(title, 80)}`),
    h(
      "p",
      { class: "files" },
      act("Picture (PNG)", () =>
        pictureOf(card).then(
          (content) => {
            saveFile({ name: file("png"), type: "image/png", content });
            say("The picture is saved.");
          },
          (error) => say(`This browser cannot draw it: ${error.message}. "situation dashboard --png" does.`),
        ),
      ),
      act("Table (CSV)", () => {
        const rows = tableOf(panel);
        const text = rows.map((row) => row.map((cell) => csvCell(cell ?? "")).join(",")).join("\n");
        saveFile({ name: file("csv"), type: "text/csv", content: `${text}\n` });
        say(`The table is saved, ${rows.length - 1} rows.`);
      }),
      act("Copy link", () => copyLink(panel).then(say)),
    ),
    said,
    h("button", { type: "button", class: "strong", on: { click: () => box.close() } }, "Close"),
  );
  box.showModal();
}

/** Give every card its button. */
export function offerTakeaways() {
  for (const card of document.querySelectorAll("main section.card")) {
    const heading = card.querySelector("h2");
    (card.querySelector(".head > .switches") ?? card.querySelector(".head")).append(
      h(
        "button",
        {
          type: "button",
          class: "quiet takeaway",
          id: `${heading.id}-take`,
          "aria-label": "Take away",
          "aria-labelledby": `${heading.id}-take ${heading.id}`,
          title: "Picture, table or link of this panel",
          on: { click: () => offer(card) },
        },
        "\u2913",
      ),
    );
  }
}

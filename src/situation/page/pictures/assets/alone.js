// Make one panel ready: what unfolds on it is unfolded. Tells the date and the reading that the page shows.
async (selector) => {
  /** @type {(selector: string) => HTMLElement[]} */
  const all = (selector) => [...document.querySelectorAll(selector)].map((node) => /** @type {HTMLElement} */ (node));
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const panel = document.querySelector(selector);
  for (const node of [panel, ...panel.querySelectorAll(".signs, .parting")]) if (node.matches("details")) node.open = true;
  await document.fonts.ready;
  for (let i = 0; i < 3; i += 1) await frame();
  for (const select of document.querySelectorAll("select")) {
    if (!select.matches("main select")) continue;
    const chosen = document.createElement("p");
    chosen.className = "picture-choice";
    chosen.textContent = select.selectedOptions[0]?.textContent ?? "";
    if (select.offsetParent) select.replaceWith(chosen);
  }
  // A list that goes on in a fold stands in full: nobody can press a picture.
  for (const fold of panel.matches(".expected") ? panel.querySelectorAll("details") : []) fold.replaceWith(...[...fold.children].filter((node) => !node.matches("summary")));
  // The ends and the middle of a scale are hard edges of a gradient, which paper turns black: draw them as lines.
  for (const scale of all("main .dots")) {
    if (getComputedStyle(scale).backgroundImage === "none") continue;
    scale.style.background = "none";
    scale.prepend(...["0", "calc(50% - 1px)", "calc(100% - 1px)"].map((left) => {
      const edge = document.createElement("span");
      Object.assign(edge.style, { left, top: "0", bottom: "0", width: "1px", background: "var(--line)" });
      return edge;
    }));
  }
  return {
    notice: document.querySelector("#notice > span")?.textContent ?? "",
    minute: Number(/** @type {HTMLInputElement} */ (document.getElementById("time")).value),
    reading: all("#readings button[aria-pressed=true]")[0].dataset.value,
  };
}

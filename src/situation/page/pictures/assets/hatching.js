// Patterns become the lines and dots that they stand for: browsers print a pattern as a picture of points.
() => {
  const SVG_NS = "http://www.w3.org/2000/svg";
  const make = (tag, properties, ...children) => {
    const node = document.createElementNS(SVG_NS, tag);
    for (const [key, value] of Object.entries(properties)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  /** Copies of a tile that cover a box; a tile whose marks run through it from top to bottom is stretched instead. */
  const tiles = (pattern, box) => {
    const width = Number(pattern.getAttribute("width")), height = Number(pattern.getAttribute("height")), turn = pattern.patternTransform.baseVal.consolidate()?.matrix ?? new DOMMatrix();
    const back = new DOMMatrix([turn.a, turn.b, turn.c, turn.d, turn.e, turn.f]).inverse();
    const corners = [[box.x, box.y], [box.x + box.width, box.y], [box.x, box.y + box.height], [box.x + box.width, box.y + box.height]].map(([x, y]) => back.transformPoint({ x, y }));
    const [left, right, top, bottom] = [Math.min(...corners.map((p) => p.x)), Math.max(...corners.map((p) => p.x)), Math.min(...corners.map((p) => p.y)), Math.max(...corners.map((p) => p.y))];
    const through = [...pattern.children].every((one) => one.localName === "rect" && Number(one.getAttribute("height")) >= height);
    const all = make("g", pattern.hasAttribute("patternTransform") ? { transform: pattern.getAttribute("patternTransform") } : {});
    for (let x = Math.floor(left / width) * width; x < right; x += width) {
      for (let y = Math.floor(top / height) * height; y < bottom; y += through ? Infinity : height) {
        const copies = [...pattern.children].map((one) => /** @type {Element} */ (one.cloneNode(true)));
        if (through) for (const copy of copies) { copy.setAttribute("y", String(top)); copy.setAttribute("height", String(bottom - top)); }
        all.append(make("g", { transform: through ? `translate(${x},0)` : `translate(${x},${y})` }, ...copies));
      }
    }
    return all;
  };
  let number = 0;
  const filled = /** @type {NodeListOf<SVGGraphicsElement>} */ (document.querySelectorAll("svg rect, svg path, svg circle, svg polygon"));
  for (const node of filled) {
    const id = /url\(["']?#([^"')]+)["']?\)/.exec(getComputedStyle(node).fill)?.[1], pattern = id && document.getElementById(id);
    if (pattern?.localName !== "pattern" || node.closest("defs")) continue;
    const outline = /** @type {Element} */ (node.cloneNode(false)), name = `hatched-${number}`;
    number += 1;
    for (const attribute of ["class", "style", "id", "fill", "opacity"]) outline.removeAttribute(attribute);
    const hatch = make("g", { "clip-path": `url(#${name})`, opacity: getComputedStyle(node).opacity }, tiles(pattern, node.getBBox()));
    outline.removeAttribute("transform");
    const moved = make("g", node.hasAttribute("transform") ? { transform: node.getAttribute("transform") } : {}, make("clipPath", { id: name }, outline), hatch);
    node.style.fill = "none";
    node.after(moved);
  }
}

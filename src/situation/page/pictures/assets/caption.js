// Put the caption under the panel. Returns the height of both.
(words) => {
  const caption = document.createElement("p");
  caption.id = "picture-caption";
  caption.dir = "auto";
  caption.textContent = words;
  document.body.append(caption);
  /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  scrollTo(0, 0);
  return caption.getBoundingClientRect().bottom;
}

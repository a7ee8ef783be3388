// Starting: take theme and address, draw everything, then bring in the charts.
function fits() {
  if (strip.paper) return;
  go({ size: innerWidth * 10000 + byId("map").clientWidth });
}

function copyLink() {
  const text = location.href.split("#")[0] + address();
  const said = (words) => {
    const button = byId("copy-link");
    button.textContent = words;
    speak(words);
    setTimeout(() => {
      button.textContent = "Copy link";
    }, 1600);
  };
  const byHand = () => {
    const box = h("textarea", { class: "unseen", "aria-label": "Link" });
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    byId("copy-link").focus();
    said(done ? "Copied" : "Copy it from the address");
  };
  writeAddress();
  if (navigator.clipboard && isSecureContext) navigator.clipboard.writeText(text).then(() => said("Copied"), byHand);
  else byHand();
}

/** The readings as buttons; on a page of stories the record's own stand in a list beside them, and single stories in another. */
function drawReadings() {
  const all = [...READINGS.values()],
    single = all.filter((one) => one.story),
    pick = byId("one-story");
  const listed = BRANCH === null ? [] : all.filter(ofRecord),
    whole = all.filter((one) => !one.story && !listed.includes(one));
  byId("readings").hidden = READINGS.size < 2;
  segments(byId("readings"), whole, page.reading, (id) => go({ reading: id }));
  offerRecord(listed);
  pick.hidden = !single.length;
  if (!single.length) return;
  if (!pick.options.length)
    replace(
      pick,
      h("option", { value: "" }, "One story \u2026"),
      single.map((one) => h("option", { value: plain(one.id, 60) }, storyTitle(one))),
    );
  pick.value = reading().story ? page.reading : "";
  pick.classList.toggle("on", Boolean(reading().story));
}
function offerRecord(listed) {
  const pick = byId("of-record");
  pick.hidden = !listed.length;
  if (!listed.length) return;
  if (!pick.options.length)
    replace(
      pick,
      h("option", { value: "" }, "The record \u2026"),
      listed.map((one) => h("option", { value: plain(one.id, 60), title: plain(one.hint, 200) }, plain(one.label, 60))),
    );
  pick.value = recorded() ? page.reading : "";
  pick.classList.toggle("on", recorded());
}
byId("of-record").addEventListener("change", (event) => go({ reading: event.target.value || firstWhole().id }));
byId("one-story").addEventListener("change", (event) => go({ reading: event.target.value || firstWhole().id }));
const firstWhole = () => [...READINGS.values()].find((one) => !one.story);

function start() {
  byId("title").replaceChildren(name(P.title, 120));
  byId("title").dir = "auto";
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") page.theme = theme;
  document.documentElement.dataset.kind = P.kind;
  applyTheme();
  page.t = firstMinute();
  page.span = FIRST_SPAN;
  panel(["reading", "charts"], drawReadings);
  panel(["reading", "size", "charts"], flow);
  drawSources();
  drawIdentity();
  for (const key of [
    "t",
    "reading",
    "theme",
    "size",
    "view",
    "rule",
    "symbols",
    "span",
    "selection",
    "unchanged",
    "charts",
    "question",
  ])
    gathered.add(key);
  readAddress();
  drawNow();
  offerHint();
  addEventListener("hashchange", () => {
    if (location.hash !== lastAddress) readAddress();
  });
  printOnPaper();
  new ResizeObserver(fits).observe(byId("map"));
  byId("copy-link").addEventListener("click", copyLink);
  byId("print").addEventListener("click", () => window.print());
  loadCharts().then(
    () => {
      go({ charts: true });
      drawNow();
      document.documentElement.dataset.charts = "drawn";
    },
    (error) => {
      document.documentElement.dataset.charts = "failed";
      for (const id of ["events", "reports", "strengths", ...(BRANCH === null ? [] : ["fans"])])
        replace(
          byId(id),
          h(
            "p",
            { class: "empty" },
            `The charts could not be drawn here (${error.message}). Map, strips, lists and tables work without them.`,
          ),
        );
    },
  );
}
start();

// The entry of the page's script: which parts draw from which parts of the state, and how the page begins.
import { applyTheme } from "./core/colours.js";
import { byId, name } from "./core/elements.js";
import { P } from "./core/payload.js";
import { drawNow, onChange, redraw } from "./core/frames.js";
import { FIRST_SPAN, firstMinute, go, page, PARTS, remembered } from "./core/state.js";
import { drawLegend } from "./map/legend.js";
import { drawWhose } from "./map/gaps.js";
import { drawMap, drawMapWords } from "./map/map.js";
import { drawSymbolSwitch } from "./map/symbols.js";
import { drawDayField } from "./time/datefield.js";
import { drawTicks, drawTime, speakTime } from "./time/slider.js";
import { chooseStrip, drawStrips, moveStripCursor, strip } from "./time/strips.js";
import { moveCursors } from "./charts/charts.js";
import { drawClashes } from "./charts/clashes.js";
import { drawCoverage, drawCoverageWords } from "./charts/coverage.js";
import { drawEvents, drawEventsAgain } from "./charts/events.js";
import { drawFans } from "./charts/fans.js";
import { drawFates } from "./charts/fates.js";
import { sayIfNoneIsSeen } from "./charts/library.js";
import { drawReports, fadeReportsIfNeeded } from "./charts/reports.js";
import { drawStrengths } from "./charts/strengths.js";
import { drawExpected } from "./stories/expected.js";
import { drawHangs } from "./stories/hangs.js";
import { drawQuestions } from "./stories/questions.js";
import { drawDetail } from "./claims/detail.js";
import { drawDisputes } from "./claims/disputes.js";
import { drawAssumptions, drawIdentity, drawSources } from "./claims/footer.js";
import { drawMethod } from "./claims/method.js";
import { drawTable } from "./claims/table.js";
import { followAddress } from "./address.js";
import { layColumns, showCards } from "./columns.js";
import { foldOnPhones, offerTabs, showTab } from "./tabs.js";
import { offerHint } from "./hint.js";
import { drawJudgements } from "./judgements.js";
import { heedKeys } from "./keys.js";
import { printOnPaper } from "./print.js";
import { drawTour } from "./tour.js";
import { offerTakeaways } from "./takeaway.js";
import { drawReadings } from "./readings.js";
import { offerSearch } from "./search.js";

/** Every part of the page, in the order in which they are drawn anew. */
function watch() {
  /** @type {Made.Part[]} */
  const axis = ["reading", "theme", "size", "span", "spanFrom"];
  onChange(["reading"], showCards);
  onChange(["tab", "reading"], showTab);
  onChange(["theme"], applyTheme);
  onChange(["symbols"], drawSymbolSwitch);
  onChange(["t", "reading", "selection", "rule", "symbols", "view", "theme", "size", "whose"], drawMap);
  onChange(["t", "reading", "whose"], drawWhose);
  onChange(["view", "rule", "symbols", "reading", "t"], drawMapWords);
  onChange(["t", "reading", "theme", "symbols"], drawLegend, "legend");
  onChange([...axis, "unchanged"], drawStrips, "strips");
  onChange(["t"], moveStripCursor, "strips");
  onChange(["selection"], chooseStrip, "strips");
  onChange(["t"], moveCursors);
  onChange([...axis, "selection", "charts"], drawEvents, "events");
  onChange(["t"], drawEventsAgain, "events");
  onChange([...axis, "selection", "rows", "charts"], drawReports, "reports");
  onChange(["t"], fadeReportsIfNeeded, "reports");
  onChange([...axis, "t", "selection"], drawCoverage, "coverage-chart");
  onChange(["charts"], drawCoverageWords, "coverage-words");
  onChange(["t", "reading", "theme", "size", "charts"], drawStrengths, "strengths");
  onChange(["reading", "question", "about", "order"], drawQuestions, "questions");
  onChange(["reading", "question"], drawHangs, "hangs");
  onChange([...axis, "charts"], drawFans, "fans");
  onChange([...axis, "charts"], drawClashes, "clashes");
  onChange([...axis, "side", "charts"], drawFates, "fates");
  onChange(["reading", "theme"], drawExpected, "expected");
  onChange(["t", "selection", "reading", "theme"], drawDetail);
  onChange(["t", "reading", "selection", "theme"], drawDisputes, "disputes");
  onChange(["t", "reading"], drawTime);
  onChange(["t", "reading"], drawDayField);
  onChange(["t"], speakTime);
  onChange(["stop"], drawTour);
  onChange(axis, drawTicks);
  onChange(["t", "reading"], drawTable, "table");
  onChange(["reading"], drawAssumptions, "assumptions");
  onChange(["reading"], drawReadings);
  onChange(["reading", "size", "charts", "tab"], layColumns);
}

function fits() {
  if (strip.paper) return;
  go({ size: innerWidth * 10000 + byId("map").clientWidth });
}

function start() {
  byId("title").replaceChildren(name(P.title, 120));
  byId("title").dir = "auto";
  const theme = remembered("theme");
  if (theme === "light" || theme === "dark") page.theme = theme;
  document.documentElement.dataset.kind = P.kind;
  applyTheme();
  page.t = firstMinute();
  page.span = FIRST_SPAN;
  watch();
  drawJudgements();
  drawSources();
  drawIdentity();
  drawMethod();
  redraw(...PARTS);
  followAddress();
  drawNow();
  offerHint();
  offerSearch();
  heedKeys();
  printOnPaper();
  offerTabs();
  foldOnPhones();
  offerTakeaways();
  new ResizeObserver(fits).observe(byId("map"));
  byId("print").addEventListener("click", () => window.print());
  sayIfNoneIsSeen();
}
start();

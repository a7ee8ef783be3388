// What the pages do beyond forms and links. Each works without this script too: it asks again, and sends the form.
"use strict";
(() => {
  /** Follow a job: its bar and words as they change, and the page anew when it has ended. */
  function follow(node) {
    const events = new EventSource(`/jobs/${node.dataset.job}/events`);
    const show = (told) => {
      node.querySelector(".state").textContent = { waiting: "waits", running: "runs" }[told.state] ?? told.state;
      node.querySelector(".words").textContent = told.words;
      let bar = node.querySelector("progress");
      if (!bar && told.state === "running" && told.of > 0) {
        bar = document.createElement("progress");
        bar.setAttribute("aria-label", `Stories told: ${told.title}`);
        node.querySelector(".state").after(bar);
      }
      if (bar && told.of > 0) {
        bar.max = told.of;
        bar.value = told.told;
      }
    };
    events.addEventListener("progress", (event) => show(JSON.parse(event.data)));
    events.addEventListener("end", (event) => {
      events.close();
      const told = JSON.parse(event.data);
      show(told);
      renew(`${told.title}: ${told.words}`);
    });
    addEventListener("pagehide", () => events.close());
  }

  /** Put the page as it is now in the place of the page as it was, and say what has happened. */
  async function renew(words) {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
    const old = document.querySelector("main");
    if (!fresh || !old) return;
    const inside = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (inside) fresh.focus({ preventScroll: true });
    const spoken = document.getElementById("spoken");
    if (spoken) requestAnimationFrame(() => { spoken.textContent = words; });
    begin();
  }

  /** Mark the numbers that differ from what they were, and count them. */
  function marks(form) {
    const rows = [...form.querySelectorAll(".numberrow")];
    const count = document.getElementById("count");
    const differs = (row) => {
      const chosen = row.querySelector("select")?.value;
      const typed = [...row.querySelectorAll("input[data-was]")];
      const values = chosen ? ["", chosen, ""] : typed.map((input) => input.value.trim());
      return typed.some((input, place) => values[place] !== input.dataset.was);
    };
    const mark = () => {
      let changed = 0;
      for (const row of rows) {
        const now = differs(row);
        row.classList.toggle("changed", now);
        changed += now ? 1 : 0;
      }
      const words = changed === 0 ? "No number is changed." : `${changed} number${changed > 1 ? "s are" : " is"} changed.`;
      if (count.textContent !== words) count.textContent = words;
    };
    form.addEventListener("input", mark);
    form.addEventListener("change", mark);
    mark();
  }

  /** Show of a long list of numbers those alone that hold what is looked for. */
  function finder(box) {
    box.parentElement.hidden = false;
    const rows = [...box.closest("details").querySelectorAll(".numberrow")];
    box.addEventListener("input", () => {
      const word = box.value.trim().toLowerCase();
      for (const row of rows) row.hidden = word !== "" && !row.textContent.toLowerCase().includes(word);
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }

  /** The field that a link leads to may stand in a part that is closed. */
  function unfold() {
    const there = location.hash && document.getElementById(location.hash.slice(1));
    const closed = there && there.closest("details:not([open])");
    if (closed) closed.open = true;
    if (there && there.matches("input, select")) there.focus();
  }

  function begin() {
    const running = [...document.querySelectorAll("[data-job]")];
    if (running.length > 0) follow(running[0]);
  }

  begin();
  const form = document.getElementById("start");
  if (form) {
    marks(form);
    form.querySelectorAll(".finder").forEach(finder);
    addEventListener("hashchange", unfold);
    document.getElementById("wrong")?.focus();
  }
})();

// What the pages do beyond forms and links. Each works without this script too: it asks again, and sends the form.
"use strict";
(() => {
  const AGAIN = 3000;
  let watched = null, waiting = 0;

  /** Follow a job: its bar and words as they change, and the page anew when it has ended or its line is lost. */
  function follow(node) {
    const events = new EventSource(`/jobs/${node.dataset.job}/events`);
    watched = events;
    const show = (job) => {
      node.querySelector(".state").textContent = { waiting: "waits", running: "runs" }[job.state] ?? job.state;
      node.querySelector(".words").textContent = job.words;
      let bar = node.querySelector("progress");
      if (!bar && job.state === "running" && job.total > 0) {
        bar = document.createElement("progress");
        bar.setAttribute("aria-label", `Stories done: ${job.title}`);
        node.querySelector(".state").after(bar);
      }
      if (bar && job.total > 0) {
        bar.max = job.total;
        bar.value = job.done;
      }
    };
    events.addEventListener("progress", (event) => show(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      events.close();
      later("");
      fetch("/served.css").catch(lost); // is it the server, or this line alone?
    });
    events.addEventListener("end", (event) => {
      events.close();
      const job = JSON.parse(event.data);
      show(job);
      delete node.dataset.job; // its end is known, whatever becomes of the server
      renew(`${job.title}: ${job.words}`);
    });
  }

  /** Ask for the page again in a while. */
  function later(words) {
    clearTimeout(waiting);
    waiting = setTimeout(() => renew(words), AGAIN);
  }

  /** Say that the server does not answer. Nothing is known of its jobs now, and none can be stopped. */
  function lost() {
    if (document.getElementById("lost")) return;
    for (const node of document.querySelectorAll("[data-job]")) {
      node.querySelector(".state").textContent = "not known";
      node.querySelector(".words").textContent = "";
    }
    for (const bar of document.querySelectorAll("progress")) bar.remove();
    for (const form of document.querySelectorAll("form")) if (form.matches("[action^='/jobs/']")) form.hidden = true;
    const words = document.createElement("p");
    Object.assign(words, { id: "lost", className: "note bad", textContent: "The server does not answer. This page asks again until it does." });
    words.setAttribute("role", "alert");
    document.querySelector("h1").after(words);
  }

  /** The page as it is now; nothing where the server does not answer, or something before it answers in its place. */
  async function freshPage() {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      return fresh.querySelector("main") && fresh;
    } catch {
      return null;
    }
  }

  /** Put the page as it is now in the place of the page as it was, and say what has happened. */
  async function renew(words) {
    const page = await freshPage(), old = document.querySelector("main");
    if (!page) {
      lost();
      later(words);
      return;
    }
    const fresh = page.querySelector("main");
    document.title = page.title;
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
    /** @type {HTMLDetailsElement | null} */
    const closed = there && there.closest("details:not([open])");
    if (closed) closed.open = true;
    /** @type {HTMLElement | null} */
    const field = there?.matches("input, select") ? there : there?.querySelector("input, select");
    field?.focus();
  }

  function begin() {
    const running = [...document.querySelectorAll("[data-job]")];
    if (running.length > 0) follow(running[0]);
  }

  addEventListener("pagehide", () => {
    clearTimeout(waiting);
    watched?.close();
  });
  addEventListener("pageshow", (event) => { if (event.persisted && watched) renew(""); });
  begin();
  document.getElementById("wrong")?.focus();
  const form = document.getElementById("start");
  if (form) {
    marks(form);
    form.querySelectorAll(".finder").forEach(finder);
    addEventListener("hashchange", unfold);
  }
})();

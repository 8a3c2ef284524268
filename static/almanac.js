// Everything works without this script. It adds: the reader's own time beside the edition's, questions that come and
// go with the answer they depend on, counting of long texts, saving while one types, waiting for a connection, asking whoever
// leaves a review with a note that was not added, and copying a line.

"use strict";

// "Friday 31 March 2017, 5:00 pm in New York" (10:00 pm, your time)
for (const time of document.querySelectorAll("time[data-local]")) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = new Date(time.dateTime);
  const there = time.dateTime.match(/[+-]\d\d:\d\d$/);
  const offset = -moment.getTimezoneOffset();
  const here = (offset < 0 ? "-" : "+") + new Date(Math.abs(offset) * 60000).toISOString().slice(11, 16);
  if (there && there[0] !== here) {
    const words = moment.toLocaleString("en-GB", {
      weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", hour12: true,
    });
    time.insertAdjacentText("afterend", ` (${words} in ${zone.split("/").pop().replaceAll("_", " ")}, your time)`);
  }
}

// What Back brings back as it was left is loaded anew, where something old would be refused.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && document.querySelector("[data-fresh]")) location.reload();
});

// The summary of problems is read first.
document.querySelector(".errors")?.focus();

// What a page has sent, until it is known to have arrived. Whoever leaves meanwhile comes to a page that may have been made
// without it.
const sent = {
  PREFIX: "sent ",
  keep(address, body, at) {
    try {
      sessionStorage.setItem(this.PREFIX + address, JSON.stringify({ body, at }));
    } catch {
      // Then it is sent once.
    }
  },
  has(address, body) { return this.all().some((one) => one.address === address && one.body === body); },
  forget(address, body) { if (this.has(address, body)) this.drop(address); },
  drop(address) { sessionStorage.removeItem(this.PREFIX + address); },
  all() {
    try {
      const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(this.PREFIX));
      return keys.map((key) => ({ address: key.slice(this.PREFIX.length), ...JSON.parse(sessionStorage.getItem(key)) }));
    } catch {
      return [];
    }
  },
};

// The most that browsers send for a page that is gone.
const MOST = 60000;
const form = document.querySelector("form[data-page]");
arrive();
addEventListener("pageshow", ({ persisted }) => { if (persisted) arrive(); });
if (form) {
  conditions(form);
  counters(form);
  autosave(form);
}

// What was still on its way when this page was asked for, or never went, is sent once more, which changes nothing where it
// has arrived; then the page that shows it is loaded anew, once. What went long ago has arrived, or was refused.
async function arrive() {
  for (const { address, body, at } of sent.all()) {
    const { pathname } = new URL(address);
    const isHere = form ? pathname === location.pathname : location.pathname === new URL("check", address).pathname;
    if (at && Date.now() - at > 60000) {
      sent.forget(address, body);
      continue;
    }
    if (isHere && form) form.inert = true;
    try {
      const keepalive = body.length < MOST;
      await fetch(address, { method: "POST", body: new URLSearchParams(body), redirect: "manual", keepalive });
      sent.forget(address, body);
      if (isHere) location.reload();
    } catch {
      if (form) form.inert = false;
    }
  }
}

const review = document.getElementById("review");
if (review) reviewing(review);

// A question that depends on another of its page is there only while it is asked.
function conditions(form) {
  const dependent = form.querySelectorAll("[data-condition]");
  const show = () => {
    for (const block of dependent) {
      const ticked = [...form.querySelectorAll(`[name="${block.dataset.condition}"]:checked`)].map((input) => input.value);
      const holds = ticked.some((value) => block.dataset.options.split(" ").includes(value));
      const gone = holds !== (block.dataset.wanted === "true");
      // A note stays where it was written.
      const note = block.querySelector(":scope > .note");
      (note?.nextElementSibling ?? block).hidden = gone;
      if (note) note.querySelector("[data-unasked]").hidden = !gone;
    }
    summaries.forEach(shorten);
  };
  const target = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
  // What a summary says of a question that is gone would lead nowhere.
  const summaries = document.querySelectorAll(".errors:has(li)");
  const shorten = (summary) => {
    const lines = [...summary.querySelectorAll("li")];
    for (const line of lines) line.hidden = Boolean(target(line.querySelector("a").hash)?.closest("[hidden]"));
    summary.hidden = lines.every((line) => line.hidden);
  };
  form.addEventListener("change", show);
  show();
  // Whoever followed a link to a question that is gone is led to its note.
  const sought = target(location.hash);
  if (sought?.closest("[hidden]")) sought.closest("[data-condition]").scrollIntoView();
}

// How many characters are left, once there are few.
function counters(form) {
  for (const area of form.querySelectorAll("[data-longest]")) {
    const count = document.createElement("p");
    count.className = "hint";
    count.setAttribute("aria-live", "polite");
    area.after(count);
    const show = () => {
      const left = Number(area.dataset.longest) - [...area.value.trim().replaceAll("\r\n", "\n")].length;
      count.textContent = left < 0 ? `${-left} characters too many` : left < 200 ? `${left} characters left` : "";
    };
    area.addEventListener("input", show);
    show();
  }
}

// What is typed is saved after a pause, and before the page is left. Each post says which turn of this form it is, so that
// none stands in another's way; the marks that come back say what the form now stands on.
function autosave(form) {
  const status = form.querySelector("[data-saved]");
  if (!status) return;
  // Whether something was typed since it was sent; whether the last post failed, and whether for want of a connection; the button
  // that is on its way, and the one that waits for a connection; how much is on its way else, and how many posts of it would not
  // outlive the page: those that browsers take for too long; and whether another page was asked for, which may come without it.
  let pause, saving, typed = false, failed = false, alone = false, pressed = null, waiting = null, flying = 0, mortal = 0,
    leaving = false;
  const fields = () => new URLSearchParams(new FormData(form));
  const fits = () => flying + fields().toString().length < MOST;
  const next = () => {
    const [name, turn] = form.elements.form.value.split(".");
    form.elements.form.value = `${name}.${Number(turn) + 1}`;
  };
  // Where the session has ended, and where somebody else has signed in: what was sent is kept, and a line says so.
  const anothers = ({ status, headers }) => status === 409 && headers.get("content-type")?.startsWith("application/json");
  const kept = (response) => response.type === "opaqueredirect" || anothers(response);
  const post = async () => {
    if (!pressed) clearTimeout(pause);
    const keepalive = fits();
    typed = false;
    next();
    const body = fields();
    body.append("act", "autosave");
    const text = body.toString(), { length } = text;
    sent.keep(form.action, text, Date.now());
    flying += length;
    mortal += !keepalive;
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive });
      failed = !response.ok && !kept(response);
      alone = false;
      if (!leaving) sent.forget(form.action, text);
      return response;
    } catch (error) {
      failed = alone = true;
      typed ||= !pressed;
      if (sent.has(form.action, text)) sent.keep(form.action, text, 0);
      throw error;
    } finally {
      flying -= length;
      mortal -= !keepalive;
    }
  };
  const save = async () => {
    try {
      const response = await post();
      if (response.type === "opaqueredirect") return "You are not signed in any more: press “Save and continue”, and sign in";
      if (failed) return "Not saved yet: press “Save and continue”";
      const { from, said } = await response.json();
      if (!response.ok) return said;
      for (const [question, mark] of Object.entries(from)) {
        const field = form.elements[`${question}.from`];
        if (field) field.value = mark;
      }
      return typed ? "" : said;
    } catch {
      if (pressed) return "";
      clearTimeout(pause);
      pause = setTimeout(saved, 15000);
      return waiting ? waits() : "Not saved yet: no connection";
    }
  };
  // One at a time, and none after a button was pressed; the last one says how it went.
  const saved = async () => {
    const before = saving;
    const mine = saving = (async () => {
      await before;
      const said = pressed ? "" : await save();
      if (waiting && !alone) form.requestSubmit(waiting);
      return said;
    })();
    const said = await mine;
    if (mine === saving) status.textContent = said;
  };
  const waits = () => {
    const button = waiting.textContent.trim();
    return `No connection: leave this page open. What you typed stays here, and “${button}” is done once there is one`;
  };
  // The page that a button leads to would be without what is typed before it comes: it is stopped, and the button pressed again.
  const again = () => { if (pressed) form.requestSubmit(pressed); };
  form.addEventListener("input", () => {
    typed = true;
    leaving = false;
    status.textContent = "";
    clearTimeout(pause);
    if (pressed) stop();
    pause = setTimeout(pressed ? again : saved, 1500);
  });
  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    clearTimeout(pause);
    // Without a connection it would lead to a page of the browser, and what was typed would be gone.
    const isThrough = waiting && !alone;
    if (!isThrough && (alone || !navigator.onLine)) {
      event.preventDefault();
      [waiting, alone] = [submitter, true];
      status.textContent = waits();
      saved();
      return;
    }
    waiting = null;
    pressed = submitter;
    typed = failed = false;
    sent.drop(form.action);
    next();
  });
  addEventListener("online", () => { if (failed || waiting) saved(); });
  // A link waits for what was typed before it: not for long, unless it would be lost.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !typed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.origin !== location.origin || link.href.split("#")[0] === location.href.split("#")[0]) return;
    event.preventDefault();
    pressed = null;
    const late = fits() ? [new Promise((done) => setTimeout(done, 3000))] : [];
    await Promise.race([saved(), ...late]);
    location.assign(link.href);
  });
  const leave = () => {
    if (typed) post().then(() => { if (failed) status.textContent = "Not saved yet: press “Save and continue”"; }).catch(() => {});
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  addEventListener("pageshow", () => { pressed = waiting = null; });
  addEventListener("beforeunload", (event) => {
    if (failed || mortal || (typed && !fits())) event.preventDefault();
    // Before the next page is asked for, so that it may have it.
    else leave();
    leaving = true;
  });
}

// What stands in a note's field was not added yet. Whatever button is pressed adds it; a link would lose it.
function reviewing(review) {
  let pressed = false;
  const written = () => [...review.elements].some(({ type, value }) => type === "textarea" && value.trim());
  review.addEventListener("submit", () => { pressed = true; });
  addEventListener("pageshow", () => { pressed = false; });
  addEventListener("beforeunload", (event) => { if (!pressed && written()) event.preventDefault(); });
}

// A line to copy, at the press of a button.
for (const line of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const [button, said] = [document.createElement("button"), document.createElement("span")];
  Object.assign(button, { type: "button", className: "link", textContent: "Copy" });
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    line.select();
    try {
      await navigator.clipboard.writeText(line.value);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Selected: copy it with your keyboard";
    }
  });
  line.after(button, " ", said);
}

// Whoever followed a link to an answer and reports something means that answer.
document.querySelector("[data-report]")?.addEventListener("click", ({ currentTarget }) => {
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (anchor && document.querySelector(`.profile section #${CSS.escape(anchor)}`)) {
    currentTarget.search = new URLSearchParams({ question: anchor });
  }
});

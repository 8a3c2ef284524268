// Everything works without this script. It adds to a vendor's pages: questions that come and go with the answer they depend
// on, counting of long texts, saving while one types, and waiting for a connection. `sent.js` stands before it: it keeps what is
// sent until it has arrived.

"use strict";

const form = document.querySelector("form[data-page]");
if (form) {
  conditions(form);
  counters(form);
  autosave(form);
}

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
  // outlive the page: those that browsers take for too long.
  let pause, saving, typed = false, failed = false, alone = false, pressed = null, waiting = null, flying = 0, mortal = 0;
  const fields = () => new URLSearchParams(new FormData(form));
  const fits = () => flying + fields().toString().length < MOST;
  // The form's next turn, as it saves itself.
  const turn = () => {
    const [name, number] = form.elements.form.value.split(".");
    form.elements.form.value = `${name}.${Number(number) + 1}`;
    const body = fields();
    body.append("act", "autosave");
    return body;
  };
  // Where the session has ended, and where somebody else has signed in.
  const kept = (response) => response.type === "opaqueredirect" || isAnothers(response);
  const post = async () => {
    if (!pressed) clearTimeout(pause);
    const keepalive = fits();
    typed = false;
    const body = turn(), text = body.toString(), { length } = text;
    sent.keep({ address: form.action, body: text });
    flying += length;
    mortal += !keepalive;
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive });
      failed = !response.ok && !kept(response);
      alone = false;
      if (!failed && left) sent.arrived(text);
      else if (!failed) sent.forget(text);
      return response;
    } catch (error) {
      failed = alone = true;
      typed ||= !pressed;
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
    left = false;
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
    const body = turn().toString();
    sent.keep({ address: form.action, body });
    sent.pressed = sent.turn(body);
  });
  // The page that the button leads to is stopped, too.
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !pressed) return;
    [pressed, typed] = [null, true];
    pause = setTimeout(saved, 1500);
  });
  addEventListener("online", () => { if (failed || waiting) saved(); });
  // A link, or another form of the page, waits for what was typed before it: not for long, unless it would be lost.
  const wait = async () => {
    pressed = null;
    const late = fits() ? [new Promise((done) => setTimeout(done, 3000))] : [];
    await Promise.race([saved(), ...late]);
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.target || link.origin !== location.origin || link.href.split("#")[0] === location.href.split("#")[0]) return;
    sent.pressed = "";
    if (!typed) return;
    event.preventDefault();
    await wait();
    location.assign(link.href);
  });
  let other = null;
  document.addEventListener("submit", async (event) => {
    const { target, submitter } = event;
    if (target === form || target === other || !typed) return;
    event.preventDefault();
    await wait();
    other = target;
    target.requestSubmit(submitter);
    other = null;
  });
  const leave = () => { if (typed) save().then((said) => { status.textContent = said; }); };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  addEventListener("pageshow", () => { pressed = waiting = null; });
  addEventListener("beforeunload", (event) => {
    if (failed || mortal || (typed && !fits())) event.preventDefault();
    // Before the next page is asked for, so that it may have it.
    else leave();
  });
}

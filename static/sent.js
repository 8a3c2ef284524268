// What a vendor's form has sent is kept in this browser until it is known to have arrived: its newest turn, which has all that
// was typed before it. Whoever leaves meanwhile comes to a page that may have been made without it, or to none of ours.

"use strict";

const sent = {
  PREFIX: "sent ",
  // A turn: the form's name, and the how manieth it is.
  turn(body) { return new URLSearchParams(body).get("form"); },
  key(body) { return this.PREFIX + this.turn(body).split(".")[0]; },
  keep(one) {
    try {
      localStorage.setItem(this.key(one.body), JSON.stringify(one));
    } catch {
      // Then it is sent once.
    }
  },
  all() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.PREFIX));
      return keys.map((key) => JSON.parse(localStorage.getItem(key)));
    } catch {
      return [];
    }
  },
  find(body) { return this.all().find((one) => one.body === body); },
  forget(body) { if (this.find(body)) localStorage.removeItem(this.key(body)); },
  // It has arrived, but a page was asked for before it had, which will show it only when it is loaded anew.
  arrived(body) {
    const one = this.find(body);
    if (one) this.keep({ ...one, arrived: Date.now() });
  },
  // The turn that a button of this window sent, for which no page has come yet.
  get pressed() {
    try {
      return sessionStorage.getItem("pressed");
    } catch {
      return null;
    }
  },
  set pressed(turn) {
    try {
      sessionStorage.setItem("pressed", turn);
    } catch {
      // Then it is sent twice.
    }
  },
};

// The most that browsers send for a page that is gone.
const MOST = 60000;
// The longest that a form waits for what was sent before it.
const PATIENCE = 15000;
// Whether it was not looked at, and may be sent once more.
const isPutOff = ({ status }) => status >= 500 || status === 429;
// What was sent where somebody else has signed in is kept, and a line says so; else a refusal is a page.
const isAnothers = ({ status, headers }) => status === 409 && headers.get("content-type")?.startsWith("application/json");
const isRefused = (response) => response.status >= 400 && response.status !== 404 && !isPutOff(response) && !isAnothers(response);

// Whether another page was asked for.
let left = false;
addEventListener("beforeunload", () => { left = true; });
addEventListener("pageshow", ({ persisted }) => {
  left = false;
  if (persisted) arrive(persisted);
});
arrive(false);

// What was still on its way when this page was asked for, or never went, is sent once more, which changes nothing where it
// has arrived; then the page that shows it is loaded anew, once. While nobody is signed in, nothing is known of what is sent.
async function arrive(persisted) {
  const [navigation] = performance.getEntriesByType("navigation");
  for (const { address, body, arrived } of sent.all()) {
    if (!persisted && isAnswered(address, body, navigation)) {
      sent.forget(body);
    } else if (arrived) {
      sent.forget(body);
      if (arrived > performance.timeOrigin + navigation.requestStart) showAnew(address);
    } else if (isSomebodySignedIn()) {
      await sendOnceMore(address, body);
    }
  }
}

function isSomebodySignedIn() {
  return document.querySelector('form[action="/sign-out"]') !== null;
}

// Whether this page is what a button came to: one that was taken leads on to another address, one that was refused shows what
// was typed.
function isAnswered(address, body, navigation) {
  if (sent.turn(body) !== sent.pressed) return false;
  const cameFrom = document.referrer && new URL(document.referrer).pathname;
  const leadsOn = navigation.redirectCount > 0 && cameFrom === new URL(address).pathname;
  return leadsOn || document.querySelector("[data-answer]") !== null;
}

// Whether this page shows what was sent there.
function shows(address) {
  const { pathname } = document.querySelector("form[data-page]") ? new URL(address) : new URL("check", address);
  return pathname === location.pathname;
}

function showAnew(address) {
  if (shows(address) && !left) location.reload();
}

async function sendOnceMore(address, body) {
  const release = shows(address) ? hold(document.querySelector("form[data-page]")) : () => {};
  const signal = AbortSignal.timeout(PATIENCE), keepalive = body.length < MOST;
  try {
    const request = { method: "POST", body: new URLSearchParams(body), redirect: "manual", keepalive, signal };
    const response = await fetch(address, request);
    if (isPutOff(response)) throw response;
    if (left) return release();
    sent.forget(body);
    if (isRefused(response)) showRefused(address, body);
    else showAnew(address);
  } catch {
    release("What you typed here before is not saved yet. It is kept in this browser, and sent with the next page that you open.");
  }
}

// The form takes nothing that would be gone when the page is loaded anew; whoever has to wait is told.
function hold(form) {
  if (!form) return () => {};
  const line = document.createElement("p");
  Object.assign(line, { className: "reading", role: "alert" });
  const tell = (words) => {
    line.textContent = words;
    document.querySelector("main > .title").append(line);
  };
  const slow = setTimeout(() => tell("One moment: what you typed here before is on its way."), 500);
  form.inert = true;
  return (words) => {
    clearTimeout(slow);
    form.inert = false;
    if (words) tell(words);
    else line.remove();
  };
}

// A refusal stands on a page of its own, with what was typed.
function showRefused(address, body) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: address, hidden: true });
  for (const [name, value] of new URLSearchParams(body)) {
    if (name === "act") continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

// The list of programs works without this script. With it, what is typed or ticked is looked for at once, and what is found
// takes the place of what was there.

"use strict";

const find = document.getElementById("find");
if (find) searching(find);

function searching(find) {
  const status = document.createElement("p");
  status.className = "hide";
  status.setAttribute("role", "status");
  document.body.append(status);
  const asked = ({ pathname, search }) => pathname + search;
  let pause, turn = 0, shown = asked(location), typing = false, leaving = false;
  const look = ({ button, page, typed }) => {
    const fields = new URLSearchParams(new FormData(find, button));
    if (page) fields.set("page", page);
    step(`${find.action}?${fields}`, typed);
  };
  // Each tick is a step that the browser's Back takes back, and so is a text, however many letters it came in.
  const step = (address, typed = false) => show(address, (found) => {
    const same = asked(new URL(found)) === shown || (typed && typing);
    typing = typed;
    history[same ? "replaceState" : "pushState"](null, "", found);
  });
  const show = async (address, remember) => {
    clearTimeout(pause);
    const mine = ++turn;
    try {
      const response = await fetch(address);
      const found = new DOMParser().parseFromString(await response.text(), "text/html");
      if (mine !== turn) return;
      replace(found);
      remember(response.url);
      shown = asked(location);
      document.title = found.title;
      status.textContent = document.querySelector("main h2").textContent;
    } catch {
      // Who has gone on elsewhere is not fetched back: some browsers let go of what is on its way.
      if (mine === turn && !leaving) location.assign(address);
    }
  };
  const replace = (found) => {
    const focused = document.activeElement;
    const opened = [...document.querySelectorAll(".side details[open] > summary")].map((summary) => summary.id);
    for (const part of [".side", "main", "nav.years"]) document.querySelector(part)?.replaceWith(found.querySelector(part));
    for (const link of document.querySelectorAll("head link[rel=alternate]")) link.remove();
    document.head.append(...found.querySelectorAll("head link[rel=alternate]"));
    for (const summary of document.querySelectorAll(".side summary")) {
      summary.parentElement.open ||= opened.includes(summary.id);
    }
    if (!focused.isConnected) focus(focused.id);
  };
  const type = (address) => { find.elements.q.value = new URL(address).searchParams.get("q") ?? ""; };
  // What had the focus has it again; where it went or is folded now, what is found is read from its beginning.
  const focus = (id) => {
    const heading = document.querySelector("main h2");
    heading.tabIndex = -1;
    for (const target of [document.getElementById(id), heading]) {
      target?.focus({ preventScroll: true });
      if (target === document.activeElement) return;
    }
  };
  document.addEventListener("change", ({ target }) => {
    if (target.form !== find || target.type !== "checkbox") return;
    look({ page: target.name === "program" && document.querySelector(".pager [aria-current]")?.value });
  });
  find.addEventListener("input", ({ target }) => {
    if (target.type !== "search") return;
    clearTimeout(pause);
    pause = setTimeout(() => look({ typed: true }), 300);
  });
  // What is on goes like a tick that is taken away; a text leaves its field as well.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!link.matches(".active a, .side .actions a")) {
      leaving = asked(link) !== asked(location);
      return;
    }
    event.preventDefault();
    type(link.href);
    step(link.href);
  });
  // A browser that comes back to the page has what was typed and ticked last, whether it was looked for or not.
  addEventListener("pageshow", ({ persisted }) => {
    leaving = false;
    if (!persisted && performance.getEntriesByType("navigation")[0]?.type === "navigate") return;
    for (const box of find.elements) if (box.type === "checkbox") box.checked = box.defaultChecked;
    type(location.href);
  });
  addEventListener("popstate", () => {
    // A jump within the page is a step as well.
    if (asked(location) === shown) return;
    typing = false;
    type(location.href);
    show(location.href, () => {});
  });
  // Other pages of the list and the comparison are pages of their own.
  find.addEventListener("submit", (event) => {
    leaving = Boolean(event.submitter?.name && event.submitter.name !== "sort");
    if (leaving) return;
    event.preventDefault();
    look({ button: event.submitter });
  });
}

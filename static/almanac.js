// Everything works without this script. It adds: the reader's own time beside the edition's, asking whoever leaves a review
// with a note that was not added, and copying a line.

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

const review = document.getElementById("review");
if (review) reviewing(review);

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

// The timeline page where scripts run: the drawing moves, the handles move, and the state beside follows them.

import { Beside } from "./beside.js";
import { Clocks } from "./clocks.js";
import { DAY, dayOf, inWords, written } from "./dates.js";
import { Picture } from "./picture.js";
import { plane } from "./plane.js";

const SOON = 60;
const SETTLED = 350;
const MOST_STEPS = 40;

const root = document.querySelector("[data-stage]").closest(".with-state");
const told = root.dataset;
const asked = new URLSearchParams(location.search);
const look = root.querySelector("[data-look]");
const steps = root.querySelector("[data-steps]");
const moment = root.querySelector("[data-moment]");
const knownText = root.querySelector("[data-known-text]");
const wholeState = root.querySelector("[data-whole-state]");
const beside = new Beside(root.querySelector("[data-beside]"), told.facts);
const knowledge = (root.querySelector("[data-plane]").dataset.days || "").split(" ").filter(Boolean).map((day) => Number(day) * DAY);

document.body.classList.add("is-live");

// what is asked

// The clocks as addresses write them; a clock that stands at today is left out and follows it.
function basis(days = clocks) {
  const query = new URLSearchParams();
  if (days.at !== clocks.now) query.set("at", written(days.at));
  if (days.known !== clocks.now) query.set("known", written(days.known));
  for (const name of ["revision", "standing"]) if (asked.get(name)) query.set(name, asked.get(name));
  return query;
}

function looked(query) {
  for (const [name, value] of new FormData(look)) if (["find", "kind", "party"].includes(name) && value) query.append(name, value);
  return query;
}

function own() {
  const query = looked(basis());
  for (const name of ["from", "to"]) if (asked.get(name)) query.set(name, asked.get(name));
  if (picture.isAsked) query.set("span", picture.span);
  const text = String(query).replaceAll("%2F", "/");
  return text ? `${told.timeline}?${text}` : told.timeline;
}

function drawing(span, width) {
  const query = looked(basis());
  query.delete("at");
  const chosen = span ?? asked.get("span");
  if (chosen) query.set("span", chosen);
  query.set("width", String(width));
  return `${told.drawing}?${query}`;
}

// the parts

var picture, clocks; // the drawing may be moved before they are there
let placing = 0;
picture = new Picture(root.querySelector("[data-place]"), drawing, moved);
clocks = new Clocks(
  root.querySelector("[data-stage]"),
  root.querySelector("[data-rail]"),
  picture,
  { at: dayOf(Number(told.at)), known: dayOf(Number(told.known)), now: dayOf(Number(told.now)) },
  changed,
);
const cross = plane(root.querySelector("[data-plane]"), clocks);
if (asked.get("span")) picture.isAsked = true;
steps.hidden = false;
buttons();

// following the drawing: the address has what is in view, once it rests

function moved() {
  clocks?.show();
  if (!picture?.isAsked) return;
  clearTimeout(placing);
  placing = setTimeout(() => history.replaceState(null, "", own()), SETTLED);
}

// following the clocks

let drawnKnown = clocks.known;
let waiting = 0;
let settling = 0;

function changed() {
  picture.isKept = true;
  cross();
  headings();
  picture.know(clocks.known + DAY - 1);
  if (!waiting) waiting = setTimeout(follow, SOON);
  clearTimeout(settling);
  settling = setTimeout(settle, SETTLED);
}

async function stateAt(days) {
  const query = String(basis(days));
  const answer = await fetch(query ? `${told.state}?${query}` : told.state);
  if (!answer.ok) throw new Error(`the state was not told: ${answer.status}`);
  return answer.json();
}

// Ask for the state; one question at a time, and one more if the handles have moved meanwhile.
async function follow() {
  const { at, known } = clocks;
  try {
    render(await stateAt({ at, known }));
  } catch {
    knownText.textContent = "The state cannot be reached just now.";
  } finally {
    waiting = 0;
  }
  if (at !== clocks.at || known !== clocks.known) waiting = setTimeout(follow, SOON);
}

function render(state) {
  const size = beside.show(state);
  knownText.textContent = `${asKnown()}: ${size} ${size === 1 ? "fact" : "facts"}.`;
}

function asKnown() {
  if (clocks.known === clocks.now) return "As known today";
  return clocks.known === clocks.at ? "As known that day" : `As known on ${inWords(clocks.known)}`;
}

function headings() {
  moment.textContent = clocks.at === clocks.now ? "today" : `on ${inWords(clocks.at)}`;
  buttons();
  for (const [name, day] of [["at", clocks.at], ["known", clocks.known]]) {
    const field = document.getElementById(`ask-${name}`);
    if (field) field.value = day === clocks.now ? "" : written(day);
  }
}

function buttons() {
  const button = steps.querySelector("[data-separate]");
  button.setAttribute("aria-pressed", String(!clocks.isLinked));
}

// When the handles rest, the list below and the links of the page are told the same dates.
async function settle() {
  const address = own();
  history.replaceState(null, "", address);
  wholeState.href = `${told.timeline}/state?${basis()}`;
  beside.rest(clocks.known === clocks.now ? "" : written(clocks.known));
  if (drawnKnown !== clocks.known) {
    drawnKnown = clocks.known;
    picture.redraw();
  }
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok || address !== own()) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of ["[data-chronicle]", ".ways", ".basis-line"]) {
      const there = document.querySelector(part);
      const fresh = page.querySelector(part);
      if (there && fresh && !there.contains(document.activeElement)) there.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // The server is away: the list stays as it was.
  }
}

// stepping from change to change

steps.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("separate" in button.dataset) {
    clocks.link(!clocks.isLinked);
    root.querySelector("[data-plane-beside]").open = !clocks.isLinked;
    return;
  }
  button.disabled = true;
  try {
    await step(button.dataset.step);
  } finally {
    button.disabled = false;
    button.focus();
  }
});

const sayings = (found) => JSON.stringify(Object.values(found.sections).map((section) => section.facts.map((fact) => [fact.text, fact.standing, fact.certainty])));

async function step(way) {
  let here = await stateAt(clocks);
  const before = sayings(here);
  let days = { at: clocks.at, known: clocks.known };
  for (let number = 0; number < MOST_STEPS; number += 1) {
    const day = neighbour(here, days, way);
    if (day === null) return;
    days = clocks.isLinked ? { at: day, known: day } : { ...days, at: day };
    here = await stateAt(days);
    if (sayings(here) !== before) break;
  }
  clocks.set("at", days.at);
  picture.show(days.at + DAY / 2);
}

// The next day, either way, on which the state may be another one.
function neighbour(found, days, way) {
  const isBack = way === "previous";
  const link = found.links[isBack ? "previous_change" : "next_change"];
  const candidates = [];
  if (link) {
    const instant = Date.parse(new URL(link, location.href).searchParams.get("at"));
    if (!Number.isNaN(instant)) candidates.push(isBack ? Math.min(dayOf(instant), days.at - DAY) : Math.max(dayOf(instant), days.at + DAY));
  }
  if (clocks.isLinked) {
    const learned = isBack
      ? knowledge.filter((day) => day <= days.known).map((day) => day - DAY)
      : knowledge.filter((day) => day > days.known);
    if (learned.length > 0) candidates.push(isBack ? Math.max(...learned) : Math.min(...learned));
  }
  const fair = candidates.filter((day) => !clocks.isLinked || day <= clocks.now);
  if (fair.length === 0) return null;
  return isBack ? Math.max(...fair) : Math.min(...fair);
}

// looking for something

let typing = 0;
look.addEventListener("submit", (event) => {
  event.preventDefault();
  searched();
});
look.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(searched, 180);
});

function searched() {
  picture.redraw();
  history.replaceState(null, "", own());
}

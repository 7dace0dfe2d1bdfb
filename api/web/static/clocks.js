// The two handles: what was true on a date, as it was known on a date. Linked they are one.

import { DAY, inWords, monthsLater } from "./dates.js";

const FINER = 28;

export class Clocks {
  // `rail` holds the handles above the drawing in `stage`; `told` hears of every change.
  constructor(stage, rail, picture, days, told) {
    this.stage = stage;
    this.rail = rail;
    this.picture = picture;
    this.told = told;
    this.at = days.at;
    this.known = days.known;
    this.now = days.now;
    this.isLinked = days.at === days.known;
    this.handles = { at: rail.querySelector('[data-handle="at"]'), known: rail.querySelector('[data-handle="known"]') };
    this.threads = { at: document.createElement("div"), known: document.createElement("div") };
    for (const [name, thread] of Object.entries(this.threads)) {
      thread.className = `thread thread-${name}`;
      stage.append(thread);
    }
    this.veil = document.createElement("div");
    this.veil.className = "veil";
    this.veil.append(document.createElement("span"));
    stage.append(this.veil);
    for (const [name, handle] of Object.entries(this.handles)) {
      handle.addEventListener("pointerdown", (event) => this.grabbed(name, event));
      handle.addEventListener("keydown", (event) => this.typed(name, event));
    }
    rail.addEventListener("pointerdown", (event) => this.pointed(event));
    rail.hidden = false;
    this.show();
  }

  get first() {
    return Math.floor(Math.min(this.picture.whole.start, this.at, this.known) / DAY) * DAY;
  }

  last(name) {
    return name === "known" || this.isLinked ? this.now : Math.max(this.now, monthsLater(this.now, 120));
  }

  set(name, day) {
    const wanted = Math.min(Math.max(Math.floor(day / DAY) * DAY, this.first), this.last(name));
    if (this.isLinked) {
      if (wanted === this.at && wanted === this.known) return;
      this.at = wanted;
      this.known = wanted;
    } else {
      if (this[name] === wanted) return;
      this[name] = wanted;
    }
    this.show();
    this.told();
  }

  both(at, known) {
    this.isLinked = Math.floor(at / DAY) === Math.floor(known / DAY);
    this.at = Math.min(Math.max(Math.floor(at / DAY) * DAY, this.first), this.last("at"));
    this.known = Math.min(Math.max(Math.floor(known / DAY) * DAY, this.first), this.now);
    this.show();
    this.told();
  }

  // Linking again takes what is known back to what is looked at, no later than today.
  link(isLinked) {
    this.isLinked = isLinked;
    if (isLinked) {
      this.at = Math.min(this.at, this.now);
      this.known = this.at;
    }
    this.show();
    this.told();
  }

  show() {
    this.rail.classList.toggle("is-linked", this.isLinked);
    this.handles.known.hidden = this.isLinked;
    this.threads.known.hidden = this.isLinked;
    const ahead = Math.min(Math.max(this.picture.x(this.at + DAY), this.picture.left - 1), this.picture.right + 2);
    this.veil.firstElementChild.style.transform = `translateX(${ahead.toFixed(1)}px)`;
    for (const [name, handle] of Object.entries(this.handles)) {
      const day = this[name];
      const x = this.picture.x(day + DAY / 2);
      const seen = Math.min(Math.max(x, this.picture.left), this.picture.right);
      const lean = (seen - this.picture.left) / Math.max(1, this.picture.right - this.picture.left);
      handle.style.transform = `translateX(${seen.toFixed(1)}px)`;
      handle.style.setProperty("--lean", lean < 0.1 ? "0%" : lean > 0.9 ? "-100%" : "-50%");
      this.threads[name].style.transform = `translateX(${(seen - 0.75).toFixed(1)}px)`;
      this.threads[name].style.visibility = x === seen ? "" : "hidden";
      const beyond = x < seen ? "← " : x > seen ? " →" : "";
      const word = this.isLinked ? "" : name === "at" ? "true " : "known ";
      const text = `${word}${inWords(day)}`;
      handle.firstElementChild.textContent = beyond === "← " ? beyond + text : text + beyond;
      handle.setAttribute("aria-label", this.isLinked ? "What was true and known on" : name === "at" ? "What was true on" : "As it was known on");
      handle.setAttribute("aria-valuemin", String(this.first / DAY));
      handle.setAttribute("aria-valuemax", String(this.last(name) / DAY));
      handle.setAttribute("aria-valuenow", String(day / DAY));
      handle.setAttribute("aria-valuetext", inWords(day));
    }
  }

  // The further down the pointer is pulled, the finer the handle moves.
  grabbed(name, event) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const handle = this.handles[name];
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    let before = event.clientX;
    let instant = this[name] + DAY / 2;
    const top = event.clientY;
    const perPixel = (this.picture.view.end - this.picture.view.start) / (this.picture.right - this.picture.left);
    const dragged = (move) => {
      const away = Math.max(0, Math.abs(move.clientY - top) - FINER);
      instant += ((move.clientX - before) * perPixel) / (1 + away / 12);
      before = move.clientX;
      this.set(name, instant);
    };
    const released = () => {
      handle.removeEventListener("pointermove", dragged);
      handle.removeEventListener("pointerup", released);
      handle.removeEventListener("pointercancel", released);
    };
    handle.addEventListener("pointermove", dragged);
    handle.addEventListener("pointerup", released);
    handle.addEventListener("pointercancel", released);
  }

  // A press beside the handles takes the nearer one there.
  pointed(event) {
    if (event.button !== 0) return;
    const box = this.rail.getBoundingClientRect();
    const name = !this.isLinked && event.clientY - box.top > box.height / 2 ? "known" : "at";
    this.set(name, this.picture.instant(event.clientX - box.left));
    this.grabbed(name, event);
  }

  typed(name, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const day = this[name];
    const wanted = {
      ArrowLeft: day - DAY,
      ArrowDown: day - DAY,
      ArrowRight: day + DAY,
      ArrowUp: day + DAY,
      PageDown: monthsLater(day, -1),
      PageUp: monthsLater(day, 1),
      Home: this.first,
      End: this.now,
    }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    this.set(name, wanted);
    this.picture.show(this[name] + DAY / 2);
  }
}

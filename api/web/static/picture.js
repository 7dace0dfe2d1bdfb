// The drawing: moved and stretched at once as the reader pulls at it, then drawn anew by the server at that scale.

import { DAY, written } from "./dates.js";

const NARROWEST = 280;
const WIDEST = 2400;
const SHORTEST = 3 * DAY;
const BEYOND = 0.25;
const CLOSER = 0.8;

export class Picture {
  // `place` holds the drawing; `address` makes where to fetch it from (span, width); `moved` hears of every move.
  constructor(place, address, moved) {
    this.place = place;
    this.address = address;
    this.moved = moved;
    this.isAsked = false; // whether the reader has chosen what is in view
    this.isKept = false; // whether what is in view stays, whatever becomes known
    this.inFlight = null;
    this.isStale = false;
    this.read();
    this.view = { ...this.drawn };
    this.scroller.scrollLeft = 0;
    this.offer();
    new ResizeObserver(() => this.fit()).observe(place);
    place.addEventListener("click", (event) => this.clicked(event));
    place.addEventListener("wheel", (event) => this.wheeled(event), { passive: false });
    place.addEventListener("pointerdown", (event) => this.pressed(event));
    place.addEventListener("dblclick", (event) => this.scale(0.5, this.instant(this.pixel(event))));
    place.addEventListener("keydown", (event) => this.typed(event));
    place.addEventListener("dragstart", (event) => event.preventDefault());
  }

  read() {
    this.root = this.place.querySelector("[data-picture]");
    this.scroller = this.place.querySelector("[data-scroller]");
    const told = this.root.dataset;
    this.drawn = { start: Number(told.start), end: Number(told.end) };
    this.whole = { start: Number(told.first), end: Number(told.last) };
    this.left = Number(told.left);
    this.right = Number(told.right);
    this.width = Number(told.width);
    this.movable = [...this.root.querySelectorAll("[data-t]")].map((element) => {
      const [, x, y] = element.getAttribute("transform").match(/\(([-\d.]+) ([-\d.]+)\)/);
      return { element, x: Number(x), y };
    });
    this.courses = [...this.root.querySelectorAll("[data-from]")].map((element) => {
      const [, x, y] = element.getAttribute("transform").match(/\(([-\d.]+) ([-\d.]+)\)/);
      return { element, x: Number(x), y };
    });
    // the latest known first: of those already hidden, the last is the next to come back
    this.byKnown = [...this.root.querySelectorAll("[data-k]")]
      .map((element) => ({ element, known: Number(element.dataset.k) }))
      .sort((one, other) => other.known - one.known);
    this.unknown = 0;
  }

  // The marks in view; one of them at a time is reached by Tab.
  marks() {
    return [...this.root.querySelectorAll(".spot, .course")].filter((mark) => !mark.style.visibility);
  }

  offer() {
    this.root.querySelector('.spot[tabindex="0"], .course[tabindex="0"]')?.setAttribute("tabindex", "-1");
    this.marks()[0]?.setAttribute("tabindex", "0");
  }

  // where things lie

  x(instant) {
    return this.left + ((instant - this.view.start) / (this.view.end - this.view.start)) * (this.right - this.left);
  }

  instant(x) {
    return this.view.start + ((x - this.left) / (this.right - this.left)) * (this.view.end - this.view.start);
  }

  pixel(event) {
    return event.clientX - this.place.getBoundingClientRect().left;
  }

  get span() {
    return `${written(this.view.start)}/${written(this.view.end - 1)}`;
  }

  // Hide what was not known by an instant; only marks that come or go are touched.
  know(instant) {
    const { byKnown } = this;
    while (this.unknown < byKnown.length && byKnown[this.unknown].known > instant) {
      byKnown[this.unknown].element.classList.add("is-unknown");
      this.unknown += 1;
    }
    while (this.unknown > 0 && byKnown[this.unknown - 1].known <= instant) {
      this.unknown -= 1;
      byKnown[this.unknown].element.classList.remove("is-unknown");
    }
  }

  // looking elsewhere

  look(start, end, isNow = false) {
    const whole = this.whole.end - this.whole.start;
    const length = Math.min(Math.max(end - start, SHORTEST), whole * 1.6);
    const middle = (start + end) / 2;
    // a little beyond either end, so that what happened last need not stick to the edge
    const beyond = Math.max(length * BEYOND, (length - whole) / 2);
    const first = Math.min(Math.max(middle - length / 2, this.whole.start - beyond), this.whole.end + beyond - length);
    this.view = { start: Math.round(first), end: Math.round(first + length) };
    this.isAsked = true;
    this.shift();
    this.moved();
    this.redraw(isNow);
  }

  move(part) {
    const by = (this.view.end - this.view.start) * part;
    this.look(this.view.start + by, this.view.end + by);
  }

  scale(factor, around = (this.view.start + this.view.end) / 2) {
    this.look(around + (this.view.start - around) * factor, around + (this.view.end - around) * factor);
  }

  // Bring an instant into view, if it is not.
  show(instant) {
    const length = this.view.end - this.view.start;
    if (instant < this.view.start || instant > this.view.end) {
      this.look(instant - length / 2, instant + length / 2);
    }
  }

  // Move what is drawn to where it belongs in the present view; names rest while they would be stretched.
  shift() {
    const factor = (this.drawn.end - this.drawn.start) / (this.view.end - this.view.start);
    const origin = this.x(this.drawn.start) - this.left;
    const place = (x) => this.left + origin + (x - this.left) * factor;
    this.root.classList.toggle("is-zooming", Math.abs(factor - 1) > 0.002);
    for (const { element, x, y } of this.movable) {
      const now = place(x);
      element.setAttribute("transform", `translate(${now.toFixed(1)} ${y})`);
      element.style.visibility = now < this.left - 1 || now > this.right + 1 ? "hidden" : "";
    }
    for (const { element, x, y } of this.courses) {
      element.setAttribute("transform", `translate(${place(x).toFixed(1)} ${y}) scale(${factor.toFixed(4)} 1)`);
      element.style.visibility = place(x) < this.left - 1 ? "hidden" : "";
    }
  }

  fit() {
    if (this.place.clientWidth === 0) return;
    const width = Math.round(Math.min(Math.max(this.place.clientWidth, NARROWEST), WIDEST));
    if (width !== this.width) this.redraw();
  }

  // Have the present view drawn; one request at a time, and one more if the view has changed meanwhile.
  redraw(isNow = true) {
    this.isStale = true;
    clearTimeout(this.timer);
    if (isNow) this.fetch();
    else this.timer = setTimeout(() => this.fetch(), 70);
  }

  async fetch() {
    if (this.inFlight || !this.isStale) return;
    this.isStale = false;
    const width = Math.round(Math.min(Math.max(this.place.clientWidth, NARROWEST), WIDEST));
    this.inFlight = fetch(this.address(this.isAsked || this.isKept ? this.span : null, width));
    try {
      const answer = await this.inFlight;
      if (answer.ok) this.swap(await answer.text());
    } catch {
      // The server is away: what is drawn stays, moved to where it belongs.
    } finally {
      this.inFlight = null;
    }
    if (this.isStale) this.fetch();
  }

  swap(markup) {
    const label = this.place.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    const zoom = document.activeElement?.dataset?.zoom;
    this.place.innerHTML = markup;
    const wanted = this.isAsked || this.isKept ? this.view : null;
    this.read();
    this.view = wanted ?? { ...this.drawn };
    if (wanted) this.shift();
    this.offer();
    this.moved();
    if (label || zoom) {
      const again = [...this.place.querySelectorAll("a, [data-scroller]")].find((element) =>
        zoom && zoom !== "to" ? element.dataset.zoom === zoom : element.getAttribute("aria-label") === label,
      );
      (again ?? this.scroller).focus({ preventScroll: true });
    }
  }

  // mouse, touch and keyboard

  clicked(event) {
    if (this.wasDragged) {
      event.preventDefault();
      return;
    }
    const link = event.target.closest("[data-zoom]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.zoom === "all") return this.look(this.whole.start, this.whole.end, true);
    // the address of a link in a drawing is no text: it can be animated
    const [start, end] = new URL(link.getAttribute("href"), location.href).searchParams.get("span").split("/").map((day) => Date.parse(day));
    const length = end + DAY - start;
    const isLoose = link.classList.contains("cluster") && !link.classList.contains("cell");
    const room = isLoose ? Math.max(Math.min(length * 0.6, ((this.view.end - this.view.start) * CLOSER - length) / 2), 0) : 0;
    this.look(start - room, end + DAY + room, true);
  }

  wheeled(event) {
    if (!event.target.closest("[data-scroller]")) return;
    const isZoom = event.ctrlKey || event.metaKey;
    const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (!isZoom && Math.abs(across) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    if (isZoom) this.scale(Math.exp(Math.min(Math.max(event.deltaY, -60), 60) * 0.01), this.instant(this.pixel(event)));
    else this.move(across / (this.right - this.left));
  }

  pressed(event) {
    if (event.button !== 0 || !event.target.closest("[data-scroller]")) return;
    this.fingers ??= new Map();
    this.fingers.set(event.pointerId, this.pixel(event));
    this.wasDragged = false;
    let held = { ...this.view };
    let from = [...this.fingers.values()];
    const restart = () => {
      held = { ...this.view };
      from = [...this.fingers.values()];
    };
    const at = (x) => held.start + ((x - this.left) / (this.right - this.left)) * (held.end - held.start);
    const dragged = (move) => {
      if (!this.fingers.has(move.pointerId)) return;
      this.fingers.set(move.pointerId, this.pixel(move));
      const now = [...this.fingers.values()];
      if (now.length !== from.length) restart();
      if (!this.wasDragged && Math.abs(now[0] - from[0]) < 4 && now.length < 2) return;
      this.wasDragged = true;
      this.scroller.classList.add("is-held");
      if (now.length >= 2) {
        const apart = Math.max(Math.abs(now[1] - now[0]), 10) / Math.max(Math.abs(from[1] - from[0]), 10);
        const middle = at((from[0] + from[1]) / 2);
        const length = (held.end - held.start) / apart;
        const part = ((now[0] + now[1]) / 2 - this.left) / (this.right - this.left);
        this.look(middle - length * part, middle + length * (1 - part));
      } else {
        const by = at(from[0]) - at(now[0]);
        this.look(held.start + by, held.end + by);
      }
    };
    const released = (up) => {
      if (!this.fingers.delete(up.pointerId)) return;
      restart();
      if (this.fingers.size > 0) return;
      this.scroller.classList.remove("is-held");
      window.removeEventListener("pointermove", dragged);
      window.removeEventListener("pointerup", released);
      window.removeEventListener("pointercancel", released);
      setTimeout(() => {
        this.wasDragged = false;
      });
    };
    if (this.fingers.size > 1) return;
    window.addEventListener("pointermove", dragged);
    window.addEventListener("pointerup", released);
    window.addEventListener("pointercancel", released);
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(".zooms, .drawn-hint")) return;
    const isMark = event.target.closest(".spot, .course");
    const steps = {
      "+": () => this.scale(0.5),
      "=": () => this.scale(0.5),
      "-": () => this.scale(2),
      0: () => this.look(this.whole.start, this.whole.end),
      ArrowLeft: () => (isMark ? this.walk(isMark, -1) : this.move(-0.15)),
      ArrowRight: () => (isMark ? this.walk(isMark, 1) : this.move(0.15)),
      Escape: () => this.scroller.focus(),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  }

  // From mark to mark: one of them is reached by Tab, the others by the arrow keys.
  walk(mark, by) {
    const marks = this.marks();
    const next = marks[marks.indexOf(mark) + by];
    if (!next) return;
    mark.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }
}

// The graph where scripts run: neighbours stand out, arrow keys lead from party to party, and it can be drawn larger.

const STEP = 1.3;
const LARGEST = 3;

class Graph {
  constructor(paper, tools) {
    this.paper = paper;
    this.picture = paper.querySelector("svg");
    this.natural = this.picture.width.baseVal.value;
    this.ratio = this.picture.height.baseVal.value / this.natural;
    this.parts = [...this.picture.querySelectorAll("[data-ends]")];
    this.parties = [...this.picture.querySelectorAll("a[data-party]")];
    paper.classList.add("is-live");
    tools.hidden = false;
    document.querySelectorAll("[data-graph-hint]").forEach((hint) => (hint.hidden = false));
    tools.addEventListener("click", (event) => this.zoomed(event.target.closest("[data-zoom]")?.dataset.zoom));
    // on the paper, since a picture that listens for the focus would get it
    for (const [shows, hides] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      paper.addEventListener(shows, (event) => this.look(event.target));
      paper.addEventListener(hides, () => this.look(null));
    }
    paper.addEventListener("keydown", (event) => this.typed(event));
    paper.addEventListener("pointerdown", (event) => this.pressed(event));
    paper.addEventListener("dragstart", (event) => event.preventDefault());
    paper.addEventListener("click", (event) => this.wasDragged && event.preventDefault(), true);
    this.first = this.picture.querySelector(".is-focus, .is-centre") ?? this.parties[0];
    this.first.setAttribute("tabindex", "0");
    this.draw(this.fitting());
    this.begin();
  }

  // As wide as the page where it can be read at that size, else at its own size.
  fitting() {
    const room = this.paper.clientWidth;
    return room < this.natural * 0.7 ? this.natural * 0.75 : Math.min(room, this.natural);
  }

  draw(wide) {
    this.wide = wide;
    this.picture.setAttribute("width", wide);
    this.picture.setAttribute("height", wide * this.ratio);
  }

  // Where there is not room for all of it, begin with the middle, or with whom it is about.
  begin() {
    if (this.wide <= this.paper.clientWidth) return;
    const box = this.first.getBoundingClientRect();
    const paper = this.paper.getBoundingClientRect();
    this.paper.scrollLeft += box.left + box.width / 2 - paper.left - paper.width / 2;
  }

  zoomed(way) {
    if (!way) return;
    const before = this.wide;
    const least = Math.min(this.paper.clientWidth, this.natural);
    const wanted = { in: before * STEP, out: before / STEP, fit: least }[way];
    const across = (this.paper.scrollLeft + this.paper.clientWidth / 2) / before;
    this.draw(Math.min(Math.max(wanted, least), this.natural * LARGEST));
    this.paper.scrollLeft = across * this.wide - this.paper.clientWidth / 2;
  }

  // Whoever is related to what is pointed at stands out, and so do the lines between them.
  look(target) {
    const party = target?.closest?.("[data-party]")?.dataset.party;
    const ends = target?.closest?.("[data-ends]")?.dataset.ends;
    const isOne = party !== undefined;
    const wanted = isOne ? [party] : target?.closest?.("a") && ends ? ends.split(" ") : null;
    this.picture.classList.toggle("is-looking", wanted !== null);
    if (wanted === null) return;
    const near = new Set(wanted);
    for (const part of this.parts) {
      const both = part.dataset.ends.split(" ");
      const isNear = isOne ? both.includes(party) : both.length === 2 && wanted.every((end) => both.includes(end));
      part.classList.toggle("is-near", isNear);
      if (isNear && both.length === 2) both.forEach((end) => near.add(end));
    }
    for (const link of this.parties) link.classList.toggle("is-near", near.has(link.dataset.party));
  }

  typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zooms = { "+": "in", "=": "in", "-": "out", 0: "fit" };
    const party = event.target.closest("[data-party]");
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (zooms[event.key]) this.zoomed(zooms[event.key]);
    else if (party && event.key === "Escape") this.paper.focus();
    else if (party && ways[event.key]) this.walk(party, ...ways[event.key]);
    else return;
    event.preventDefault();
  }

  // To the nearest party in that direction; one of them is reached by Tab, the others by the arrow keys.
  walk(from, right, down) {
    const middle = (link) => {
      const box = link.getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    };
    const [x, y] = middle(from);
    let next = null;
    let least = Infinity;
    for (const link of this.parties) {
      const [there, low] = middle(link);
      const along = (there - x) * right + (low - y) * down;
      const aside = Math.abs((there - x) * down) + Math.abs((low - y) * right);
      const far = along + 2 * aside;
      if (link !== from && along > 1 && far < least) [next, least] = [link, far];
    }
    if (!next) return;
    from.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  // A mouse drags the paper; fingers scroll it by themselves.
  pressed(event) {
    if (event.button !== 0 || event.pointerType !== "mouse") return;
    const { clientX, clientY } = event;
    const { scrollLeft } = this.paper;
    const { scrollY } = window;
    this.wasDragged = false;
    const dragged = (move) => {
      const [across, down] = [move.clientX - clientX, move.clientY - clientY];
      if (!this.wasDragged && Math.hypot(across, down) < 5) return;
      this.wasDragged = true;
      this.paper.classList.add("is-held");
      this.paper.scrollLeft = scrollLeft - across;
      window.scrollTo({ top: scrollY - down, behavior: "instant" });
    };
    const released = () => {
      this.paper.classList.remove("is-held");
      window.removeEventListener("pointermove", dragged);
      window.removeEventListener("pointerup", released);
      setTimeout(() => {
        this.wasDragged = false;
      });
    };
    window.addEventListener("pointermove", dragged);
    window.addEventListener("pointerup", released);
  }
}

const paper = document.querySelector("[data-graph]");
if (paper) new Graph(paper, document.querySelector("[data-tools]"));

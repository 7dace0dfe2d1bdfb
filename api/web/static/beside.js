// The state beside the drawing: of what is new, only that is made anew.

const begun = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

export class Beside {
  constructor(root, facts) {
    this.root = root;
    this.facts = facts;
    this.place = root.querySelector("[data-sections]");
    this.most = Number(this.place.dataset.most);
    this.whole = root.querySelector("[data-whole-state]");
    this.shapes = new Map([...root.querySelectorAll("template[data-shape]")].map((one) => [one.dataset.shape, one]));
    this.titles = new Map(
      [...root.querySelectorAll("template[data-title]")].map((one) => [one.dataset.title, one.content.textContent.trim()]),
    );
    for (const details of this.place.children) this.watch(details);
  }

  // What is folded away is filled when it is unfolded.
  watch(details) {
    details.addEventListener("toggle", () => {
      if (details.open && details.due) this.fill(details, details.due);
    });
  }

  show(state) {
    const sections = Object.entries(state.sections).filter(([, section]) => section.facts.length > 0);
    const wanted = new Set(sections.map(([name]) => name));
    for (const old of [...this.place.children]) if (!wanted.has(old.dataset.section)) old.remove();
    let before = null;
    for (const [name, section] of sections) {
      const details = this.section(name);
      details.querySelector(".tally").textContent = String(section.facts.length);
      if (details.open) this.fill(details, section.facts);
      else details.due = section.facts;
      const place = before ? before.nextElementSibling : this.place.firstElementChild;
      if (place !== details) this.place.insertBefore(details, place);
      before = details;
    }
    if (sections.length === 0) {
      const nothing = document.createElement("p");
      nothing.className = "nothing";
      nothing.textContent = "The record has nothing to say about that moment.";
      this.place.append(nothing);
    }
    return sections.reduce((sum, [, section]) => sum + section.facts.length, 0);
  }

  section(name) {
    const there = this.place.querySelector(`[data-section="${name}"]`);
    if (there) return there;
    const details = document.createElement("details");
    details.className = "beside";
    details.dataset.section = name;
    details.open = name === "leadership" || name === "board";
    const summary = document.createElement("summary");
    summary.append(`${this.titles.get(name) ?? begun(name)} `);
    const tally = document.createElement("span");
    tally.className = "tally";
    summary.append(tally);
    details.append(summary, document.createElement("ul"));
    this.watch(details);
    return details;
  }

  fill(details, facts) {
    details.due = null;
    const list = details.querySelector("ul");
    const old = new Map();
    for (const item of list.children) {
      const key = (item.told ??= this.read(item));
      if (!old.has(key)) old.set(key, item);
    }
    const items = facts.slice(0, this.most).map((fact) => {
      const remarks = [fact.certainty === "possible" && "possible", fact.contested_by.length > 0 && "contested"].filter(Boolean);
      const key = [fact.standing, begun(fact.text), ...remarks].join("|");
      const kept = old.get(key);
      old.delete(key);
      const item = kept ?? this.item(fact, remarks, key);
      item.classList.toggle("is-new", !kept);
      item.fact = fact;
      return item;
    });
    for (const item of old.values()) item.remove();
    items.forEach((item, number) => {
      if (list.children[number] !== item) list.insertBefore(item, list.children[number] ?? null);
    });
    while (list.children.length > items.length) list.lastElementChild.remove();
    this.tellOfMore(details, facts.length - items.length);
    if (this.known !== undefined) this.lead(list);
  }

  // Of a long section the first facts stand here, and how many more there are.
  tellOfMore(details, number) {
    details.querySelector(".beside-more")?.remove();
    if (number <= 0) return;
    const line = document.createElement("p");
    line.className = "beside-more";
    const link = document.createElement("a");
    link.textContent = `${number.toLocaleString("en")} more ${number === 1 ? "fact" : "facts"}`;
    link.href = this.wholeOf(details);
    line.append(link);
    details.append(line);
  }

  wholeOf(details) {
    return `${this.whole.getAttribute("href")}#${details.dataset.section}`;
  }

  // Where the facts lead to, once the handles rest; `known` as addresses write it, empty for today.
  rest(known) {
    this.known = known;
    this.lead(this.place);
    for (const link of this.place.querySelectorAll(".beside-more a")) link.href = this.wholeOf(link.closest("details"));
  }

  read(item) {
    const remarks = [...item.querySelectorAll(".remark")].map((remark) => remark.textContent);
    return [item.querySelector(".unseen").textContent.replace(/:\s*$/, ""), item.querySelector("a").textContent, ...remarks].join("|");
  }

  item(fact, remarks, key) {
    const item = document.createElement("li");
    item.told = key;
    item.append(this.shapes.get(fact.standing).content.cloneNode(true));
    const words = document.createElement("span");
    const standing = document.createElement("span");
    standing.className = "unseen";
    standing.textContent = `${fact.standing}: `;
    const link = document.createElement("a");
    const text = document.createElement("bdi");
    text.textContent = begun(fact.text);
    link.append(text);
    words.append(standing, link);
    for (const remark of remarks) {
      const told = document.createElement("span");
      told.className = "remark";
      told.textContent = remark;
      words.append(" ", told);
    }
    item.append(words);
    return item;
  }

  lead(place) {
    for (const item of place.querySelectorAll("li")) {
      if (!item.fact) continue;
      const { subject, attribute, object } = item.fact;
      const asked = new URLSearchParams({ subject: subject.id, attribute });
      if (object) asked.set("object", object.id);
      if (this.known) asked.set("known", this.known);
      item.querySelector("a").setAttribute("href", `${this.facts}?${asked}`);
    }
  }
}

// Extras for readers; every page works without them. The one thing that is stored: the chosen colors, on this device.

const root = document.documentElement;

function readTheme() {
  try {
    return localStorage.getItem("theme") ?? "";
  } catch {
    return ""; // The reader's browser lets no page store anything.
  }
}

function showTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function keepTheme(theme) {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Then the choice holds for this page.
  }
}

function offerThemes() {
  const choice = document.getElementById("theme");
  if (!choice) return;
  choice.value = readTheme();
  choice.closest("[hidden]").hidden = false;
  choice.addEventListener("change", () => {
    showTheme(choice.value);
    keepTheme(choice.value);
  });
}

// What the list at the end says of each source, in the sheet of a mark, before it is shown.
function fillSheet({ target, newState }) {
  if (newState !== "open" || !target.matches(".sheet:not(.filled)")) return;
  target.classList.add("filled");
  for (const link of target.querySelectorAll("a[href^='#r']")) {
    const line = document.getElementById(link.hash.slice(1)).cloneNode(true);
    const says = document.createElement("span");
    line.querySelector(".back").remove();
    says.append(...line.childNodes);
    // Behind the place in the source, which stands after the link.
    const place = link.nextSibling?.nodeType === Node.TEXT_NODE ? link.nextSibling : link;
    place.after(says);
    if (place !== link) place.data = place.data.replace(/; $/, "");
    link.addEventListener("click", () => target.hidePopover());
  }
  offerLinks(target);
}

// To the statement of the sheet, and to a report about it; the section ends with both for itself.
function offerLinks(sheet) {
  const id = sheet.closest("[id^='fact-']")?.id;
  const ask = document.querySelector(".section-links [href*='/feedback/']");
  if (!id || !ask) return;
  const link = Object.assign(document.createElement("a"), { className: "copy-link", href: `#${id}` });
  link.textContent = document.getElementById("said").dataset.link;
  const wrong = ask.cloneNode(true);
  wrong.href = ask.getAttribute("href").replace(/&section=.*/, `&fact=${id.slice("fact-".length)}`);
  sheet.append(" ", link, " ", wrong);
}

// A link to a place of the page is copied instead of followed; where that is not allowed it stays a link.
function copyLink(event) {
  const link = event.target.closest?.(".copy-link");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(
    () => sayCopied(link),
    () => { location.hash = link.hash; },
  );
}

function sayCopied(link) {
  const said = document.getElementById("said");
  link.textContent = said.dataset.copied;
  said.replaceChildren(said.dataset.copied);
}

// What begins with what was typed, below the search box; the one that is chosen leads to its place.
class Suggestions {
  constructor(box, number) {
    this.box = box;
    this.root = box.form.getAttribute("action").replace("search/", "");
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${number}`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.labels[0].textContent);
    box.form.after(this.list);
    box.type = "text"; // A box of type “search” may not be a combobox.
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.list.id);
    this.close();
    box.addEventListener("input", () => this.wait());
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("blur", () => this.close());
    // Before the box loses the focus and the list is gone.
    this.list.addEventListener("mousedown", (event) => this.follow(event.target.closest("li"), event));
  }

  wait() {
    clearTimeout(this.timer);
    this.wanted = this.box.value;
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const typed = this.wanted;
    if (typed === null) return;
    let found = [];
    try {
      const answer = await fetch(`/search/suggestions/?q=${encodeURIComponent(typed)}`, { referrerPolicy: "no-referrer" });
      found = (await answer.json()).suggestions ?? [];
    } catch {
      // Then the form does without.
    }
    if (typed === this.wanted) this.show(found);
  }

  close() {
    this.wanted = null; // What is still on its way opens nothing any more.
    this.show([]);
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((suggestion, place) => this.draw(suggestion, place)));
    this.list.hidden = !suggestions.length;
    this.box.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.choose(null);
  }

  draw({ text, context, path }, place) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.lang = "en";
    item.dataset.url = this.root + path.slice(1);
    item.textContent = text;
    if (context) item.append(Object.assign(document.createElement("small"), { textContent: context }));
    return item;
  }

  choose(item) {
    for (const other of this.list.children) other.setAttribute("aria-selected", String(other === item));
    this.chosen = item;
    if (item) this.wanted = null; // Who chooses keeps the list that is there.
    if (item) this.box.setAttribute("aria-activedescendant", item.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const items = this.list.children;
    if (event.key === "Escape") this.wanted = null; // Before there is a list, too.
    if (!items.length) return;
    if (event.key === "ArrowDown") this.choose(this.chosen ? this.chosen.nextElementSibling : items[0]);
    else if (event.key === "ArrowUp") this.choose(this.chosen ? this.chosen.previousElementSibling : items[items.length - 1]);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter") return this.follow(this.chosen, event);
    else return;
    event.preventDefault();
  }

  follow(item, event) {
    if (!item) return;
    event.preventDefault();
    location.assign(item.dataset.url);
  }
}

function offerSuggestions() {
  document.querySelectorAll(".search-form[action$='/search/'] [name=q]").forEach((box, number) => new Suggestions(box, number));
}

showTheme(readTheme());
document.addEventListener("click", copyLink);
document.addEventListener("beforetoggle", fillSheet, true);
document.addEventListener("DOMContentLoaded", offerThemes);
document.addEventListener("DOMContentLoaded", offerSuggestions);

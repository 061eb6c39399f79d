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

// What the list at the end says of each source, in the sheet of a mark when it opens.
function fillSheet({ target, newState }) {
  if (newState !== "open" || !target.matches(".sheet:not(.filled)")) return;
  target.classList.add("filled");
  for (const link of target.querySelectorAll("a[href^='#r']")) {
    const line = document.getElementById(link.hash.slice(1)).cloneNode(true);
    line.querySelector(".back").remove();
    link.after(": ", ...line.childNodes);
    link.addEventListener("click", () => target.hidePopover());
  }
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

showTheme(readTheme());
document.addEventListener("click", copyLink);
document.addEventListener("toggle", fillSheet, true);
document.addEventListener("DOMContentLoaded", offerThemes);

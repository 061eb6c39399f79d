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

showTheme(readTheme());
document.addEventListener("toggle", fillSheet, true);
document.addEventListener("DOMContentLoaded", offerThemes);

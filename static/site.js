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

showTheme(readTheme());
document.addEventListener("DOMContentLoaded", offerThemes);

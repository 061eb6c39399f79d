/* Tells others, while a page of items is open and visible, that somebody is looking at them; and who else is. */
"use strict";

(() => {
  const EVERY = 60_000;
  const FIRST = 1_000; // Who only passes by is not looking.
  const form = document.querySelector("[data-desk-looking]");
  if (!form) {
    return;
  }
  const news = form.querySelector("[data-desk-news]");
  let timer = 0;

  form.querySelector("[data-desk-said]").hidden = false;
  form.querySelector("[data-desk-unsaid]").hidden = true;

  function show(others) {
    const places = document.querySelectorAll("[data-desk-presence]");
    for (const place of places) {
      place.replaceChildren(...(others[place.dataset.deskPresence] ?? []).map(makeNotice));
    }
    // Spoken once for the page: a screen reader would else hear it again and again, minute by minute.
    const found = Object.values(others);
    const said = places.length > 1 && found.length ? `Others are looking at ${found.length} of these items.` : "";
    const spoken = places.length > 1 ? said : found.flat().join(" ");
    if (news.textContent !== spoken) {
      news.textContent = spoken;
    }
  }

  function makeNotice(sentence) {
    const notice = document.createElement("p");
    notice.className = "desk-notice desk-presence";
    notice.textContent = `${sentence} Agree with them before you decide.`;
    return notice;
  }

  async function say() {
    window.clearTimeout(timer);
    if (document.hidden) {
      return;
    }
    timer = window.setTimeout(say, EVERY);
    let response;
    try {
      response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
    } catch {
      return; // No network: the next minute may do better.
    }
    if (response.ok) {
      show(await response.json());
    } else {
      window.clearTimeout(timer); // Signed out, or the items are gone. The page itself will say so.
    }
  }

  function leave() {
    window.clearTimeout(timer);
    const data = new FormData(form);
    data.set("leave", "1");
    navigator.sendBeacon(form.action, data);
  }

  document.addEventListener("visibilitychange", say);
  window.addEventListener("pageshow", () => {
    timer = window.setTimeout(say, FIRST);
  });
  window.addEventListener("pagehide", leave);
})();

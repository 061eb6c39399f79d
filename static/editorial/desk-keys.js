/* Single keys on the desk: they move, tick, open and choose. None of them decides. They can be switched off. */
"use strict";

(() => {
  const SWITCH = "desk-single-keys";
  const ITEMS = "[data-desk-row], [data-desk-item]";
  const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
  const dialog = document.querySelector("[data-desk-help]");
  const told = document.querySelector("[data-desk-told]");
  if (!dialog) {
    return;
  }
  let current = null;

  const listItems = () => [...document.querySelectorAll(ITEMS)];

  function findCurrent() {
    const here = document.activeElement?.closest(ITEMS) ?? null;
    if (here) {
      current = here;
    }
    if (!current?.isConnected) {
      const all = listItems();
      current = all.length === 1 ? all[0] : null;
    }
    return current;
  }

  function move(step) {
    const all = listItems();
    if (!all.length) {
      return;
    }
    const at = all.indexOf(findCurrent());
    // One item alone, which nobody went to yet, is the next one too.
    const isNew = at < 0 || (all.length === 1 && !all[0].contains(document.activeElement));
    go(isNew ? all[step > 0 ? 0 : all.length - 1] : all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  function go(item) {
    current = item;
    const link = item.matches("[data-desk-row]") ? item.querySelector("th a, a") : null;
    if (!link) {
      item.tabIndex = -1;
    }
    (link ?? item).focus({ preventScroll: true });
    item.scrollIntoView({ block: link ? "nearest" : "start" });
  }

  /* The control of this item; on a page with one item, that of the page. */
  function findControl(name, onPage) {
    const item = findCurrent();
    if (!item) {
      tell(listItems().length ? "Go to an item first, with j or k." : "There is no item on this page.");
      return null;
    }
    const own = item.querySelector(`[data-desk-${name}]`);
    const found = own ?? (listItems().length === 1 ? document.querySelector(`#decision ${onPage}`) : null);
    return found?.disabled ? null : found;
  }

  function reveal(control) {
    for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
    control.focus();
    control.scrollIntoView({ block: "nearest" });
  }

  function choose(control, sentence) {
    if (!control) {
      if (findCurrent()) {
        tell(sentence);
      }
      return false;
    }
    if (control.type === "radio") {
      control.click();
    }
    reveal(control);
    return true;
  }

  function approve() {
    choose(findControl("approve", "[data-desk-approve]"), "You cannot approve this item here.");
  }

  function request() {
    const control = findControl("request", "[data-desk-request]");
    if (choose(control, "You cannot request changes of this item here.")) {
      const comment = findControl("comment", "textarea");
      if (comment) {
        reveal(comment);
      }
    }
  }

  function tick() {
    const box = findCurrent()?.querySelector("input[type=checkbox][name=items]");
    if (box) {
      box.click();
      tell(box.checked ? "Ticked." : "Not ticked any more.");
    }
  }

  function open() {
    const row = findCurrent();
    if (row?.matches("[data-desk-row]")) {
      row.querySelector("th a, a").click();
    }
  }

  function tell(sentence) {
    told.textContent = sentence;
    window.clearTimeout(tell.timer);
    tell.timer = window.setTimeout(() => {
      told.textContent = "";
    }, 5_000);
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    a: approve,
    r: request,
    x: tick,
    o: open,
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (!act || !isPlain || event.defaultPrevented || dialog.open || event.target.closest?.(TYPING) || !areOn()) {
      return;
    }
    event.preventDefault();
    act();
  });

  /* The switch stays on this device. Where a browser keeps nothing, the keys are on until the page is left. */
  const box = dialog.querySelector("[data-desk-switch]");
  const areOn = () => box.checked;
  try {
    box.checked = window.localStorage.getItem(SWITCH) !== "off";
  } catch {
    box.checked = true;
  }
  box.addEventListener("change", () => {
    try {
      window.localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // Nothing can be kept here.
    }
  });

  const button = document.querySelector("[data-desk-keys]");
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
})();

/* Gives the admin's autocomplete fields the names that their labels promise: the package leaves them unnamed. */
"use strict";

(() => {
  const labelOf = (select) => document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const nameOf = (select) => (labelOf(select)?.textContent ?? "").trim().replace(/:$/, "");

  function nameSingle(select, container) {
    const label = labelOf(select);
    const chosen = container.querySelector(".select2-selection__rendered");
    if (!label || !chosen) {
      return;
    }
    label.id ||= `${select.id}-label`;
    // One control with a name and a value; the inner box only shows the value.
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    container.querySelector(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }

  function nameMultiple(select, container) {
    const field = container.querySelector(".select2-search__field");
    container.querySelector(".select2-selection").setAttribute("aria-label", nameOf(select));
    field?.setAttribute("aria-label", nameOf(select));
  }

  function nameDropdown(dropdown) {
    const results = dropdown.querySelector("[role=listbox]");
    const id = results?.id.replace(/^select2-(.*)-results$/, "$1");
    const select = id && document.getElementById(id);
    if (!select) {
      return;
    }
    results.setAttribute("aria-label", nameOf(select));
    dropdown.querySelector(".select2-search__field")?.setAttribute("aria-label", `Find: ${nameOf(select)}`);
  }

  function name(container) {
    const select = container.previousElementSibling;
    if (!select?.matches("select.admin-autocomplete")) {
      nameDropdown(container);
    } else if (select.multiple) {
      nameMultiple(select, container);
    } else {
      nameSingle(select, container);
    }
  }

  function nameAll(root) {
    if (root.matches(".select2-container")) {
      name(root);
    }
    root.querySelectorAll(".select2-container").forEach(name);
  }

  const observer = new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]);
    added.filter((node) => node instanceof Element).forEach(nameAll);
  });

  document.addEventListener("DOMContentLoaded", () => {
    observer.observe(document.body, { childList: true, subtree: true });
    nameAll(document.body);
  });
})();

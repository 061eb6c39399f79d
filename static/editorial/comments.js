/* Writes a comment without leaving the page, so that what is typed beside it stays. Without it the page is loaded anew. */
"use strict";

(() => {
  const form = document.getElementById("remarks");

  async function send(button) {
    const section = button.closest(".desk-comments");
    const body = new FormData(form, button);
    button.disabled = true; // Not before: what is disabled is not sent.
    const answer = await fetch(button.formAction, { method: "POST", body });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById(section.id);
    if (!found) {
      // A sign-in or a refusal: a page of its own.
      HTMLFormElement.prototype.submit.call(withButton(button));
      return;
    }
    section.replaceWith(found);
    tell(found, page);
  }

  function tell(section, page) {
    const words = page.querySelector(".messagelist li")?.textContent.trim();
    const note = document.createElement("p");
    note.className = "desk-notice";
    note.tabIndex = -1;
    note.setAttribute("role", "status");
    note.textContent = words ?? "Your comment was not written.";
    section.prepend(note);
    (section.querySelector("[aria-invalid=true]") ?? note).focus();
  }

  function withButton(button) {
    if (button.name) {
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: button.name });
      input.value = button.value;
      form.append(input);
    }
    form.action = button.formAction;
    return form;
  }

  form?.addEventListener("submit", (event) => {
    if (!event.submitter?.closest(".desk-comments")) {
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    send(button)
      .catch(() => HTMLFormElement.prototype.submit.call(withButton(button)))
      .finally(() => { button.disabled = false; });
  });
})();

// The call desk: numbers each save, keeps a copy while the connection is lost, and offers shortcuts that can be switched off.
"use strict";

(() => {
  const form = document.getElementById("desk-form");
  const shortcutsOn = () => localStorage.getItem("desk-shortcuts") !== "off";

  function offerShortcuts() {
    const box = document.getElementById("desk-shortcuts");
    if (!box) return;
    const show = () => document.querySelectorAll("[data-shortcut]").forEach((key) => { key.hidden = !shortcutsOn(); });
    box.checked = shortcutsOn();
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      localStorage.setItem("desk-shortcuts", box.checked ? "on" : "off");
      show();
    });
    show();
  }

  function listenForShortcuts() {
    const noReport = document.getElementById("desk-no-report");
    document.addEventListener("keydown", (event) => {
      if (!shortcutsOn() || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (event.shiftKey) {
        noReport.open = true;
        noReport.querySelector("button").focus();
      } else {
        document.getElementById("desk-readback").click();
      }
    });
    // Digits count only inside the opened list, so they never collide with typing or a screen reader.
    noReport.addEventListener("keydown", (event) => {
      const button = shortcutsOn() && noReport.querySelector(`button[data-digit="${CSS.escape(event.key)}"]`);
      if (button) button.click();
    });
  }

  function keepCall() {
    const key = `desk-${form.dataset.draft}`;
    const revision = form.elements.namedItem("revision");
    const notices = ["desk-offline", "desk-stale", "desk-signed-out"].map((id) => document.getElementById(id));
    let last = Number(revision.value) - 1;
    let stopped = false;
    let retry = 0;

    const say = (id) => notices.forEach((notice) => { notice.hidden = notice.id !== id; });
    const typed = () => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "revision"].includes(name));
    const keepCopy = () => sessionStorage.setItem(key, JSON.stringify({ revision: last, typed: typed() }));

    function restoreCopy() {
      const copy = JSON.parse(sessionStorage.getItem(key) || "null");
      sessionStorage.removeItem(key);
      // Only what was typed after the last save that arrived: an older copy never wins.
      if (!copy || copy.revision <= last) return;
      const values = new Map();
      copy.typed.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
      [...form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "revision"].includes(field.name)).forEach((field) => {
        const given = values.get(field.name) || [];
        if (["radio", "checkbox"].includes(field.type)) field.checked = given.includes(field.value);
        else if (field.type !== "submit") field.value = given[0] ?? "";
      });
      last = copy.revision;
      htmx.trigger(form, "resend");
    }

    function lost() {
      keepCopy();
      say("desk-offline");
      clearTimeout(retry);
      retry = setTimeout(() => htmx.trigger(form, "resend"), 3000);
    }

    function showState() {
      const state = document.getElementById("desk-state");
      const shown = new Set(state.dataset.shown.split(" "));
      form.querySelectorAll("[data-question]").forEach((field) => {
        field.hidden = !shown.has(field.dataset.question);
        const wrong = Boolean(field.querySelector(".utrecht-form-field-error-message"));
        field.classList.toggle("utrecht-form-field--invalid", wrong);
        field.querySelectorAll("input[type=text], input[type=tel]").forEach((input) => {
          if (wrong) input.setAttribute("aria-invalid", "true");
          else input.removeAttribute("aria-invalid");
        });
      });
    }

    form.addEventListener("htmx:configRequest", (event) => {
      if (stopped) {
        event.preventDefault();
        return;
      }
      last += 1;
      revision.value = last + 1;
      event.detail.parameters.set("revision", String(last));
    });
    form.addEventListener("htmx:sendError", lost);
    form.addEventListener("htmx:timeout", lost);
    form.addEventListener("htmx:responseError", (event) => {
      if (event.detail.xhr.status === 409) {
        stopped = true;
        keepCopy();
        say("desk-stale");
      } else {
        lost();
      }
    });
    // Signed out: the answer is the sign-in page, which is not ours to show.
    document.body.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.requestConfig.elt !== form || event.detail.xhr.status >= 400) return;
      if (event.detail.xhr.getResponseHeader("Desk-Revision")) return;
      event.detail.shouldSwap = false;
      keepCopy();
      say("desk-signed-out");
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (!event.detail.successful || !event.detail.xhr.getResponseHeader("Desk-Revision")) return;
      clearTimeout(retry);
      sessionStorage.removeItem(key);
      say("");
    });
    document.body.addEventListener("htmx:afterSettle", showState);
    // Enter picks a municipality from the list or means "next"; it never ends the call half filled in.
    form.addEventListener("keydown", (event) => {
      const plain = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
      if (plain && event.target.matches("input, select")) event.preventDefault();
    });
    window.addEventListener("online", () => htmx.trigger(form, "resend"));
    // Leaving by the button while offline must not lose the call to the browser's error page.
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      lost();
    });
    // htmx listens to the form only from then on.
    document.addEventListener("DOMContentLoaded", restoreCopy);
  }

  if (!form) return;
  offerShortcuts();
  listenForShortcuts();
  keepCall();
})();

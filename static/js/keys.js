// Ctrl+Enter presses the button of a form that says so. Who switched the shortcuts of the desk off has none here either.
(() => {
  if (localStorage.getItem("desk-shortcuts") === "off") return;
  for (const hint of document.querySelectorAll("[data-shortcut]")) hint.hidden = false;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const button = event.target.closest("form")?.querySelector("[data-ctrl-enter]");
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
})();

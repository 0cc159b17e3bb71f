// Says so when a page that refreshes itself no longer does: two missed polls, and old figures would pass for new.
(() => {
  const MISSED = 2;
  const polled = (event) => event.detail.elt.closest("[data-polled]") !== null;
  let missed = 0;

  const show = () => {
    for (const notice of document.querySelectorAll("[data-lost-connection]")) notice.hidden = missed < MISSED;
  };

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!polled(event)) return;
    missed = event.detail.successful ? 0 : missed + 1;
    show();
  });
})();

// For pages that fetch parts of themselves: says so when that stops, and never shows the sign-in page inside a page.
(() => {
  const MISSED = 2;
  let missed = 0;

  const isPolled = (event) => event.detail.elt.closest("[data-polled]") !== null;

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!isPolled(event)) return;
    missed = event.detail.successful ? 0 : missed + 1;
    // Two missed polls, and old figures would pass for new.
    for (const notice of document.querySelectorAll("[data-lost-connection]")) notice.hidden = missed < MISSED;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.pathInfo.finalRequestPath.split("?")[0];
    const answered = new URL(event.detail.xhr.responseURL).pathname;
    if (asked === answered) return;
    // Redirected: the session has ended. The whole page goes to the sign-in page and comes back after it.
    event.detail.shouldSwap = false;
    window.location.reload();
  });
})();

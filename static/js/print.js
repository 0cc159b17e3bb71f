// A page that is there to be printed opens the window for it by itself.
window.addEventListener("load", () => window.print());

// Opens the print dialog of a page that is made to be printed.
window.addEventListener("load", () => window.print());

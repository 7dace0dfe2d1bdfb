// Runs before anything is drawn, so that a reader who chose light or dark never sees the other flash by.
(() => {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // Storage is switched off: the page follows the system.
  }
})();

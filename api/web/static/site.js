// What makes pages handier where scripts run. Nothing here is needed to read or to ask.

const THEMES = { system: "Auto", light: "Light", dark: "Dark" };

function themeSwitch(button) {
  const root = document.documentElement;
  const name = button.querySelector("[data-theme-name]");
  const show = () => {
    name.textContent = THEMES[root.dataset.theme ?? "system"];
  };
  button.addEventListener("click", () => {
    const themes = Object.keys(THEMES);
    const next = themes[(themes.indexOf(root.dataset.theme ?? "system") + 1) % themes.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", next);
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
    show();
  });
  show();
  button.hidden = false;
}

function copyButton(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2000);
  });
  text.after(button);
}

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(copyButton);

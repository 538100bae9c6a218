"use strict";

// Pages work without this file; it closes menus that were left open and brings the reader to the list of problems.

function closeMenus(except) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details.menu[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

const printing = document.querySelectorAll("[data-print]");
printing.forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll("[data-tick]").forEach((button) => {
  const boxes = document.querySelectorAll(`input[type="checkbox"][name="${button.dataset.tick}"]`);
  button.hidden = false;
  button.addEventListener("click", () => {
    const missing = [...boxes].some((box) => !box.checked);
    boxes.forEach((box) => (box.checked = missing));
  });
});

"use strict";

// The grid works without this file: the server checks the sums. Here they are checked while one types.

const grid = document.querySelector("[data-quotas]");

function seats(input) {
  return /^\d{1,3}$/.test(input.value.trim()) ? Number(input.value) : 0;
}

function sum(inputs) {
  return [...inputs].reduce((whole, input) => whole + seats(input), 0);
}

function tell(row) {
  const inputs = row.querySelectorAll("input[data-now]");
  const given = sum(inputs);
  const over = given - Number(row.dataset.seats);
  const verdict = row.querySelector("[data-verdict]");
  row.classList.toggle("wrong", over > 0);
  row.querySelector("[data-given]").textContent = given;
  const word = document.createElement("span");
  word.className = over > 0 ? "over" : "left";
  if (over > 0) word.textContent = `${over} ${verdict.dataset.over}`;
  else if (over < 0) word.textContent = `${-over} ${verdict.dataset.left}`;
  else word.textContent = "✓";
  verdict.replaceChildren(word);
  inputs.forEach((input) => {
    input.classList.toggle("changed", input.value.trim() !== input.dataset.now);
    input.classList.toggle("zero", seats(input) === 0);
  });
}

function tellTotals() {
  grid.querySelectorAll("[data-total]").forEach((cell) => {
    cell.textContent = sum(grid.querySelectorAll(`input[data-column="${cell.dataset.total}"]`));
  });
  grid.querySelector("[data-given-all]").textContent = sum(grid.querySelectorAll("input[data-now]"));
}

function move(input, rows, columns) {
  const all = [...grid.querySelectorAll("[data-row]")];
  const row = all[all.indexOf(input.closest("[data-row]")) + rows];
  const next = row && row.querySelector(`input[data-column="${Number(input.dataset.column) + columns}"]`);
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

if (grid) {
  grid.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    tell(row);
    tellTotals();
  });
  grid.addEventListener("keydown", (event) => {
    const input = event.target.closest("input[data-now]");
    if (!input || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      input.value = input.dataset.now;
      tell(input.closest("[data-row]"));
      tellTotals();
    } else if (STEPS[event.key] && move(input, ...STEPS[event.key])) {
      event.preventDefault();
    }
  });
}

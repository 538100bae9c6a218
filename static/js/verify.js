"use strict";

// The page works without this file: it fills in the sentence of a reason, and reads single letters as commands.

const work = document.getElementById("work");

work?.addEventListener("change", (event) => {
  const chosen = event.target.closest("[data-fills]");
  if (!chosen) return;
  const text = document.getElementById(chosen.dataset.fills);
  const known = [...chosen.options].map((option) => option.dataset.text || "");
  // What the reader wrote stays; a sentence of another reason makes way.
  if (!text.value.trim() || known.includes(text.value)) text.value = chosen.selectedOptions[0].dataset.text || "";
});

function move(step) {
  const claims = [...work.querySelectorAll("details.claim")];
  const here = claims.findIndex((claim) => claim.open);
  const there = claims[here + step];
  if (!there) return;
  claims.forEach((claim) => { claim.open = claim === there; });
  there.querySelector("summary").focus();
}

function choose(letter) {
  const radio = work.querySelector(`details.claim[open] [data-key="${letter}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

const COMMANDS = {
  a: () => choose("a"),
  c: () => choose("c"),
  r: () => choose("r"),
  j: () => move(1),
  k: () => move(-1),
  e: () => work.querySelector("details.claim[open] .evidence")?.focus(),
  s: () => document.getElementById("skip").click(),
};

if (work && "keys" in work.dataset) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, select, input:not([type=radio]), a, button, summary") && event.key === "Enter") return;
    if (event.target.closest("textarea, select, input:not([type=radio])")) return;
    if (event.key === "Enter") {
      event.preventDefault();
      document.querySelector(".work-bar .btn-primary").click();
      return;
    }
    const command = COMMANDS[event.key.toLowerCase()];
    if (command) {
      event.preventDefault();
      command();
    }
  });
}

"use strict";

// The admin's own <html> cannot say what the person has chosen; this says it before the first paint.
const chosen = document.currentScript.dataset.appearance;
if (chosen) document.documentElement.dataset.bsTheme = chosen;

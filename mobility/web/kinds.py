"""The five kinds of state, message and pill, and the icon each has when a page names none."""

ICONS = {
    "ok": "check-circle-fill",
    "info": "info-circle-fill",
    "warn": "exclamation-triangle-fill",
    "bad": "exclamation-octagon-fill",
    "neutral": "dash-circle",
    "plain": "dash-circle",
    "done": "check-circle-fill",
}

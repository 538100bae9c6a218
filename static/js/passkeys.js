"use strict";

// Shows the ways that need a device, and says when the device gave nothing.

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach((way) => { way.hidden = false; });
}

document.addEventListener("allauth.error", () => {
  document.querySelectorAll("[data-passkey-failed]").forEach((line) => { line.hidden = false; });
});

/* Puts the focus on what came of an act: readers hear it, the keyboard goes on
   from there. Without this script it stands first in its box all the same. The
   browser takes the focus away when it goes to the part of the page that its
   address names, so that has to be over. */
window.addEventListener("load", () => {
  "use strict";
  const told = document.querySelector(".pw-outcome[role=status]");
  if (told) { window.setTimeout(() => told.focus(), 0); }
});

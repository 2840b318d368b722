/* Puts the focus on what came of an act: readers hear it, the keyboard goes on
   from there. Without this script it stands first in its box all the same. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const told = document.querySelector(".pw-outcome[role=status]");
  if (told) { told.focus(); }
});

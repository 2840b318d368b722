/* A button beside each line to copy. Where the browser lets pages copy only
   over https, the line is selected and copied as by the keyboard. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const lines = Array.from(document.querySelectorAll(".pw-lines dd > code"));
  if (!lines.length) { return; }
  const told = document.createElement("div");
  told.className = "pw-hidden";
  told.setAttribute("role", "status");
  lines[0].closest("dl").after(told);

  function select(line) {
    const range = document.createRange();
    range.selectNodeContents(line);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copied(line) {
    select(line);
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(line.textContent).then(
        () => true, () => document.execCommand("copy"));
    }
    return Promise.resolve(document.execCommand("copy"));
  }

  lines.forEach((line) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pw-copy";
    button.textContent = _("Copy");
    const label = line.closest("dd").previousElementSibling;
    button.setAttribute("aria-label", _("Copy: %(line)s", {line: label.textContent}));
    button.addEventListener("click", () => copied(line).then((done) => {
      told.textContent = done ? _("Copied.") : _("The line is selected: copy it with the keyboard.");
      button.textContent = done ? _("Copied.") : _("Copy");
      window.setTimeout(() => { button.textContent = _("Copy"); }, 2000);
    }));
    line.after(button);
  });
});

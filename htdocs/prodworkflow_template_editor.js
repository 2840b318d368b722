/* The editor of templates: line numbers, mistakes as they are typed. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const MOST = 20000;
  const form = document.getElementById("prodworkflow-editor");
  if (!form) { return; }
  const text = form.elements.text;
  const sheet = form.querySelector(".pw-sheet");
  const gutter = form.querySelector(".pw-gutter");
  const check = document.getElementById("prodworkflow-check");
  const told = document.getElementById("prodworkflow-told");
  sheet.classList.add("pw-scripted");

  function wrong() {
    const checked = check.querySelector(".pw-checked");
    const lines = checked ? checked.dataset.lines : "";
    return new Set(lines.split(" ").filter(Boolean));
  }

  /* As many numbers as lines, and a textarea that shows all of them. */
  function number() {
    const lines = text.value.split("\n");
    const count = Math.min(lines.length, MOST);
    const widest = lines.reduce((most, each) => Math.max(most, each.length), 38);
    while (gutter.childElementCount > count) { gutter.lastElementChild.remove(); }
    for (let line = gutter.childElementCount + 1; line <= count; line++) {
      const item = document.createElement("li");
      item.id = "prodworkflow-line-" + line;
      gutter.append(item);
    }
    text.rows = count + 1;
    text.cols = Math.min(widest + 2, 500);
  }

  function mark() {
    const lines = wrong();
    for (const item of gutter.children) {
      item.classList.toggle("pw-wrong", lines.has(item.id.split("-").pop()));
    }
    if (lines.size) {
      text.setAttribute("aria-invalid", "true");
    } else {
      text.removeAttribute("aria-invalid");
    }
    const said = Array.from(
      check.querySelectorAll(".pw-said, .pw-note, .pw-mistakes li"),
      (each) => each.textContent.replace(/\s+/g, " ").trim());
    const words = Array.from(new Set(said)).slice(0, 4).join(" ");
    if (told.textContent !== words) { told.textContent = words; }
  }

  function go(line) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus({preventScroll: true});
    text.setSelectionRange(start, start + (lines[line - 1] || "").length);
    const item = document.getElementById("prodworkflow-line-" + line);
    if (item) {
      sheet.scrollTop = item.offsetTop - sheet.clientHeight / 3;
      sheet.scrollLeft = 0;
      sheet.scrollIntoView({block: "nearest"});
    }
  }

  const live = window.prodworkflowLive(form, check, {name: "act", value: "check"}, mark);
  text.addEventListener("input", () => {
    number();
    live.soon(300);
  });
  check.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    if (link) {
      event.preventDefault();
      go(Number(link.dataset.line));
    }
  });
  number();
});

/* My sign-offs: counts what is ticked and names it beside the button, ticks a
   row in which something is typed, and a whole group at once. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("prodworkflow-queue");
  if (!form) { return; }
  const ticked = document.getElementById("pw-ticked");
  /* The button's name stays; the list above it is what readers hear. */
  const count = document.createElement("span");
  count.setAttribute("aria-hidden", "true");
  form.querySelector("button.pw-primary").append(count);
  const boxes = Array.from(form.querySelectorAll("input[name=sel]"));

  function typed(row) {
    return Array.from(row.querySelectorAll("input.pw-value"))
      .filter((field) => field.value.trim())
      .map((field) => {
        const unit = field.closest(".pw-input").querySelector(".pw-unit");
        const bare = /^[-+.\d\s]+$/.test(field.value);
        return field.value.trim() + (unit && bare ? " " + unit.textContent : "");
      });
  }

  function tell() {
    const chosen = boxes.filter((box) => box.checked);
    count.textContent = chosen.length
      ? " " + ngettext("the %(num)s ticked", "the %(num)s ticked", chosen.length, {num: chosen.length}) : "";
    ticked.hidden = !chosen.length;
    const names = chosen.map((box) => {
      const values = typed(box.closest("tr"));
      return box.parentNode.textContent.trim() + (values.length ? " (" + values.join(", ") + ")" : "");
    }).join(", ");
    ticked.textContent = _("%(num)s ticked: %(names)s", {num: chosen.length, names: names});
  }

  form.addEventListener("input", (event) => {
    if (event.target.matches("input[type=text]")) {
      const row = event.target.closest("tr");
      const box = row && row.querySelector("input[name=sel]");
      if (box && event.target.value.trim()) { box.checked = true; }
    }
    tell();
  });
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a.pw-tick-all");
    if (!link) { return; }
    event.preventDefault();
    const group = Array.from(link.closest("tbody").querySelectorAll("input[name=sel]"));
    const all = !group.every((box) => box.checked);
    group.forEach((box) => { box.checked = all; });
    tell();
  });
  tell();
});

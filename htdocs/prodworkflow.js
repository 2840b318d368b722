/* The live preview of a campaign, and login names offered while typing. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("prodworkflow-create");
  if (!form) { return; }
  const preview = document.getElementById("prodworkflow-preview");
  const users = document.getElementById("prodworkflow-users");
  const names = Array.from(users.options, (option) => option.value);
  let timer = null;
  let latest = 0;

  /* A datalist completes a whole field; offer what is typed plus each name. */
  function offer(field) {
    const before = field.value.replace(/[^,]*$/, "");
    const chosen = before.split(",").map((name) => name.trim());
    const lead = before ? before.replace(/\s*$/, " ") : "";
    users.replaceChildren(...names
      .filter((name) => !chosen.includes(name))
      .map((name) => new Option("", lead + name)));
  }

  async function show() {
    const turn = ++latest;
    const data = new FormData(form);
    data.append("preview", "1");
    const answer = await fetch(form.action, {
      method: "POST", body: data, credentials: "same-origin",
      headers: {"X-Requested-With": "XMLHttpRequest"}
    });
    const text = await answer.text();
    if (turn === latest && answer.ok) { preview.innerHTML = text; }
  }

  /* Another template has other fields: fetch them, as Preview does. */
  form.elements.template.addEventListener("change", () => {
    form.elements.preview.click();
  });

  form.addEventListener("input", (event) => {
    if (event.target === form.elements.template) { return; }
    if (event.target.name.startsWith("contact:")) { offer(event.target); }
    clearTimeout(timer);
    if (form.elements.name.value.trim()) { timer = setTimeout(show, 250); }
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.name && event.target.name.startsWith("contact:")) {
      offer(event.target);
    }
  });
});

/* The live preview of a campaign, and login names offered while typing. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("prodworkflow-create");
  if (!form) { return; }
  const preview = document.getElementById("prodworkflow-preview");
  const users = document.getElementById("prodworkflow-users");
  const names = Array.from(users.options, (option) => option.value);
  const live = window.prodworkflowLive(form, preview, {name: "preview", value: "1"});

  /* A datalist completes a whole field; offer what is typed plus each name. */
  function offer(field) {
    const before = field.value.replace(/[^,]*$/, "");
    const chosen = before.split(",").map((name) => name.trim());
    const lead = before ? before.replace(/\s*$/, " ") : "";
    users.replaceChildren(...names
      .filter((name) => !chosen.includes(name))
      .map((name) => new Option("", lead + name)));
  }

  /* Another template has other fields: fetch them, as Preview does. */
  form.elements.template.addEventListener("change", () => {
    form.elements.preview.click();
  });

  form.addEventListener("input", (event) => {
    if (event.target === form.elements.template) { return; }
    if (event.target.name.startsWith("contact:")) { offer(event.target); }
    if (form.elements.name.value.trim()) { live.soon(250); }
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.name && event.target.name.startsWith("contact:")) {
      offer(event.target);
    }
  });
});

/* The live preview of a campaign. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("prodworkflow-create");
  if (!form) { return; }
  const preview = document.getElementById("prodworkflow-preview");
  const live = window.prodworkflowLive(form, preview, {name: "preview", value: "1"});

  /* Another template has other fields: fetch them, as Preview does. */
  form.elements.template.addEventListener("change", () => {
    form.elements.preview.click();
  });

  form.addEventListener("input", (event) => {
    if (event.target === form.elements.template) { return; }
    if (form.elements.name.value.trim()) { live.soon(250); }
  });
});

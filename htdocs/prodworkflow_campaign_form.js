/* The form that creates a campaign: preview and mistakes while one types,
   rows of lists without loading the page. Without it every button works. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const form = document.getElementById("prodworkflow-create");
  if (!form) { return; }
  const preview = document.getElementById("prodworkflow-preview");
  const tables = document.getElementById("prodworkflow-tables");
  const summary = document.getElementById("prodworkflow-mistakes");
  /* What a field has been told, or somebody has typed in, is judged live. */
  const judged = new Set(Array.from(
    form.querySelectorAll("[aria-invalid]"), (field) => field.name));
  const live = window.prodworkflowLive(
    form, preview, {name: "preview", value: "1"}, show);

  function part(name) {
    return preview.querySelector(`template[data-pw-part="${name}"]`);
  }

  function wordsOf(mistakes) {
    const found = new Map();
    for (const item of mistakes.content.querySelectorAll("[data-pw-field]")) {
      const field = item.dataset.pwField;
      found.set(field, [...(found.get(field) || []),
                        item.querySelector("span").cloneNode(true)]);
    }
    return found;
  }

  function mark(mistakes) {
    const found = wordsOf(mistakes);
    for (const place of document.querySelectorAll("[id^='pw-wrong-']")) {
      const name = place.id.slice("pw-wrong-".length);
      const field = document.getElementById("pw-field-" + name);
      const words = judged.has(name) || name === "lists" ? found.get(name) || [] : [];
      const said = words.map((each) => each.textContent).join("\n");
      if (place.innerText.trim() !== said.trim()) { place.replaceChildren(...words); }
      if (!field) { continue; }
      if (words.length) {
        field.setAttribute("aria-invalid", "true");
      } else {
        field.removeAttribute("aria-invalid");
      }
    }
    if (summary.childElementCount) {
      const rest = mistakes.content.cloneNode(true);
      const items = Array.from(rest.querySelectorAll("[data-pw-field]"));
      summary.replaceChildren(...(items.length ? [rest] : []));
    }
  }

  function show(pressed) {
    const mistakes = part("mistakes");
    const rows = part("tables");
    const text = part("text");
    if (rows && tables && !tables.contains(document.activeElement)
        || rows && pressed.name === "row") {
      tables.replaceChildren(rows.content.cloneNode(true));
      window.prodworkflowPeople?.(tables);
      if (pressed.name === "row") { goOn(pressed.value); }
    }
    if (text && form.elements.lists
               && form.elements.lists !== document.activeElement) {
      form.elements.lists.value = text.innerHTML
        ? text.content.textContent : "";
      form.elements["lists-shown"].value = text.dataset.pwShown;
      form.elements["tables-shown"].value = text.dataset.pwTables;
    }
    if (mistakes) { mark(mistakes); }
  }

  /* After an act on a table the keyboard goes on where it was. */
  function goOn(act) {
    const [what, name, row] = act.split(":");
    const names = Array.from(tables.querySelectorAll(
      `input[name^="item-name:${name}:"]`));
    const next = what === "drop" ? names[Math.min(row, names.length - 1)]
      : what === "same" ? tables.querySelector(`[name="same:${name}"]`)
        : names[names.length - 1];
    if (next) { next.focus(); }
  }

  /* Another template has other fields: fetch them, as Preview does. */
  form.elements.template.addEventListener("change", () => {
    form.querySelector("button[name=preview]").click();
  });

  form.addEventListener("input", (event) => {
    if (event.target === form.elements.template) { return; }
    judged.add(event.target.name);
    live.soon(250);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=row]");
    if (button && button.value.includes(":")) {
      event.preventDefault();
      live.press({name: "row", value: button.value});
    }
  });

  /* Rows of a spreadsheet, pasted into any cell of a table. */
  form.addEventListener("paste", (event) => {
    const cell = /^item-[a-z]+:([^:]+):/.exec(event.target.name || "");
    const text = event.clipboardData.getData("text/plain");
    if (!cell || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    form.elements["paste:" + cell[1]].value = text;
    live.press({name: "row", value: "paste:" + cell[1]});
  });

  if (summary.childElementCount) { summary.focus(); }
});

/* Offers known logins while somebody types whom a field names.

   Fields have data-pw-people: "one" login, "many" between commas, or
   "deputies", one a line. The logins are those of the datalist that the field
   has without this script, written as in such a list: "Doe, Jane" in quotation
   marks. Keyboard and roles are those of the combobox with a list of the ARIA
   Authoring Practices Guide. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const MOST = 8;
  const source = document.getElementById("prodworkflow-users");
  if (!source) { return; }
  const users = Array.from(source.options, (option) => ({
    written: option.value, login: plain(option.value),
    low: plain(option.value).toLowerCase()
  }));

  const box = document.createElement("ul");
  box.id = "prodworkflow-people";
  box.className = "pw-people";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", _("Known logins"));
  box.hidden = true;
  const told = document.createElement("div");
  told.className = "pw-hidden";
  told.setAttribute("role", "status");
  document.body.append(box, told);
  let open = null;    // the field whose list is shown
  let active = -1;    // the option that the keyboard is at

  function plain(text) {
    return text.startsWith('"')
      ? text.replace(/^"|"$/g, "").replace(/""/g, '"') : text;
  }

  /* Where the login at the caret begins and ends, and those beside it. */
  function part(field) {
    const text = field.value;
    const caret = field.selectionStart;
    if (field.dataset.pwPeople === "one") {
      return {start: 0, end: text.length, others: []};
    }
    if (field.dataset.pwPeople === "deputies") {
      const line = text.lastIndexOf("\n", caret - 1) + 1;
      const found = /^(\s*|.*\sfor\s+)("(?:[^"]|"")*"?|[^\s"]*)$/.exec(
        text.slice(line, caret));
      return found && {start: line + found[1].length, end: caret, others: []};
    }
    const cuts = [-1];
    let quoted = false;
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '"') { quoted = !quoted; }
      if (text[at] === "," && !quoted) { cuts.push(at); }
    }
    cuts.push(text.length);
    const number = cuts.findIndex((cut) => cut >= caret) - 1;
    const others = cuts.slice(1).map(
      (cut, each) => plain(text.slice(cuts[each] + 1, cut).trim()));
    others.splice(number, 1);
    return {start: cuts[number] + 1, end: cuts[number + 1], others: others};
  }

  /* Those that begin with what is typed come before those that hold it. */
  function found(typed, others) {
    const low = typed.toLowerCase();
    const near = users.filter((user) => user.low.includes(low)
                              && !others.includes(user.login));
    return [...near.filter((user) => user.low.startsWith(low)),
            ...near.filter((user) => !user.low.startsWith(low))];
  }

  /* Below its field, be it that a keyboard on the screen has moved that. */
  function place() {
    if (!open) { return; }
    const field = open.getBoundingClientRect();
    box.style.left = field.left + window.scrollX + "px";
    box.style.top = field.bottom + window.scrollY + "px";
    box.style.minWidth = field.width + "px";
    box.style.maxWidth = document.documentElement.clientWidth - field.left + "px";
  }

  function close() {
    if (open) {
      open.setAttribute("aria-expanded", "false");
      open.removeAttribute("aria-activedescendant");
    }
    box.hidden = true;
    open = null;
    active = -1;
  }

  function offer(field, all) {
    const at = part(field);
    const typed = at ? plain(
      field.value.slice(at.start, field.selectionStart).trim()) : "";
    const near = at && (typed || all) ? found(typed, at.others) : [];
    close();
    if (!near.length || (near.length === 1 && near[0].login === typed)) {
      told.textContent = typed && !near.length ? _("No known login") : "";
      return;
    }
    box.replaceChildren(...near.slice(0, MOST).map((user, number) => {
      const item = document.createElement("li");
      item.id = "prodworkflow-person-" + number;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.written = user.written;
      item.textContent = user.login;
      return item;
    }));
    box.hidden = false;
    open = field;
    place();
    field.setAttribute("aria-expanded", "true");
    told.textContent = ngettext(
      "%(num)s login, choose with the arrow keys",
      "%(num)s logins, choose with the arrow keys", near.length, {num: near.length});
  }

  function go(number) {
    const items = Array.from(box.children);
    active = (number + items.length) % items.length;
    items.forEach((item, each) => {
      item.setAttribute("aria-selected", String(each === active));
    });
    items[active].scrollIntoView({block: "nearest"});
    open.setAttribute("aria-activedescendant", items[active].id);
  }

  function choose(item) {
    const field = open;
    const at = part(field);
    const before = field.value.slice(0, at.start);
    const name = (before.endsWith(",") ? " " : "") + item.dataset.written;
    field.value = before + name + field.value.slice(at.end);
    field.setSelectionRange(at.start + name.length, at.start + name.length);
    close();
    told.textContent = _("%(login)s chosen", {login: item.textContent});
    field.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function key(event) {
    const field = event.target;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open && field.tagName === "TEXTAREA" && !event.altKey) { return; }
      event.preventDefault();
      const down = event.key === "ArrowDown";
      if (!open) { offer(field, true); }
      if (open && !event.altKey) {
        go(active < 0 ? (down ? 0 : -1) : active + (down ? 1 : -1));
      }
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      choose(box.children[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  }

  function dress(field) {
    field.removeAttribute("list");
    field.autocomplete = "off";
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", box.id);
    field.addEventListener("input", (event) => {
      if (event.isTrusted) { offer(field, false); }
    });
    field.addEventListener("keydown", key);
    field.addEventListener("blur", close);
  }
  /* For fields that come later, too. */
  window.prodworkflowPeople = (part) => {
    part.querySelectorAll("[data-pw-people]").forEach(dress);
  };
  window.prodworkflowPeople(document);
  box.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("li");
    if (item && open) { choose(item); }
  });
  window.addEventListener("resize", place);
});

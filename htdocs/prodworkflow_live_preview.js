/* Shows in `place` what the server answers to a form, while it is filled in.

   The form is sent as if the button `act` were pressed; `done`, if any, is
   called when an answer is shown. An answer to what the form said before
   somebody typed on is dropped, and what was pressed is asked again with what
   was typed. What takes over a second is told in the element with
   data-pw-busy, if the form has one. */
window.prodworkflowLive = function (form, place, act, done) {
  "use strict";
  let timer = null;
  let latest = 0;
  let awaited = act;  /* the button whose answer has not been shown */
  const progress = form.querySelector("[data-pw-busy]");

  function say(words) {
    const note = document.createElement("p");
    note.className = "pw-note";
    note.textContent = words;
    place.replaceChildren(note);
  }

  async function ask(pressed) {
    const turn = ++latest;
    const data = new FormData(form);
    data.append(pressed.name, pressed.value);
    /* On some Pythons Trac cannot read long texts sent as multipart. */
    const body = form.enctype === "multipart/form-data"
      ? data : new URLSearchParams(data);
    place.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => {
      if (progress) { progress.textContent = progress.dataset.pwBusy; }
    }, 1000);
    try {
      const answer = await fetch(form.getAttribute("action") || window.location.href, {
        method: "POST", body: body, credentials: "same-origin",
        headers: {"X-Requested-With": "XMLHttpRequest"}
      });
      const text = await answer.text();
      if (turn !== latest) { return; }
      if (answer.ok || answer.status === 413) {
        place.innerHTML = text;
      } else {
        say(_("The server refused to answer (%(status)s). What you typed is still here; log in again or reload.",
              {status: answer.status}));
      }
    } catch {
      if (turn !== latest) { return; }
      say(_("The server cannot be reached. What you typed is still here."));
    } finally {
      clearTimeout(slow);
    }
    awaited = act;
    if (progress) { progress.textContent = ""; }
    place.removeAttribute("aria-busy");
    if (done) { done(pressed); }
  }

  /* Asked while the form is being sent, Trac would give us the notice that
     belongs on the next page. */
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    latest++;
  });

  return {
    soon(delay) {
      clearTimeout(timer);
      latest++;
      timer = setTimeout(() => ask(awaited), delay);
    },
    press(pressed) {
      clearTimeout(timer);
      awaited = pressed;
      ask(pressed);
    }
  };
};

/* Plots: a click or Enter enlarges a picture, arrows go from one to the next.
   Without this script the links lead to the attachment, and to the next plot. */
window.addEventListener("DOMContentLoaded", () => {
  "use strict";
  const dialog = document.querySelector("dialog.pw-enlarged");
  const plain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  let from = null;

  const show = (link) => {
    const image = link.querySelector("img");
    let large = dialog.querySelector("img");
    if (!large) { large = dialog.appendChild(document.createElement("img")); }
    large.src = image.src;
    large.alt = image.alt;
    dialog.querySelector("p").textContent = image.alt;
    from = link;
  };

  if (dialog && dialog.showModal) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a.pw-picture");
      if (link && event.button === 0 && plain(event)) {
        event.preventDefault();
        show(link);
        dialog.showModal();
      } else if (event.target === dialog || event.target.closest(".pw-enlarged button")) {
        dialog.close();
      }
    });
    dialog.addEventListener("close", () => { if (from) { from.focus(); } });
    /* Target and reference in turn, at the same place: what differs moves. */
    dialog.addEventListener("keydown", (event) => {
      if (!plain(event) || !(event.key === "ArrowLeft" || event.key === "ArrowRight")) { return; }
      const other = [...from.closest(".pw-pair").querySelectorAll("a.pw-picture")].find((each) => each !== from);
      event.preventDefault();
      if (other) { show(other); }
    });
  }

  const page = document.querySelector(".pw-plots-page");
  if (!page) { return; }
  const step = (way) => {
    const link = page.querySelector(`.pw-steps a[rel=${way > 0 ? "next" : "prev"}]`);
    const plots = [...page.querySelectorAll(".pw-plot")];
    if (plots.length === 1) { return link && link.click(); }
    const focused = plots.findIndex((each) => each.contains(document.activeElement));
    const above = plots.filter((each) => each.getBoundingClientRect().bottom < window.innerHeight / 3).length - 1;
    const present = focused >= 0 ? focused : above;
    const next = plots[Math.min(Math.max(present + way, 0), plots.length - 1)];
    next.scrollIntoView();
    next.querySelector("h3").focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || !plain(event) || (dialog && dialog.open) || event.target.closest("input, select, textarea")) { return; }
    event.preventDefault();
    step(way);
  });
});

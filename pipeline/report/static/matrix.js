/* The matrix page: one year at a time, and two to five chosen branches side by side. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const MOST = 5;
  const year = document.getElementById("year");
  const compare = document.getElementById("compare");
  const boxes = [...document.querySelectorAll(".chosen-branch")];
  let only = false;

  const chosen = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));

  function show() {
    const codes = chosen();
    for (const section of document.querySelectorAll(".year-matrix")) section.hidden = section.dataset.year !== year.value;
    for (const row of document.querySelectorAll(".heat tbody tr")) row.hidden = only && !codes.has(row.dataset.branch);
    for (const box of boxes) box.disabled = !box.checked && codes.size >= MOST;
    compare.disabled = !only && codes.size < 2;
    compare.setAttribute("aria-pressed", String(only));
    compare.textContent = text(only ? "matrix.all" : "matrix.compare");
  }

  function tick(event) {
    // The same branch is chosen in every year's table.
    for (const box of boxes) if (box.value === event.target.value) box.checked = event.target.checked;
    if (only && chosen().size < 2) only = false;
    show();
  }

  if (year.options.length === 0) return;
  year.addEventListener("change", show);
  compare.addEventListener("click", () => { only = !only; show(); });
  for (const box of boxes) box.addEventListener("change", tick);
  window.BranchPlansLanguage.onChange(show);
  show();
})();

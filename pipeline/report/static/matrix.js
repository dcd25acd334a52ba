/* The matrix page: one year at a time, and two to five chosen branches side by side, as rows and as a chart. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const MOST = 5;
  const find = (id) => document.getElementById(id);
  const year = find("year");
  const compare = find("compare");
  const boxes = [...document.querySelectorAll(".chosen-branch")];
  let only = false;

  const chosen = () => new Set(boxes.filter((box) => box.checked).map((box) => box.value));

  /** The places that the table of the year shows, as rows of the chart. */
  function places(section) {
    const indicators = [...section.querySelectorAll("thead th")].slice(1).map((heading) => heading.textContent.trim());
    return [...section.querySelectorAll("tbody tr")].flatMap((row) => [...row.querySelectorAll("td")].flatMap((cell, at) => {
      const place = cell.querySelector(".place");
      if (!place) return [];
      const [rank, of] = place.textContent.split("/").map(Number);
      const link = cell.querySelector("a");
      return [{ code: row.dataset.branch, branch: row.querySelector("label span").textContent, indicator: indicators[at], place: rank, of, words: link.textContent, href: link.getAttribute("href") }];
    }));
  }

  function draw(codes) {
    find("comparison").hidden = !only;
    const section = document.querySelector(`.year-matrix[data-year="${year.value}"]`);
    if (!only || !section) return;
    const all = places(section);
    const indicators = [...new Set(all.map((row) => row.indicator))];
    const chart = find("compare-chart");
    chart.replaceChildren(window.BranchPlansCompare.places(all, { codes: [...codes], indicators, width: Math.max(320, chart.clientWidth) }));
  }

  function show() {
    const codes = chosen();
    for (const section of document.querySelectorAll(".year-matrix")) section.hidden = section.dataset.year !== year.value;
    for (const row of document.querySelectorAll(".heat tbody tr")) row.hidden = only && !codes.has(row.dataset.branch);
    for (const box of boxes) box.disabled = !box.checked && codes.size >= MOST;
    compare.disabled = !only && codes.size < 2;
    compare.setAttribute("aria-pressed", String(only));
    compare.textContent = text(only ? "matrix.all" : "matrix.compare");
    draw(codes);
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
  window.BranchPlansSave.install(() => ({
    title: `${text("matrix.compared")} · ${year.selectedOptions[0].textContent}`,
    source: `${text("kpi.source")}: ${text("kpi.source_words")} ${year.selectedOptions[0].textContent}`,
    name: `compare-${[...chosen()].join("-")}-${year.value}`,
  }));
  language.onChange(show);
  show();
})();

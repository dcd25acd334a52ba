/* Tables that sort by a click on a heading and filter by what is typed into a search field. */
(function () {
  "use strict";

  function valueOf(row, index, kind) {
    const cell = row.cells[index];
    const value = cell.dataset.value ?? cell.textContent.trim();
    if (kind !== "number") return value;
    const number = parseFloat(value.replaceAll(",", ""));
    return Number.isNaN(number) ? null : number;
  }

  function compare(a, b) {
    if (a === b) return 0;
    if (a === null) return 1; // what has no number stands last either way
    if (b === null) return -1;
    return typeof a === "number" ? a - b : a.localeCompare(b, "ja", { numeric: true });
  }

  function sortBy(heading) {
    const table = heading.closest("table");
    const body = table.tBodies[0];
    const descending = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const kind = heading.dataset.sort;
    const rows = [...body.rows].map((row) => [valueOf(row, heading.cellIndex, kind), row]);
    rows.sort(([a], [b]) => (a === null || b === null ? compare(a, b) : (descending ? -1 : 1) * compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  }

  /** Width forms do not matter to a search: ＫＰＩ finds KPI. */
  const folded = (value) => value.normalize("NFKC").toLowerCase();

  function filter(table, wanted) {
    const words = folded(wanted).split(/\s+/).filter(Boolean);
    for (const row of table.tBodies[0].rows) {
      const content = folded(row.textContent + " " + (row.dataset.document ?? ""));
      row.hidden = !words.every((word) => content.includes(word));
    }
  }

  document.addEventListener("click", (event) => {
    const heading = event.target.closest("table.sortable th[data-sort]");
    if (heading) sortBy(heading);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("table.sortable th[data-sort]")) sortBy(event.target);
  });
  document.addEventListener("input", (event) => {
    const name = event.target.dataset.filters;
    if (name) filter(document.getElementById(name), event.target.value);
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const heading of document.querySelectorAll("table.sortable th[data-sort]")) heading.tabIndex = 0;
  });
})();

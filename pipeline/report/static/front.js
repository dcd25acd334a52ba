/* The front page: which year the tile map shows, and what was chosen here before one followed a link. */
(function () {
  "use strict";
  const KEY = `branch-plans-front:${location.pathname}`;
  const choice = document.getElementById("map-year");
  const fields = [...document.querySelectorAll("input[data-filters]")];

  function showMap() {
    for (const map of document.querySelectorAll(".map-of-year")) map.hidden = map.dataset.year !== choice.value;
    showEast();
  }

  /** Where the map is wider than the screen, it opens on its east: most branches lie there, and its west is half sea. */
  function showEast() {
    for (const map of document.querySelectorAll(".map-of-year:not([hidden]) .scroll")) map.scrollLeft = map.scrollWidth;
  }

  function remember() {
    const sorted = [...document.querySelectorAll("table.sortable[id] th[aria-sort]")];
    const chosen = {
      year: choice?.value,
      filters: Object.fromEntries(fields.map((field) => [field.dataset.filters, field.value])),
      sorted: sorted.map((heading) => [heading.closest("table").id, heading.cellIndex, heading.getAttribute("aria-sort")]),
      unfolded: [...document.querySelectorAll("details[open][data-check]")].map((details) => details.dataset.check),
    };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // some browsers keep no storage for pages from disk: the page then opens as it was made
    }
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  /** Chooses again what was chosen, as a person would, so that whatever listens follows. */
  function restore({ year, filters, sorted, unfolded }) {
    if (choice && [...choice.options].some((option) => option.value === year)) choice.value = year;
    for (const field of fields) {
      field.value = filters[field.dataset.filters] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const [table, column, direction] of sorted) {
      const heading = document.getElementById(table)?.tHead.rows[0].cells[column];
      heading?.click();
      if (direction === "descending") heading?.click();
    }
    for (const details of document.querySelectorAll("details[data-check]")) details.open = unfolded.includes(details.dataset.check);
  }

  const before = remembered();
  if (before) restore(before);
  choice?.addEventListener("change", showMap);
  if (choice) showMap();
  else showEast();
  window.addEventListener("pagehide", remember);
})();

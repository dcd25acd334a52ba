/* A document's page: keeps pages and records together, filters, walks from finding to finding. */
(function () {
  "use strict";
  const data = window.BRANCH_PLANS_DOCUMENT;
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element } = window.BranchPlansAims;
  const { card } = window.BranchPlansRecords;
  const TABLES = ["targets", "measures", "cells", "findings", "changes"].filter((table) => table !== "changes" || data.changes.length);
  const DOUBTFUL = 0.8;

  const byId = new Map();
  const tableOf = new Map();
  const findingsOf = new Map();
  const byPage = new Map();
  for (const table of TABLES) {
    for (const record of data[table]) {
      byId.set(record.id, record);
      tableOf.set(record.id, table);
      const page = record.page ?? 1;
      if (!byPage.has(page)) byPage.set(page, []);
      byPage.get(page).push({ table, record });
    }
  }
  for (const finding of data.findings) {
    if (!finding.record_id || finding.dismissed_by) continue;
    if (!findingsOf.has(finding.record_id)) findingsOf.set(finding.record_id, []);
    findingsOf.get(finding.record_id).push(finding);
  }
  const findings = data.findings.filter((finding) => !finding.dismissed_by).sort((a, b) => (a.page ?? 0) - (b.page ?? 0) || (a.box?.[1] ?? 0) - (b.box?.[1] ?? 0));
  const kpiMeasures = new Set(data.targets.filter((target) => target.kind === "kpi").map((target) => target.measure_id));
  const doubtfulMeasures = new Set(data.targets.filter(doubtful).map((target) => target.measure_id));
  const pages = data.pages.length ? data.pages
    : Array.from({ length: data.document.page_count }, (_, i) => ({ number: i + 1 }));

  const state = { page: 1, tab: data.targets.length ? "targets" : "measures", chosen: null, scope: "page", filters: new Set() };
  const list = document.getElementById("list");

  function doubtful(target) {
    return (target.confidence ?? 0) < DOUBTFUL;
  }

  const FILTERS = {
    findings: (table, record) => table === "findings" || findingsOf.has(record.id),
    doubtful: (table, record) => (table === "targets" ? doubtful(record) : doubtfulMeasures.has(record.id)),
    kpi: (table, record) => (table === "targets" ? record.kind === "kpi" : kpiMeasures.has(record.id)),
  };

  function passes(table, record) {
    if (state.scope === "page" && (record.page ?? 1) !== state.page) return false;
    return [...state.filters].every((name) => FILTERS[name](table, record));
  }

  function shown(table) {
    return data[table].filter((record) => passes(table, record));
  }

  // ---------------------------------------------------------------- the list of records

  function drawTabs() {
    const tabs = TABLES.map((table) => element("button", {
      type: "button", role: "tab", "data-tab": table, "aria-selected": String(table === state.tab), className: table === state.tab ? "open" : "",
    }, `${text(`tab.${table}`)} `, element("span", { className: "count" }, String(shown(table).length))));
    document.getElementById("tabs").replaceChildren(...tabs);
  }

  function drawList() {
    drawTabs();
    const records = shown(state.tab);
    const context = { byId, findingsOf };
    const nodes = [];
    let page = null;
    for (const record of records) {
      const own = record.page ?? 1;
      if (state.scope === "all" && own !== page) nodes.push(element("h3", { className: "of-page" }, element("a", { href: `#page-${own}` }, `${text("document.page")} ${own}`)));
      page = own;
      nodes.push(card(state.tab, record, context));
    }
    if (!nodes.length) nodes.push(element("p", { className: "empty" }, text(state.scope === "page" ? "document.none_on_page" : "document.none")));
    list.replaceChildren(...nodes);
    list.scrollTop = 0;
    markChosen();
  }

  function markChosen() {
    for (const node of list.querySelectorAll(".record.chosen")) node.classList.remove("chosen");
    if (!state.chosen) return;
    const node = document.getElementById(`record-${state.chosen}`);
    if (!node) return;
    node.classList.add("chosen");
    const outer = list.getBoundingClientRect();
    const inner = node.getBoundingClientRect();
    if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - 12;
  }

  // ---------------------------------------------------------------- moving about

  function remember(anchor) {
    try {
      history.replaceState(null, "", `#${anchor}`);
    } catch {
      // a browser may forbid it for pages from disk; only the address bar then lags behind
    }
  }

  function setPage(page) {
    if (page === state.page) return;
    state.page = page;
    document.getElementById("page-choice").value = String(page);
    if (state.scope === "page") drawList();
  }

  function goToPage(page) {
    const number = Math.min(pages.length, Math.max(1, page));
    state.chosen = null;
    setPage(number);
    sheets.show(number);
    remember(`page-${number}`);
    markChosen();
  }

  /** Shows a record on both sides: its card in the list, its box on the page. */
  function choose(id) {
    const record = byId.get(id);
    if (!record) return;
    const table = tableOf.get(id);
    const page = record.page ?? 1;
    state.chosen = id;
    if ([...state.filters].some((name) => !FILTERS[name](table, record))) clearFilters();
    state.tab = table;
    state.page = page;
    document.getElementById("page-choice").value = String(page);
    if (!document.getElementById(`record-${id}`) || !list.querySelector(`.record-${table}`)) drawList();
    else drawTabs();
    markChosen();
    const onPage = record.box ? id : [record.record_id, record.new_measure_id, record.old_measure_id].find((other) => byId.get(other)?.box);
    sheets.show(onPage ? byId.get(onPage).page ?? page : page, onPage);
    const walked = findings.findIndex((finding) => finding.id === id);
    document.getElementById("finding-place").textContent = `${walked < 0 ? "–" : walked + 1} / ${findings.length}`;
    remember(id);
  }

  function clearFilters() {
    state.filters.clear();
    for (const box of document.querySelectorAll("[data-filter]")) box.checked = false;
  }

  function walk(step) {
    if (!findings.length) return;
    const at = findings.findIndex((finding) => finding.id === state.chosen);
    const from = at < 0 ? (step > 0 ? findings.findIndex((finding) => (finding.page ?? 1) >= state.page) - 1 : findings.length) : at;
    choose(findings[(from + step + findings.length) % findings.length].id);
  }

  // ---------------------------------------------------------------- what the reader does

  function listen() {
    document.getElementById("tabs").addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab]");
      if (!tab) return;
      state.tab = tab.dataset.tab;
      drawList();
    });
    list.addEventListener("click", (event) => {
      const node = event.target.closest(".record");
      if (node && !event.target.closest("a")) choose(node.dataset.id);
    });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.classList.contains("record")) choose(event.target.dataset.id);
    });
    for (const box of document.querySelectorAll("[data-filter]")) {
      box.addEventListener("change", () => {
        state.filters[box.checked ? "add" : "delete"](box.dataset.filter);
        if (box.checked) setScope("all");
        drawList();
      });
    }
    for (const radio of document.querySelectorAll("[name=scope]")) {
      radio.addEventListener("change", () => { setScope(radio.value); drawList(); });
    }
    for (const box of document.querySelectorAll("[data-layer]")) {
      const toggle = () => sheetsNode.classList.toggle(`hide-${box.dataset.layer}`, !box.checked);
      box.addEventListener("change", toggle);
      toggle();
    }
    document.getElementById("page-choice").addEventListener("change", (event) => goToPage(Number(event.target.value)));
    document.getElementById("page-before").addEventListener("click", () => goToPage(state.page - 1));
    document.getElementById("page-after").addEventListener("click", () => goToPage(state.page + 1));
    document.getElementById("smaller").addEventListener("click", () => sheets.scale(1 / 1.2));
    document.getElementById("larger").addEventListener("click", () => sheets.scale(1.2));
    document.getElementById("finding-before").addEventListener("click", () => walk(-1));
    document.getElementById("finding-after").addEventListener("click", () => walk(1));
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.("input[type=search], select, textarea")) return;
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "n") walk(1);
      if (event.key === "p") walk(-1);
    });
    window.addEventListener("hashchange", follow);
  }

  function setScope(scope) {
    state.scope = scope;
    document.querySelector(`[name=scope][value=${scope}]`).checked = true;
  }

  function drawPages() {
    const severe = new Map();
    for (const finding of findings) {
      const page = finding.page ?? 1;
      severe.set(page, (severe.get(page) ?? 0) + 1);
    }
    const choice = document.getElementById("page-choice");
    choice.replaceChildren(...pages.map(({ number }) => element("option", { value: String(number) },
      `${number} / ${pages.length}` + (severe.has(number) ? `  ⚑${severe.get(number)}` : ""))));
    choice.value = String(state.page);
  }

  /** Follows the address: #page-3, or a record's id. */
  function follow() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const page = /^page-(\d+)$/.exec(anchor);
    if (page) goToPage(Number(page[1]));
    else if (byId.has(anchor)) choose(anchor);
  }

  const sheetsNode = document.getElementById("sheets");
  const pictures = window.BRANCH_PLANS_PAGES ?? {};
  const sheets = new window.BranchPlansSheets(sheetsNode, {
    folder: `../pages/${data.document.document_id}/`,
    pages,
    pictures,
    recordsOf: (page) => (byPage.get(page) ?? []).filter(({ table }) => table !== "changes"),
    onPage: setPage,
    onRecord: choose,
  });
  window.BranchPlansDocument = { data, byId, tableOf, findingsOf, choose, redraw: drawList, sheetsNode, get chosen() { return state.chosen; } };
  drawPages();
  drawList();
  document.getElementById("finding-place").textContent = `– / ${findings.length}`;
  listen();
  language.onChange(() => { drawList(); drawPages(); });
  follow();
})();

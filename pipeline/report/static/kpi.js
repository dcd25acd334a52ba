/* The KPI page: an indicator and a year, shown as map, ranking, change and table. */
(function () {
  "use strict";
  const data = window.BRANCH_PLANS_KPI;
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element, number, amount, aim, fiscalYear } = window.BranchPlansAims;
  const charts = window.BranchPlansCharts;
  const find = (id) => document.getElementById(id);
  const byKey = new Map(data.indicators.map((indicator) => [indicator.key, indicator]));
  const state = { key: null, year: null, branch: null };

  const branchName = (code) => (data.branches[code] ?? { ja: code, en: code })[language.current];

  function indicatorName(indicator) {
    const name = indicator[language.current];
    return indicator.population ? `${name} (${text(`population.${indicator.population}`)})` : name;
  }

  const yearsOf = (indicator) => indicator.years;

  /** The rows of an indicator come from a script of their own, once. */
  function withRows(indicator, then) {
    if (indicator.rows) {
      then();
      return;
    }
    const script = element("script", { src: `kpi-rows/${indicator.part}.js` });
    script.onload = () => {
      indicator.rows = window[`BRANCH_PLANS_ROWS_${indicator.part}`].rows;
      then();
    };
    document.head.append(script);
  }

  /** An aim without a number in as few characters as a square holds. */
  function shortAim(row) {
    if (row.basis !== "previous_year") return text(`basis.${row.basis}`);
    const comparator = row.comparator ? text(`comparator.${row.comparator}`) : "";
    return language.current === "ja" ? text("kpi.short_year_before") + comparator : `${comparator} ${text("kpi.short_year_before")}`;
  }

  function sourceOf(row) {
    return `documents/${row.document_id}.html#${row.target_id}`;
  }

  function drawChoices() {
    find("indicators").replaceChildren(...data.indicators.map((indicator) => element("option", { value: indicatorName(indicator) }, `${indicator.branches}`)));
    find("indicator").value = indicatorName(byKey.get(state.key));
    find("branch").replaceChildren(...Object.keys(data.branches).sort().map((code) => element("option", { value: code }, branchName(code))));
    find("branch").value = state.branch;
    find("year").replaceChildren(...yearsOf(byKey.get(state.key)).map((year) => element("option", { value: String(year) }, `${year} ${language.current === "ja" ? `(${fiscalYear(year)})` : ""}`)));
    find("year").value = String(state.year);
  }

  function rows() {
    return byKey.get(state.key).rows
      .filter((row) => row.fiscal_year === state.year)
      .map((row) => ({ ...row, name: branchName(row.branch_code), href: sourceOf(row) }));
  }

  function withNumbers(all) {
    const indicator = byKey.get(state.key);
    const numbers = all.filter((row) => row.value !== undefined && row.basis === "absolute");
    // One unit a chart: the commonest; the others stand in the table.
    const units = [...d3.rollup(numbers, (own) => own.length, (row) => row.unit)].sort((a, b) => b[1] - a[1]);
    const unit = units.length ? units[0][0] : undefined;
    const sorted = numbers.filter((row) => row.unit === unit).sort((a, b) => b.value - a.value || a.branch_code.localeCompare(b.branch_code));
    if (indicator.direction === "lower") sorted.reverse();
    return { numbers: sorted, unit };
  }

  function drawSummary(all, numbers, unit, national) {
    const values = numbers.map((row) => row.value);
    const items = [["with_value", String(numbers.length)], ["relative", String(all.filter((row) => row.basis === "previous_year").length)]];
    if (values.length) items.push(["highest", amount(d3.max(values), unit)], ["median", amount(d3.median(values), unit)], ["lowest", amount(d3.min(values), unit)]);
    if (national !== undefined) items.push([`national_${national.source}`, typeof national.aim === "number" ? amount(national.aim, unit) : aim({ basis: national.aim, comparator: byKey.get(state.key).direction === "lower" ? "le" : "ge" })]);
    find("summary").replaceChildren(...items.map(([key, value]) => element("li", { className: "total" }, element("strong", {}, value), element("span", {}, text(`kpi.${key}`)))));
  }

  function drawMap(all, numbers, unit) {
    const scale = charts.colorScale(numbers.map((row) => row.value));
    const ofBranch = new Map(all.map((row) => [row.branch_code, row]));
    const counted = new Set(numbers.map((row) => row.branch_code));
    const tiles = Object.entries(data.branches).sort().map(([code, place]) => {
      const row = ofBranch.get(code);
      const tile = element("a", { className: "tile value-tile", role: "listitem", href: row ? row.href : `branches/${code}.html`, "data-branch": code },
        element("span", { className: "tile-name" }, branchName(code)));
      tile.style.setProperty("--letters", place.en.length);
      tile.style.gridArea = `${place.row} / ${place.column}`;
      if (row && counted.has(code)) {
        tile.style.background = scale(row.value);
        tile.style.color = charts.inkOn(scale(row.value));
        tile.append(element("span", { className: "tile-value" }, d3.format(Math.abs(row.value) >= 10000 ? ".3~s" : ",")(row.value)));
        tile.title = `${branchName(code)} ${aim(row)}\n${row.statement}`;
      } else if (row) {
        tile.classList.add("without-number");
        tile.append(element("span", { className: "tile-value" }, shortAim(row)));
        tile.title = `${branchName(code)} ${row.statement}`;
      } else {
        tile.classList.add("state-missing");
      }
      return tile;
    });
    find("value-map").replaceChildren(...tiles);
    find("scale").replaceChildren(...(new Set(numbers.map((row) => row.value)).size > 1 ? [charts.scaleLegend(numbers.map((row) => row.value), unit)] : []));
  }

  function drawCharts(numbers, unit, national) {
    const empty = (key) => element("p", { className: "empty" }, text(key));
    const compared = numbers.filter((row) => row.change !== undefined).sort((a, b) => b.change - a.change);
    const width = (id) => Math.max(320, find(id).clientWidth);
    find("bars").replaceChildren(numbers.length ? charts.bars(numbers, { national, unit, width: width("bars") }) : empty("kpi.no_values"));
    find("change-chart").replaceChildren(compared.length ? charts.changes(compared, { unit, width: width("change-chart") }) : empty("kpi.no_change"));
    find("key-national").hidden = national === null;
    find("direction").textContent = byKey.get(state.key).direction ? text(`kpi.${byKey.get(state.key).direction}_is_better`) : "";
    find("change-hint").textContent = compared.length ? `${fiscalYear(state.year - 1)} → ${fiscalYear(state.year)}` : "";
  }

  /** The years of all branches in one unit, and how this year's values are spread. */
  function drawYears(numbers, unit, national) {
    const indicator = byKey.get(state.key);
    const empty = () => element("p", { className: "empty" }, text("kpi.no_values"));
    const all = indicator.rows
      .filter((row) => row.basis === "absolute" && row.value !== undefined && row.unit === unit)
      .map((row) => ({ ...row, name: branchName(row.branch_code), href: sourceOf(row) }))
      .sort((a, b) => a.fiscal_year - b.fiscal_year);
    const nation = indicator.comparable
      ? Object.entries(indicator.national).filter(([year, { aim: value }]) => typeof value === "number" && yearsOf(indicator).includes(Number(year))).map(([year, { aim: value }]) => ({ fiscal_year: Number(year), value }))
      : [];
    const width = (id) => Math.max(300, find(id).clientWidth);
    find("history").replaceChildren(all.length ? charts.history(all, { national: nation, unit, chosen: state.branch, width: width("history") }) : empty());
    find("distribution").replaceChildren(numbers.length ? charts.distribution(numbers, { national, unit, chosen: state.branch, width: width("distribution") }) : empty());
  }

  function drawTable(all) {
    const cell = (value, shown, properties = {}) => element("td", { className: "num", "data-value": value ?? "", ...properties }, shown);
    const body = all.sort((a, b) => a.branch_code.localeCompare(b.branch_code)).map((row) => element("tr", { "data-branch": row.branch_code },
      element("td", { "data-value": row.branch_code }, element("a", { href: `branches/${row.branch_code}.html` }, row.name)),
      cell(row.value, aim(row)),
      cell(row.previous_value, row.previous_value === undefined ? "" : amount(row.previous_value, row.unit)),
      cell(row.change, row.change === undefined ? "" : (row.change > 0 ? "+" : "") + number(row.change)),
      cell(row.baseline_value, row.baseline_value === undefined ? "" : amount(row.baseline_value, row.unit)),
      element("td", { lang: "ja" }, row.statement, row.condition ? element("span", { className: "condition" }, row.condition) : null,
        row.edition === "old" ? element("span", { className: "condition" }, text("kpi.from_old_column")) : null),
      cell(row.confidence, (row.confidence ?? 0).toFixed(2)),
      element("td", {}, element("a", { href: row.href, className: "source" }, `p.${row.page}`))));
    find("value-table").tBodies[0].replaceChildren(...body);
    for (const heading of find("value-table").querySelectorAll("[aria-sort]")) heading.removeAttribute("aria-sort");
  }

  function draw() {
    drawChoices();
    const indicator = byKey.get(state.key);
    find("indicator-name").textContent = `${indicatorName(indicator)} · ${fiscalYear(state.year)}`;
    const all = rows();
    const { numbers, unit } = withNumbers(all);
    const national = indicator.national[String(state.year)];
    const drawnNational = indicator.comparable && typeof national?.aim === "number" ? national.aim : null;
    find("definition").textContent = indicator.definition?.[language.current] ?? "";
    drawSummary(all, numbers, unit, national);
    drawMap(all, numbers, unit);
    drawCharts(numbers, unit, drawnNational);
    drawTable(all);
    drawYears(numbers, unit, drawnNational);
    try {
      history.replaceState(null, "", `#${encodeURIComponent(state.key)}@${state.year}`);
    } catch {
      // only the address bar then lags behind
    }
  }

  /** The indicator to begin with: where the branches' values differ most often in the year it opens on, if the nation has an aim too. */
  function mostVaried() {
    const national = data.indicators.filter((indicator) => indicator.comparable && indicator.national[indicator.opened] !== undefined);
    return (national.length ? national : data.indicators).reduce((best, indicator) => (indicator.variety > best.variety ? indicator : best));
  }

  function choose(key, year) {
    const indicator = byKey.get(key) ?? mostVaried();
    const years = yearsOf(indicator);
    withRows(indicator, () => {
      state.key = indicator.key;
      state.year = years.includes(year) ? year : indicator.opened;
      const own = new Set(indicator.rows.map((row) => row.branch_code));
      if (!own.has(state.branch)) state.branch = [...own].sort()[0];
      draw();
    });
  }

  /** The indicator whose name was typed or picked; else the first whose name holds all the words. */
  function byName(words) {
    const exact = data.indicators.find((indicator) => indicatorName(indicator) === words);
    if (exact) return exact;
    const parts = words.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    return data.indicators.find((indicator) => parts.every((part) => indicatorName(indicator).normalize("NFKC").toLowerCase().includes(part)));
  }

  /** The rows shown, as a CSV that spreadsheet programs open with the right characters (hence the byte order mark). */
  function csv() {
    const columns = ["branch_code", "branch", "fiscal_year", "indicator", "aim", "comparator", "value", "unit", "previous_value", "change", "baseline_value", "statement", "condition", "confidence", "document_id", "page"];
    // A leading =, + or @ would be run as a formula by a spreadsheet; text from a document must not be.
    const quoted = (value) => `"${String(typeof value === "string" ? value.replace(/^(?=[=+@\t\r-])/, "'") : value ?? "").replaceAll('"', '""')}"`;
    const indicator = byKey.get(state.key);
    const lines = rows().map((row) => columns.map((column) => {
      if (column === "branch") return quoted(row.name);
      if (column === "indicator") return quoted(indicatorName(indicator));
      if (column === "aim") return quoted(aim(row));
      return quoted(row[column]);
    }).join(","));
    return `\ufeff${columns.join(",")}\r\n${lines.join("\r\n")}\r\n`;
  }

  function download() {
    const link = element("a", { href: URL.createObjectURL(new Blob([csv()], { type: "text/csv" })), download: `kpi-${state.key.replace(/[^\w-]+/g, "_")}-${state.year}.csv` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  if (!data.indicators.length) {
    find("nothing").hidden = false;
    find("kpi").hidden = true;
    return;
  }
  find("indicator").addEventListener("change", (event) => choose(byName(event.target.value)?.key ?? state.key, state.year));
  find("indicator").addEventListener("focus", (event) => event.target.select());
  find("branch").addEventListener("change", (event) => { state.branch = event.target.value; draw(); });
  window.BranchPlansSave.install((chart) => ({
    title: find("indicator-name").textContent,
    source: `${text("kpi.source")}: ${text("kpi.source_words")} ${fiscalYear(state.year)}`,
    name: `${chart}-${state.key.replace(/[^\w-]+/g, "_")}-${state.year}`,
  }));
  find("year").addEventListener("change", (event) => choose(state.key, Number(event.target.value)));
  find("download").addEventListener("click", download);
  language.onChange(() => { if (state.key) draw(); });
  const [key, year] = decodeURIComponent(location.hash.slice(1)).split("@");
  choose(key, Number(year));
})();

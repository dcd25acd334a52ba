/* Charts over years and of how values are spread: the chosen branch in colour, the others behind in grey. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const { number, amount, fiscalYear } = window.BranchPlansAims;
  const STYLE = { fontFamily: "inherit", fontSize: "12.5px", background: "transparent", overflow: "visible" };
  const OTHERS = "#a3adb8";
  const CHOSEN = "#0b5c8f";
  const NATION = "#b4341c";

  /** One line a branch over the years; the nation's aim as a dashed line. */
  function history(rows, { national, unit, chosen, width }) {
    const years = [...new Set([...rows.map((row) => row.fiscal_year), ...national.map((row) => row.fiscal_year)])].sort((a, b) => a - b);
    const own = rows.filter((row) => row.branch_code === chosen);
    const last = own[own.length - 1];
    return Plot.plot({
      width, height: 300, marginLeft: 52, marginRight: 86, marginTop: 22, style: STYLE,
      x: { domain: years, type: "point", label: null, tickFormat: (year) => fiscalYear(year) },
      y: { label: unit ? window.BranchPlansAims.unit(unit) : null, grid: true, nice: true, tickFormat: (value) => number(value) },
      marks: [
        Plot.line(rows.filter((row) => row.branch_code !== chosen), { x: "fiscal_year", y: "value", z: "branch_code", stroke: OTHERS, strokeWidth: 1, strokeOpacity: 0.7 }),
        Plot.line(national, { x: "fiscal_year", y: "value", stroke: NATION, strokeWidth: 2, strokeDasharray: "5,3" }),
        Plot.dot(national, { x: "fiscal_year", y: "value", fill: NATION, r: 3, title: (row) => `${text("kpi.national")} ${amount(row.value, unit)}` }),
        ...(national.length ? [Plot.text(national.slice(-1), { x: "fiscal_year", y: "value", text: () => text("kpi.national"), textAnchor: "start", dx: 8, fill: NATION, fontWeight: 700, stroke: "#fff", strokeWidth: 3 })] : []),
        Plot.line(own, { x: "fiscal_year", y: "value", stroke: CHOSEN, strokeWidth: 3 }),
        Plot.dot(own, { x: "fiscal_year", y: "value", fill: CHOSEN, r: 4, href: "href", title: (row) => `${row.name} ${fiscalYear(row.fiscal_year)} ${amount(row.value, unit)}` }),
        ...(last ? [Plot.text([last], { x: "fiscal_year", y: "value", text: (row) => `${row.name} ${number(row.value)}`, textAnchor: "start", dx: 8, dy: -10, fill: CHOSEN, fontWeight: 700, stroke: "#fff", strokeWidth: 3 })] : []),
      ],
    });
  }

  /** One dot a branch, stacked where values are near; the middle half of the branches as a band. */
  function distribution(rows, { national, unit, chosen, width }) {
    const values = rows.map((row) => row.value);
    const band = [{ low: d3.quantile(values, 0.25), high: d3.quantile(values, 0.75) }];
    return Plot.plot({
      width, height: 190, marginTop: 22, marginBottom: 34, style: STYLE,
      x: { label: unit ? window.BranchPlansAims.unit(unit) : null, grid: true, nice: true, tickFormat: (value) => number(value) },
      marks: [
        Plot.rectX(band, { x1: "low", x2: "high", fill: "#e3eff7" }),
        Plot.dotX(rows, Plot.dodgeY({ x: "value", r: 5, fill: (row) => (row.branch_code === chosen ? CHOSEN : OTHERS), href: "href", title: (row) => `${row.name} ${amount(row.value, unit)}` })),
        Plot.ruleX([d3.median(values)], { stroke: "#1c2733", strokeWidth: 1.5 }),
        ...(national === null ? [] : [Plot.ruleX([national], { stroke: NATION, strokeWidth: 2, strokeDasharray: "5,3" }), Plot.text([national], { x: (value) => value, frameAnchor: "top", dy: -12, text: (value) => `${text("kpi.national")} ${amount(value, unit)}`, fill: NATION, fontWeight: 700 })]),
      ],
    });
  }

  Object.assign(window.BranchPlansCharts, { history, distribution });
})();

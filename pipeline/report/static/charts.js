/* The KPI page's charts, drawn by Observable Plot. Colours: viridis-like steps from d3, told apart by all readers. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const { number, amount } = window.BranchPlansAims;
  const STYLE = { fontFamily: "inherit", fontSize: "12.5px", background: "transparent", overflow: "visible" };
  const UP = "#0072b2";
  const DOWN = "#d55e00";
  const BAR = "#3b7ea1";
  const NATION = "#b4341c";

  /** The colours of the tile map: light for low, dark for high. */
  function colorScale(values) {
    const [low, high] = d3.extent(values);
    return d3.scaleSequential(low === high ? [low - 1, high + 1] : [low, high], (t) => d3.interpolateYlGnBu(0.12 + 0.83 * t));
  }

  /** Black or white, whichever stands out more from `color` (the contrast of WCAG 2.2). */
  function inkOn(color) {
    const { r, g, b } = d3.rgb(color);
    const [red, green, blue] = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
  }

  function scaleLegend(values, unit) {
    const scale = colorScale(values);
    return Plot.legend({
      color: { type: "linear", domain: scale.domain(), range: d3.range(0, 1.01, 0.1).map((t) => scale(scale.domain()[0] + t * (scale.domain()[1] - scale.domain()[0]))), interpolate: "rgb" },
      width: 260, label: window.BranchPlansAims.unit(unit), tickFormat: (value) => number(value), ticks: 3, style: { fontFamily: "inherit", fontSize: "12px", overflow: "visible" },
    });
  }

  /** Writes numbers with as many decimals as the one that has most of them. */
  function evenly(values) {
    const decimals = d3.max(values, (value) => (String(value).split(".")[1] ?? "").length) ?? 0;
    return (value) => value.toLocaleString("en-US", { minimumFractionDigits: Math.min(decimals, 3), maximumFractionDigits: Math.min(decimals, 3) });
  }

  /** Ranked bars, with the year before as a dot and the national figure as a line. */
  function bars(rows, { national, unit, width }) {
    const values = rows.map((row) => row.value);
    const before = rows.filter((row) => row.previous_value !== undefined);
    const all = [...values, ...before.map((row) => row.previous_value), ...(national === null ? [] : [national])];
    const [low, high] = d3.extent(all);
    const even = evenly(values);
    // Bars begin at zero, or the eye is misled; only the dots' spread is small then, which the change chart shows.
    return Plot.plot({
      width, height: rows.length * 19 + 56, marginLeft: 74, marginRight: 62, marginTop: 26, style: STYLE,
      x: { domain: [Math.min(0, low), high], axis: "top", label: null, grid: true, ticks: 5, tickFormat: (value) => number(value) },
      y: { domain: rows.map((row) => row.name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(rows, { x: "value", y: "name", fill: BAR, insetTop: 2, insetBottom: 2, href: "href", title: (row) => `${row.name} ${amount(row.value, unit)}\n${row.statement}` }),
        Plot.tickX(before, { x: "previous_value", y: "name", stroke: "#e69f00", strokeWidth: 3, title: (row) => `${text("kpi.year_before")} ${amount(row.previous_value, unit)}` }),
        ...(national === null ? [] : [
          Plot.ruleX([national], { stroke: NATION, strokeWidth: 2, strokeDasharray: "5,3" }),
          Plot.text([national], { x: (value) => value, frameAnchor: "bottom", dy: 14, text: (value) => `${text("kpi.national")} ${amount(value, unit)}`, fill: NATION, fontWeight: 700 }),
        ]),
        Plot.text(rows, { x: (row) => Math.max(row.value, row.previous_value ?? row.value), y: "name", text: (row) => even(row.value), textAnchor: "start", dx: 6, fill: "#1c2733", stroke: "#fff", strokeWidth: 3 }),
        Plot.ruleX([0]),
      ],
    });
  }

  /** Rises to the right, falls to the left; the arrow and the side tell them apart as well as the colour. */
  function changes(rows, { unit, width }) {
    const even = evenly(rows.map((row) => row.change));
    const [least, most] = d3.extent(rows, (row) => row.change);
    const room = 0.25 * Math.max(Math.abs(least), Math.abs(most), Number.EPSILON);
    const domain = least === 0 && most === 0 ? [-1, 1] : [Math.min(0, least < 0 ? least - room : 0), Math.max(0, most > 0 ? most + room : 0)];
    return Plot.plot({
      width, height: rows.length * 17 + 40, marginLeft: 74, marginRight: 20, marginTop: 24, style: STYLE,
      x: { domain, axis: "top", label: null, grid: true, ticks: 5, tickFormat: (value) => (value > 0 ? "+" : "") + number(value) },
      y: { domain: rows.map((row) => row.name), label: null, tickSize: 0 },
      marks: [
        Plot.barX(rows, { x: "change", y: "name", fill: (row) => (row.change < 0 ? DOWN : UP), insetTop: 2, insetBottom: 2, href: "href", title: (row) => `${row.name} ${amount(row.previous_value, unit)} → ${amount(row.value, unit)}` }),
        Plot.text(rows.filter((row) => row.change >= 0), { x: "change", y: "name", text: (row) => (row.change === 0 ? "±0" : `+${even(row.change)}`), textAnchor: "start", dx: 4 }),
        Plot.text(rows.filter((row) => row.change < 0), { x: "change", y: "name", text: (row) => even(row.change), textAnchor: "end", dx: -4 }),
        Plot.ruleX([0]),
      ],
    });
  }

  window.BranchPlansCharts = { bars, changes, colorScale, inkOn, scaleLegend };
})();

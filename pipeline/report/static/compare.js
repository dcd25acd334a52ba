/* The chart of chosen branches: their places in every indicator, the best to the left, all others behind in grey. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  // Told apart by all readers, by symbol as well as by colour, and dark enough for text on white.
  const INKS = ["#0b5c8f", "#a3410b", "#00664f", "#7a2e7a", "#3d4854"];
  const SYMBOLS = ["circle", "square", "triangle", "diamond", "star"];
  const OTHERS = "#c3ccd4";
  const KEY = "";

  const shortened = (name, most) => (name.length <= most ? name : `${name.slice(0, most - 1)}…`);

  /**
   * `places`: one a branch and indicator, with `code`, `branch`, `indicator`, `place`, `of`, `words`, `href`;
   * `codes`: the chosen branches, two to five; `indicators`: names in their order.
   */
  function places(all, { codes, indicators, width }) {
    const chosen = codes.flatMap((code) => all.filter((row) => row.code === code));
    const names = codes.map((code) => chosen.find((row) => row.code === code)?.branch ?? code);
    const last = d3.max(all, (row) => row.of) ?? 1;
    // Each branch's name stands above the places, where a reader of the picture alone finds it too.
    const key = names.map((branch, at) => ({ branch, place: 1 + ((last - 1) * (at + 0.1)) / Math.max(codes.length - 0.4, 1), at }));
    const symbols = { symbol: { domain: d3.range(codes.length), range: SYMBOLS.slice(0, codes.length) } };
    const left = Math.min(330, width * 0.42);
    return Plot.plot({
      width, height: (indicators.length + 1) * 26 + 64, marginLeft: left, marginRight: 24, marginTop: 34, ...symbols,
      style: { fontFamily: "inherit", fontSize: "12.5px", background: "transparent", overflow: "visible" },
      x: { domain: [1, last], axis: "top", label: text("matrix.place_axis"), ticks: [1, ...d3.range(10, last + 1, 10)], tickFormat: (value) => String(value), grid: true },
      y: { domain: [KEY, ...indicators], label: null, axis: null, type: "band" },
      marks: [
        Plot.axisY({ tickSize: 0, label: null, tickFormat: (name) => shortened(name, Math.floor(left / 13)) }),
        Plot.tickX(all, { x: "place", y: "indicator", stroke: OTHERS, strokeWidth: 1.5, insetTop: 7, insetBottom: 7 }),
        Plot.dot(key, { x: "place", y: () => KEY, symbol: "at", fill: (row) => INKS[row.at], r: 5 }),
        Plot.text(key, { x: "place", y: () => KEY, text: "branch", textAnchor: "start", dx: 9, fill: (row) => INKS[row.at], fontWeight: 700 }),
        // Branches that share a place stand one below the other.
        ...codes.map((code, number) => Plot.dot(chosen.filter((row) => row.code === code), { x: "place", y: "indicator", dy: (number - (codes.length - 1) / 2) * 5, symbol: () => number, fill: INKS[number], stroke: "#fff", r: 5, href: "href", title: (row) => `${row.branch} ${row.words} (${row.place}/${row.of})` })),
      ],
    });
  }

  window.BranchPlansCompare = { places };
})();

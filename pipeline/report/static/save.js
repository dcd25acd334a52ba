/* Charts as files: SVG, or PNG at twice the size, with title, source and the date of the plans written into them. */
(function () {
  "use strict";
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const HEAD = 40;
  const FOOT = 26;

  function line(words, y, size, weight) {
    const node = document.createElementNS(NAMESPACE, "text");
    node.setAttribute("x", "12");
    node.setAttribute("y", String(y));
    node.setAttribute("font-size", String(size));
    node.setAttribute("font-weight", weight);
    node.setAttribute("fill", "#1c2733");
    node.textContent = words;
    return node;
  }

  /** The chart in a drawing of its own, white, with `title` above and `source` beneath. */
  function framed(chart, title, source) {
    const width = chart.width.baseVal.value;
    const height = chart.height.baseVal.value;
    const svg = document.createElementNS(NAMESPACE, "svg");
    svg.setAttribute("xmlns", NAMESPACE);
    svg.setAttribute("width", String(width));
    svg.setAttribute("height", String(height + HEAD + FOOT));
    svg.setAttribute("font-family", '"Noto Sans CJK JP", "Yu Gothic", "Hiragino Sans", sans-serif');
    const ground = document.createElementNS(NAMESPACE, "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", "#ffffff");
    const inner = chart.cloneNode(true);
    inner.setAttribute("y", String(HEAD));
    svg.append(ground, line(title, 25, 16, "700"), inner, line(source, height + HEAD + 16, 11, "400"));
    return { svg, width, height: height + HEAD + FOOT };
  }

  function hand(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function save(chart, { title, source, name, form }) {
    const { svg, width, height } = framed(chart, title, source);
    const text = new XMLSerializer().serializeToString(svg);
    if (form === "svg") {
      hand(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
      return;
    }
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.drawImage(picture, 0, 0);
      canvas.toBlob((blob) => hand(blob, `${name}.png`), "image/png");
    };
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  /** `describe(chart id)` gives title, source and file name; charts are found by the button's `data-chart`. */
  function install(describe) {
    for (const button of document.querySelectorAll("[data-save]")) {
      button.addEventListener("click", () => {
        const chart = document.querySelector(`#${button.dataset.chart} svg:last-of-type`);
        if (chart) save(chart, { ...describe(button.dataset.chart), form: button.dataset.save });
      });
    }
  }

  window.BranchPlansSave = { install };
})();

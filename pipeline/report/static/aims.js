/* Building elements (always as text, never as markup) and wording an aim in the language shown. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;

  /** An element with properties and children; strings become text. `data-*` and `aria-*` are set as attributes. */
  function element(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === null || value === false) continue;
      if (name.includes("-") || name === "role" || name === "for" || name === "colspan") node.setAttribute(name, value);
      else node[name] = value;
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return node;
  }

  const english = () => window.BranchPlansLanguage.current === "en";

  /** 1234.50 → 1,234.5 */
  const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });

  function unit(code) {
    return code ? text(`unit.${code}`) : "";
  }

  function amount(value, code) {
    const name = unit(code);
    return number(value) + (english() && name && !name.startsWith("%") ? " " + name : name);
  }

  /** The aim in words: 95% 以上, 前年度以上, ≥ 95%. */
  function aim(target) {
    const comparator = target.comparator ? text(`comparator.${target.comparator}`) : "";
    const value = target.value;
    if (target.basis === "previous_year") {
      const difference = value === null || value === undefined ? "" : (value >= 0 ? "+" : "") + amount(value, target.unit);
      return english()
        ? [comparator, text("basis.previous_year"), difference].filter(Boolean).join(" ")
        : text("basis.previous_year") + difference + comparator;
    }
    if (value === null || value === undefined) return text(`basis.${target.basis}`);
    const shown = amount(value, target.unit);
    if (!comparator) return shown;
    return english() ? `${comparator} ${shown}` : `${shown} ${comparator}`;
  }

  const ERAS = [[2019, "令和"], [1989, "平成"], [1926, "昭和"]];

  /** 2021 → 令和3年度 (2021); in English FY2021. */
  function fiscalYear(year) {
    if (!year) return "";
    if (english()) return `FY${year}`;
    const [first, era] = ERAS.find(([start]) => year >= start);
    return `${era}${year === first ? "元" : year - first + 1}年度`;
  }

  window.BranchPlansAims = { element, number, unit, amount, aim, fiscalYear };
})();

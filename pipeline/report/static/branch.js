/* A branch's page: words each aim in the language shown. */
(function () {
  "use strict";
  const { aim } = window.BranchPlansAims;
  window.BranchPlansLanguage.onChange(() => {
    for (const node of document.querySelectorAll("[data-aim]")) {
      const { value, unit, comparator, basis } = node.dataset;
      node.textContent = aim({ value: value === "" ? null : Number(value), unit, comparator, basis });
    }
  });
})();

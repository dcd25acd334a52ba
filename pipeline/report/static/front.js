/* The front page: which year the tile map shows. */
(function () {
  "use strict";
  const choice = document.getElementById("map-year");
  if (!choice) return;
  choice.addEventListener("change", () => {
    for (const map of document.querySelectorAll(".map-of-year")) map.hidden = map.dataset.year !== choice.value;
  });
})();

/* Search over what the report was built from: words were cut beforehand, what is typed is cut by the same words. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const { element, fiscalYear } = window.BranchPlansAims;
  const find = (id) => document.getElementById(id);
  const parts = find("search").dataset.parts.split(" ");
  const kinds = find("search").dataset.kinds.split(" ");
  const [TEXT, HEADING, BRANCH, YEAR, KIND, DOCUMENT, PAGE, RECORD, AIMS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const bySurface = new Map();
  const texts = [];
  const documents = [];
  const rows = [];
  const terms = new Map();
  const places = new Map();
  // Each part counts for itself; here words and texts get numbers that hold for all of them.
  for (const name of parts) {
    const part = window[`BRANCH_PLANS_FOUND_${name.replace("-", "_")}`];
    const own = part.terms.map((term) => {
      if (!terms.has(term)) terms.set(term, terms.size);
      return terms.get(term);
    });
    for (const [surface, term] of Object.entries(part.surfaces)) if (!bySurface.has(surface)) bySurface.set(surface, own[term]);
    const placed = part.texts.map(([words, held]) => {
      if (!places.has(words)) places.set(words, texts.push([words, held.map((term) => own[term])]) - 1);
      return places.get(words);
    });
    const before = documents.length;
    documents.push(...part.documents);
    for (const row of part.rows) {
      row[TEXT] = placed[row[TEXT]];
      if (row[HEADING] >= 0) row[HEADING] = placed[row[HEADING]];
      row[DOCUMENT] += before;
      if (row[AIMS] !== undefined) row[AIMS] = row[AIMS].map((term) => own[term]);
      rows.push(row);
    }
  }
  const STEP = 50;
  const LONGEST = 200; // characters of a question that are read
  const longest = [...bySurface.keys()].reduce((most, surface) => Math.max(most, surface.length), 1);
  const branchNames = new Map([...find("branch").options].map((option) => [option.value, option.textContent]));
  const spread = new Map();
  for (const [, terms] of texts) for (const term of terms) spread.set(term, (spread.get(term) ?? 0) + 1);
  const spellings = new Map();
  for (const [surface, term] of bySurface) spellings.set(term, [...(spellings.get(term) ?? []), surface]);
  let shown = STEP;

  const folded = (value) => value.normalize("NFKC").toLowerCase();

  /** What is asked for: known words by their numbers, the rest as it is typed. */
  function cut(words) {
    const wanted = [];
    for (const chunk of folded(words.slice(0, LONGEST)).split(/[\s、。,]+/).filter(Boolean)) {
      let literal = "";
      let at = 0;
      while (at < chunk.length) {
        let length = Math.min(longest, chunk.length - at);
        while (length > 0 && !bySurface.has(chunk.slice(at, at + length))) length -= 1;
        if (length > 0) {
          wanted.push({ term: bySurface.get(chunk.slice(at, at + length)) });
          at += length;
        } else {
          literal += chunk[at];
          at += 1;
        }
      }
      // Single kana between known words are particles, as の and を: they ask for nothing.
      if (literal.length > 1 || (literal && !/^[ぁ-ん]$/.test(literal))) wanted.push({ literal });
    }
    return wanted;
  }

  function weight(part) {
    return part.term === undefined ? 5 : Math.log(1 + texts.length / (spread.get(part.term) ?? 1));
  }

  /** How well a row answers, and how many of the parts it holds. */
  function score(row, wanted, held) {
    let sum = 0;
    let count = 0;
    for (const [at, part] of wanted.entries()) {
      const inText = held[at].has(row[TEXT]);
      const inAims = part.term !== undefined && row[AIMS] !== undefined && row[AIMS].includes(part.term);
      const inHeading = row[HEADING] >= 0 && held[at].has(row[HEADING]);
      if (inText || inAims || inHeading) count += 1;
      sum += weight(part) * (inText ? 1 : inAims ? 0.6 : inHeading ? 0.35 : 0);
    }
    return { sum: sum / Math.sqrt(8 + texts[row[TEXT]][1].length), count };
  }

  function filtered() {
    const [branch, year, kind, heading] = [find("branch").value, find("year").value, find("kind").value, folded(find("heading").value.trim())];
    return rows.filter((row) => (!branch || row[BRANCH] === branch) && (!year || String(row[YEAR]) === year) && (!kind || String(row[KIND]) === kind)
      && (!heading || (row[HEADING] >= 0 && folded(texts[row[HEADING]][0]).includes(heading))));
  }

  function answer() {
    const wanted = cut(find("words").value);
    if (!wanted.length) return { hits: [], wanted, partly: false };
    const held = wanted.map((part) => new Set(texts.flatMap(([words, terms], at) => ((part.term === undefined ? folded(words).includes(part.literal) : terms.includes(part.term)) ? [at] : []))));
    const scored = filtered().map((row) => ({ row, ...score(row, wanted, held) })).filter(({ count }) => count > 0);
    const whole = scored.filter(({ count }) => count === wanted.length);
    const hits = (whole.length ? whole : scored).sort((a, b) => b.sum - a.sum);
    return { hits: hits.map(({ row }) => row), wanted, partly: !whole.length && scored.length > 0 };
  }

  /** The text with what was asked for marked, however it is written. */
  function marked(words, wanted) {
    const plain = words.toLowerCase();
    const on = new Array(words.length).fill(false);
    for (const part of wanted) {
      for (const surface of part.term === undefined ? [part.literal] : spellings.get(part.term)) {
        for (let at = plain.indexOf(surface); at >= 0; at = plain.indexOf(surface, at + surface.length)) on.fill(true, at, at + surface.length);
      }
    }
    const pieces = [];
    for (let at = 0; at < words.length;) {
      let end = at;
      while (end < words.length && on[end] === on[at]) end += 1;
      pieces.push(on[at] ? element("mark", {}, words.slice(at, end)) : words.slice(at, end));
      at = end;
    }
    return pieces;
  }

  function hit(row, wanted) {
    const id = documents[row[DOCUMENT]];
    const kind = row[KIND] >= 0 ? text(`measure_kind.${kinds[row[KIND]]}`) : "";
    const where = [branchNames.get(row[BRANCH]) ?? row[BRANCH] ?? "", row[YEAR] ? fiscalYear(row[YEAR]) : "", kind].filter(Boolean).join(" · ");
    return element("li", {},
      element("a", { href: `documents/${id}.html#${id}${row[RECORD]}`, className: "text", lang: "ja" }, ...marked(texts[row[TEXT]][0], wanted)),
      element("span", { className: "where" }, `${where} · p.${row[PAGE]}`, row[HEADING] >= 0 ? element("span", { lang: "ja" }, ` · ${texts[row[HEADING]][0]}`) : null));
  }

  function draw() {
    const { hits, wanted, partly } = answer();
    find("hits").replaceChildren(...hits.slice(0, shown).map((row) => hit(row, wanted)));
    find("more").hidden = hits.length <= shown;
    find("count").textContent = !wanted.length ? "" : hits.length ? `${hits.length.toLocaleString("en-US")} ${text(partly ? "search.partly" : "search.found")}` : text("search.nothing");
    try {
      history.replaceState(null, "", `#${encodeURIComponent(find("words").value.slice(0, LONGEST))}`);
    } catch {
      // only the address bar then lags behind
    }
  }

  let waiting;
  function soon() {
    shown = STEP;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  }

  find("search").addEventListener("submit", (event) => event.preventDefault());
  find("search").addEventListener("input", soon);
  find("more").addEventListener("click", () => { shown += STEP; draw(); });
  window.BranchPlansLanguage.onChange(draw);
  try {
    find("words").value = decodeURIComponent(location.hash.slice(1));
  } catch {
    // an address that somebody cut asks for nothing
  }
  draw();
})();

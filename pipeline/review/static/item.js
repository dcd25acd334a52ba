/* One item beside its page: what is printed, what was read, why it is in doubt, what others have. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element, aim, amount, fiscalYear } = window.BranchPlansAims;
  const { word, label } = window.BranchPlansEditor;
  const SHOWN = {
    targets: ["indicator", "indicator_code", "value", "unit", "comparator", "basis", "population", "kind", "number", "condition", "deadline", "baseline_value", "baseline_year", "notes", "edition", "fiscal_year"],
    measures: ["kind", "level", "marker", "section", "edition", "importance", "difficulty"],
    changes: ["kind", "marking", "move_label"],
  };
  const ALWAYS = ["indicator", "indicator_code", "value", "unit", "comparator", "basis", "population", "kind"];

  const LARGEST = 1.7; // screen pixels a point: a line of ten points is then read without leaning forward

  const said = (both) => both[language.current] ?? both.en;

  /** The printed text with the stretches that fields were read from; offsets count code points, as Python does. */
  function marked(item) {
    const characters = Array.from(item.statement ?? "");
    const owner = new Array(characters.length).fill("");
    for (const name of ["comparator", "deadline", "condition", "baseline_value", "indicator", "value"]) {
      const span = item.sources[name];
      if (span) for (let at = span[0]; at < span[1]; at++) owner[at] = name;
    }
    const nodes = [];
    for (let at = 0; at < characters.length;) {
      let end = at;
      while (end < characters.length && owner[end] === owner[at]) end++;
      const piece = characters.slice(at, end).join("");
      nodes.push(owner[at] ? element("mark", { className: `from-${owner[at]}`, title: label(owner[at]) }, piece) : piece);
      at = end;
    }
    return nodes;
  }

  function source(item, name) {
    const span = item.sources[name === "unit" || name === "basis" ? "comparator" : name];
    return span ? Array.from(item.statement).slice(span[0], span[1]).join("") : "";
  }

  function headline(item) {
    const badges = [
      element("span", { className: "mini" }, [item.branch, fiscalYear(item.year)].filter(Boolean).join(" ")),
      item.fields.kind ? element("span", { className: `mini kind-${item.fields.kind}` }, word(item.table, "kind", item.fields.kind)) : null,
      item.fields.edition ? element("span", { className: `mini edition-${item.fields.edition}` }, text(`edition.${item.fields.edition}`)) : null,
      item.sampled ? element("span", { className: "mini sampled", title: text("screen.sampled_hint") }, text("screen.sampled")) : null,
      item.confidence === null || item.confidence === undefined ? null
        : element("span", { className: `sure ${item.confidence >= 0.8 ? "high" : "low"}` }, `${text("screen.confidence")} ${item.confidence.toFixed(2)}`),
    ];
    const title = item.table === "targets"
      ? element("p", { className: "item-reading" }, element("span", { lang: "ja" }, item.fields.indicator ?? "—"), element("strong", {}, aim(item.fields)))
      : element("p", { className: "item-reading" }, element("span", { lang: "ja" }, item.title ?? text("screen.document_item")));
    return [element("div", { className: "item-badges" }, badges), title];
  }

  function fields(item) {
    const names = (SHOWN[item.table] ?? []).filter((name) => {
      const value = item.fields[name];
      return ALWAYS.includes(name) || (value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length));
    }).filter((name) => name in item.fields);
    if (!names.length) return null;
    return section("screen.reading", element("table", { className: "item-fields" }, element("tbody", {}, names.map((name) => element("tr", {},
      element("th", {}, label(name)),
      element("td", { className: "held" }, word(item.table, name, item.fields[name]),
        name in item.read ? element("span", { className: "was-read" }, ` (${text("review.was_read")}: ${word(item.table, name, item.read[name])})`) : null),
      element("td", { className: "from", lang: "ja" }, source(item, name) ? element("q", { className: `from-${name}` }, source(item, name)) : null))))));
  }

  function section(key, ...nodes) {
    return element("section", { className: "item-section" }, element("h2", {}, text(key)), ...nodes);
  }

  function doubts(item) {
    const nodes = [];
    if (item.findings.length) {
      nodes.push(section("screen.findings", ...item.findings.map((finding) => element("p", { className: `note severity-${finding.severity}` },
        element("b", {}, text(`check.${finding.check}`)), " ", said(finding)))));
    }
    if (item.reasons.length) nodes.push(section("screen.reasons", element("ul", { className: "reasons" }, item.reasons.map((reason) => element("li", {}, said(reason))))));
    return nodes;
  }

  /** The values of others on one line from the least to the greatest, this one marked. */
  function strip(item, others) {
    const own = item.fields.value;
    const values = others.map((other) => other.value).concat(own === null ? [] : [own]);
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    const at = (value) => `${(100 * (value - low) / span).toFixed(1)}%`;
    const line = element("div", { className: "strip", role: "img", "aria-label": others.map((other) => `${other.branch} ${other.value}`).join(", ") });
    for (const other of others) {
      const dot = element("span", { className: "strip-other", title: `${other.branch} ${amount(other.value, item.unit)}` });
      dot.style.left = at(other.value);
      line.append(dot);
    }
    if (own !== null) {
      const dot = element("span", { className: "strip-own", title: amount(own, item.unit) });
      dot.style.left = at(own);
      line.append(dot);
    }
    return element("div", { className: "strip-box" }, line,
      element("div", { className: "strip-ends" }, element("span", {}, amount(low, item.unit)), element("span", {}, amount(low + span, item.unit))));
  }

  function values(item) {
    if (!item.values) return [];
    const { own, branches } = item.values;
    const nodes = [];
    if (own.length) {
      nodes.push(section("screen.own_years", element("p", { className: "own-years" }, own.slice(0, 6).map((other) =>
        element("span", {}, `${fiscalYear(other.year)} `, element("b", {}, amount(other.value, item.unit)))))));
    }
    if (branches.length) nodes.push(section("screen.branches", strip(item, branches)));
    if (!own.length && !branches.length) nodes.push(section("screen.own_years", element("p", { className: "subtle" }, text("screen.no_others"))));
    return nodes;
  }

  function around(item) {
    if (!item.around.length) return null;
    return section("screen.around", element("ol", { className: "around", lang: "ja" }, item.around.map((line) =>
      element("li", { className: line.here ? "here" : "" }, line.text))));
  }

  function decided(item) {
    const nodes = [];
    for (const offer of item.offers) {
      nodes.push(element("p", { className: "offer" }, `${offer.source} · ${offer.by}: `, element("b", {}, decisionWords(item.table, offer)), " ",
        element("button", { type: "button", "data-offer": offer.id }, text("screen.take_over"))));
    }
    const boxes = nodes.length ? [section("screen.offers", ...nodes)] : [];
    if (item.history.length) {
      boxes.push(section("screen.history", element("ul", { className: "history" }, item.history.map((decision) => element("li", {},
        `${decision.by} · ${new Date(decision.at).toLocaleString(language.current)} · `, element("b", {}, decisionWords(item.table, decision)),
        decision.comment ? element("span", { className: "said" }, ` 「${decision.comment}」`) : null)))));
    }
    return boxes;
  }

  /** A decision in a few words: 修正 値 = 61.2. */
  function decisionWords(table, decision) {
    const action = text(`screen.action_${decision.action}`);
    if (decision.action === "correct") return `${action} ${label(decision.field)} = ${word(table, decision.field, decision.after)}`;
    return action;
  }

  /** All that is shown of `item`. */
  function body(item) {
    const other = item.old_text?.text ? section(`screen.${item.old_text.edition}`, element("p", { className: "other-side", lang: "ja" }, item.old_text.text)) : null;
    return [
      ...headline(item),
      item.headings.length ? element("p", { className: "item-headings", lang: "ja" }, item.headings.join(" › ")) : null,
      ...doubts(item),
      item.statement ? section("screen.statement", element("p", { className: "item-statement", lang: "ja" }, ...marked(item))) : null,
      fields(item), other, ...values(item), ...decided(item), around(item),
    ].filter(Boolean);
  }

  /** The page of `item` as a picture with the place marked; `whole` fits the page, else the place is shown large. */
  function drawSheet(view, item, whole) {
    view.replaceChildren();
    if (!item.place.page) return;
    const size = item.sheet ?? { width: 595, height: 842 };
    const sheet = element("div", { className: "crop" });
    const zoom = whole ? Math.min((view.clientWidth - 24) / size.width, (view.clientHeight - 24) / size.height)
      : Math.max((view.clientWidth - 24) / size.width, Math.min(LARGEST, (view.clientWidth - 60) / Math.max(160, (item.box?.[2] ?? size.width) - (item.box?.[0] ?? 0))));
    sheet.style.width = `${size.width * zoom}px`;
    sheet.style.height = `${size.height * zoom}px`;
    if (item.picture) sheet.append(element("img", { src: `report/pages/${encodeURIComponent(item.document_id)}/${item.picture.file}`, alt: "" }));
    else sheet.append(element("p", { className: "no-picture" }, text("screen.no_picture")));
    const mark = (box, kind) => {
      const node = element("div", { className: `place ${kind}` });
      [node.style.left, node.style.top] = [`${box[0] * zoom - 3}px`, `${box[1] * zoom - 3}px`];
      [node.style.width, node.style.height] = [`${(box[2] - box[0]) * zoom + 6}px`, `${(box[3] - box[1]) * zoom + 6}px`];
      sheet.append(node);
    };
    const apart = (box) => box.some((side, at) => Math.abs(side - (item.box?.[at] ?? -1)) > 1);
    for (const finding of item.findings) if (finding.box && finding.page === item.place.page && apart(finding.box)) mark(finding.box, "doubt");
    if (item.box) mark(item.box, "line");
    for (const box of item.values_at) mark(box, "value");
    view.append(sheet);
    if (item.box && !whole) {
      view.scrollTop = item.box[1] * zoom - view.clientHeight * 0.4;
      view.scrollLeft = Math.max(0, item.box[0] * zoom - 30);
    }
  }

  window.BranchPlansItem = { body, drawSheet, source, decisionWords };
})();

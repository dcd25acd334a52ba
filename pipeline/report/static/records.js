/* The records beside the pages: a card for each target, outline item, cell, finding and change. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element, number, amount, aim, fiscalYear } = window.BranchPlansAims;

  /** Verbatim text with its underlines, strike-throughs and colours; offsets count code points, as Python does. */
  function styled(record) {
    const characters = Array.from(record.text ?? "");
    const marks = [
      ...(record.underlines ?? []).map((span) => [span, "u"]),
      ...(record.strikethroughs ?? []).map((span) => [span, "s"]),
      ...(record.colored ?? []).map((span) => [span, "color"]),
    ];
    if (!marks.length) return [record.text ?? ""];
    const edges = new Set([0, characters.length]);
    for (const [span] of marks) edges.add(Math.min(span.start, characters.length)).add(Math.min(span.end, characters.length));
    const cuts = [...edges].sort((a, b) => a - b);
    return cuts.slice(0, -1).map((start, i) => {
      const piece = characters.slice(start, cuts[i + 1]).join("");
      const own = marks.filter(([span]) => span.start <= start && start < span.end);
      if (!own.length) return piece;
      const node = element("span", { className: "marked" }, piece);
      for (const [span, kind] of own) {
        if (kind === "u") node.classList.add("underlined");
        if (kind === "s") node.classList.add("struck");
        if (kind === "color") node.style.color = span.color;
      }
      return node;
    });
  }

  function badge(className, content) {
    return element("span", { className: `mini ${className}` }, content);
  }

  function fact(key, value) {
    if (value === undefined || value === null || value === "") return null;
    return element("div", { className: "fact" }, element("dt", {}, text(`field.${key}`)), element("dd", {}, value));
  }

  /** Normalised beside verbatim; said to be the same where it is, so that nobody has to compare. */
  function bothTexts(record, verbatim, normalized) {
    const same = normalized === undefined || normalized === verbatim;
    const label = (key) => element("span", { className: "label" }, text(`field.${key}`));
    const printed = element("p", { className: "verbatim", lang: "ja" }, label(same ? "same" : "verbatim"), ...styled({ ...record, text: verbatim }));
    if (same) return element("div", { className: "texts same" }, printed);
    return element("div", { className: "texts" }, printed, element("p", { className: "normalized", lang: "ja" }, label("normalized"), normalized));
  }

  function confidence(value) {
    const level = value >= 0.8 ? "high" : value >= 0.6 ? "middle" : "low";
    const meter = element("span", { className: "meter", "aria-hidden": "true" }, element("span", { className: level }));
    meter.firstChild.style.width = `${Math.round(value * 100)}%`;
    return element("span", { className: "confidence", title: text("field.confidence") }, meter, value.toFixed(2));
  }

  /** What a finding says, in the language shown where it is there. */
  function message(finding) {
    return language.current === "ja" ? finding.message_ja ?? finding.message : finding.message;
  }

  function reasons(target) {
    const said = language.current === "ja" ? target.confidence_reasons_ja : target.confidence_reasons;
    return said && said.join(language.current === "ja" ? "、" : "; ");
  }

  function findingNotes(found) {
    return found.map((finding) =>
      element("p", { className: `note severity-${finding.severity}` },
        badge(`severity-${finding.severity}`, text(`severity.${finding.severity}`)), " ",
        element("b", {}, text(`check.${finding.check}`)), " ", message(finding)));
  }

  /** Who said that there is nothing wrong. */
  function dismissal(finding) {
    if (!finding.dismissed_by) return null;
    return element("p", { className: "reviewed" }, element("b", {}, `✓ ${text("review.no_fault")}`), ` ${finding.dismissed_by}`);
  }

  function link(id, content) {
    return element("a", { href: `#${id}`, className: "jump" }, content);
  }

  /** What people made of a record, and what was read in its place. */
  function reviewNote(table, record) {
    if (!record.reviewed || record.reviewed === "no") return null;
    const word = window.BranchPlansEditor.word;
    const read = Object.entries(record.read ?? {}).map(([name, value]) => `${text(`review_field.${name}`)} ${word(table, name, record[name])} (${text("review.was_read")}: ${word(table, name, value)})`);
    return element("p", { className: `reviewed reviewed-${record.reviewed}` }, element("b", {}, `✓ ${text(`reviewed.${record.reviewed}`)}`), ` ${record.corrected_by ?? ""} `, read.join("、"));
  }

  function targetCard(target, context) {
    const heading = context.byId.get(target.heading_id);
    const baseline = target.baseline_value === undefined ? null
      : amount(target.baseline_value, target.unit) + (target.baseline_year ? ` (${fiscalYear(target.baseline_year)})` : "");
    return [
      element("div", { className: "card-line" },
        badge(`kind-${target.kind}`, text(`target_kind.${target.kind}`) + (target.number ? ` ${target.number}` : "")),
        badge(`edition-${target.edition}`, [text(`edition.${target.edition}`), fiscalYear(target.fiscal_year)].filter(Boolean).join(" ")),
        target.value_underlined ? badge("underlined-value", text("field.value_underlined")) : null,
        element("span", { className: "grow" }), confidence(target.confidence ?? 0)),
      element("p", { className: "reading" }, element("span", { className: "indicator", lang: "ja" }, target.indicator ?? "—"), element("strong", { className: "aim" }, aim(target))),
      bothTexts(target, target.statement ?? "", target.statement_normalized),
      element("dl", { className: "facts" },
        fact("indicator_code", target.indicator_code ? element("code", {}, target.indicator_code) : text("field.no_code")),
        fact("population", target.population && text(`population.${target.population}`)),
        fact("basis", text(`basis.${target.basis}`)),
        fact("baseline", baseline), fact("condition", target.condition), fact("deadline", target.deadline),
        fact("section", target.section), fact("heading", heading && link(heading.id, heading.text)),
        fact("notes", target.notes && target.notes.join(" / ")),
        fact("confidence_reasons", reasons(target)),
        fact("corrected_by", target.corrected_by)),
      reviewNote("targets", target),
    ];
  }

  function measureCard(measure) {
    const card = [
      element("div", { className: "card-line" },
        badge(`measure-${measure.kind}`, text(`measure_kind.${measure.kind}`)),
        badge(`edition-${measure.edition}`, text(`edition.${measure.edition}`)),
        measure.importance ? badge("rating", `${text("field.importance")} ${measure.importance}`) : null,
        measure.difficulty ? badge("rating", `${text("field.difficulty")} ${measure.difficulty}`) : null),
      bothTexts(measure, measure.text ?? "", measure.text_normalized), reviewNote("measures", measure),
    ];
    return card;
  }

  function cellCard(cell) {
    const place = `${text("field.row")} ${(cell.row ?? 0) + 1} · ${text("field.column")} ${(cell.column ?? 0) + 1}`;
    const span = cell.row_span > 1 || cell.column_span > 1 ? ` · ${cell.row_span}×${cell.column_span}` : "";
    return [
      element("div", { className: "card-line" }, badge(`role-${cell.role}`, text(`role.${cell.role}`)), element("span", { className: "subtle" }, place + span),
        cell.continues_cell_id ? link(cell.continues_cell_id, text("field.continues")) : null),
      bothTexts(cell, cell.text ?? "", cell.text_normalized),
    ];
  }

  function findingCard(finding) {
    return [
      element("div", { className: "card-line" }, badge(`severity-${finding.severity}`, text(`severity.${finding.severity}`)),
        element("b", {}, text(`check.${finding.check}`)), element("code", {}, finding.check)),
      element("p", { className: "message" }, message(finding)), dismissal(finding),
      finding.record_id ? element("p", { className: "subtle" }, link(finding.record_id, text("field.to_record"))) : null,
    ];
  }

  function side(stretches, id, key) {
    const head = element("span", { className: "label" }, text(`edition.${key}`));
    if (!stretches.length) return element("div", { className: `side side-${key} nothing` }, head, text("change.nothing"));
    const pieces = stretches.map(([piece, differs, underlined]) =>
      element("span", { className: [differs ? "differs" : "", underlined ? "underlined" : ""].join(" ").trim() }, piece));
    return element("div", { className: `side side-${key}`, lang: "ja" }, head, id ? link(id, text("change.show")) : null, element("p", {}, pieces));
  }

  function changeCard(change) {
    return [
      element("div", { className: "card-line" }, badge(`change-${change.kind}`, text(`change.${change.kind}`) + (change.move_label ? ` ${change.move_label}` : "")),
        badge(`marking-${change.marking}`, text(`marking.${change.marking}`))),
      element("div", { className: "sides" }, side(change.old, change.old_measure_id, "old"), side(change.new, change.new_measure_id, "new")),
      reviewNote("changes", change),
    ];
  }

  const CARDS = { targets: targetCard, measures: measureCard, cells: cellCard, findings: findingCard, changes: changeCard };

  /** The card of a record of `table`; `context` holds `byId` and `findingsOf` (record id → findings). */
  function card(table, record, context) {
    const found = context.findingsOf.get(record.id) ?? [];
    const node = element("article", { className: `record record-${table}`, id: `record-${record.id}`, tabIndex: 0, "data-id": record.id },
      ...CARDS[table](record, context), ...findingNotes(found));
    if (table === "measures") node.style.setProperty("--level", Math.min(record.level ?? 0, 6));
    if (found.length) node.classList.add("has-finding");
    return node;
  }

  window.BranchPlansRecords = { card, number };
})();

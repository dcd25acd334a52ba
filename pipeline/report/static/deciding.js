/* What each key decides on a record, the same on the report's pages and in the queue. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const { element } = window.BranchPlansAims;
  const Decisions = window.BranchPlansDecisions;
  const Editor = window.BranchPlansEditor;
  const SNAPSHOT = ["kind", "number", "indicator", "indicator_code", "population", "basis", "comparator", "value", "unit", "baseline_value",
    "baseline_year", "condition", "deadline"];
  const made = []; // groups of ids, one a key, the last one last
  let comment = null;

  /** Keeps what one key decided, with the waiting comment on the first of it. */
  function decide(decisions) {
    if (!decisions.length) return [];
    if (comment) {
      (decisions.find((decision) => decision.action !== "undo") ?? decisions[0]).comment = comment;
      comment = null;
    }
    made.push(decisions.map((decision) => ({ id: decision.id, sha256: decision.sha256 })));
    Decisions.add(decisions);
    return decisions;
  }

  /** Who changes their mind takes back what they decided before, so that it is no contradiction. */
  function takenBack({ sha256, earlier = [] }, test) {
    const me = Decisions.me() || document.documentElement.dataset.by;
    return earlier.filter((decision) => decision.by === me && test(decision)).map((decision) => Decisions.make("undo", sha256, {}, { undoes: decision.id }));
  }

  /** The record is right as it was read; what the checks said of it is answered with that. */
  function right(thing) {
    const { sha256, place, table, values, findings = [], sampled } = thing;
    const decisions = takenBack(thing, (one) => one.action === "reject");
    if (place && ["targets", "measures", "changes"].includes(table)) {
      const before = table === "targets" ? Object.fromEntries(SNAPSHOT.map((name) => [name, values[name] ?? null])) : undefined;
      decisions.push(Decisions.make("confirm", sha256, place, { before, sampled: sampled || undefined }));
    }
    for (const finding of findings) decisions.push(dismissal(sha256, finding));
    return decide(decisions);
  }

  function dismissal(sha256, finding) {
    const box = finding.box ? { x0: finding.box[0], top: finding.box[1], x1: finding.box[2], bottom: finding.box[3] } : {};
    return Decisions.make("dismiss", sha256, { table: "findings", page: finding.page, ...box }, { field: finding.check, before: finding.values });
  }

  /** These checks find nothing wrong in this document any more. */
  function dismissAll(thing) {
    const checks = [...new Set((thing.findings ?? []).map((finding) => finding.check))];
    return decide(checks.map((check) => Decisions.make("dismiss", thing.sha256, {}, { field: check })));
  }

  function none(thing) {
    const { sha256, place, table, sampled } = thing;
    if (!["targets", "measures", "changes"].includes(table)) return [];
    const before = takenBack(thing, (one) => ["confirm", "correct", "reject"].includes(one.action));
    return decide([...before, Decisions.make("reject", sha256, place, { sampled: sampled || undefined })]);
  }

  /** Opens the fields of a record; resolves to the decisions made. */
  async function correct(thing) {
    const { sha256, place, table, values, read = {}, sources, sampled } = thing;
    const everywhere = table === "targets" && values.indicator
      ? element("label", { className: "everywhere" }, element("input", { type: "checkbox", id: "wording-everywhere" }), " ", text("review.wording_everywhere"), element("q", { lang: "ja" }, values.indicator))
      : null;
    const box = everywhere?.querySelector("input");
    const changes = await Editor.edit({ table, values, sources, title: text("review.edit_title"), extra: everywhere ? [everywhere] : [] });
    if (!changes) return null;
    const fields = changes.map(({ field }) => field);
    const decisions = changes.length ? takenBack(thing, (one) => one.action === "confirm" || one.action === "reject" || (one.action === "correct" && fields.includes(one.field))) : [];
    decisions.push(...changes.map(({ field, before, after }) =>
      Decisions.make("correct", sha256, place, { field, before: field in read ? read[field] : before, after, sampled: sampled || undefined })));
    const code = changes.find(({ field }) => field === "indicator_code")?.after ?? values.indicator_code;
    if (box?.checked && code) decisions.push(Decisions.make("wording", sha256, { text: values.indicator }, { after: code }));
    return decide(decisions);
  }

  /** Asks whose plan the document is. */
  async function identify(document_) {
    const changes = await Editor.edit({ table: "documents", values: document_, title: text("review.identify_title") });
    if (!changes) return null;
    return decide(changes.map(({ field, before, after }) => Decisions.make("identify", document_.sha256, { table: "documents", text: document_.title }, { field, before, after })));
  }

  /** Adds a target that the program missed, at a line or at a box drawn on the page. */
  async function add(thing) {
    const { sha256, place, line } = thing;
    const changes = await Editor.edit({ table: "targets", values: { kind: "kpi", basis: "absolute", statement: line, edition: thing.edition ?? "single" }, title: text("review.add_title"), sources: { value: line }, first: line ? "value" : "statement" });
    if (!changes) return null;
    const after = Object.fromEntries(changes.map(({ field, after: value }) => [field, value]).filter(([, value]) => value !== null));
    after.statement ??= line || after.indicator || "";
    after.kind ??= "kpi";
    if (!after.statement) return [];
    return decide([Decisions.make("add", sha256, { ...place, table: "targets", text: line || undefined }, { after })]);
  }

  /** Says what a table's column holds. */
  async function column({ sha256, place }) {
    const meanings = window.BRANCH_PLANS_FIELDS.meanings;
    const meaning = element("select", { id: "column-meaning" }, meanings.map((key) => element("option", { value: key }, text(`meaning.${key}`))));
    const year = element("input", { id: "column-year", type: "text", inputMode: "numeric" });
    const row = (node, key) => element("div", { className: "edit-row" }, element("label", { for: node.id }, text(key)), node);
    const told = await Editor.form(text("review.column_title"), [row(meaning, "review_field.meaning"), row(year, "review_field.fiscal_year")], meaning);
    if (!told) return null;
    const fiscalYear = Number(year.value.normalize("NFKC")) || null;
    return decide([Decisions.make("column", sha256, place, { field: "column", after: { meaning: meaning.value, fiscal_year: fiscalYear } })]);
  }

  async function takeComment() {
    const said = await Editor.ask(text("review.comment_title"), comment ?? "");
    if (said !== null) comment = said || null;
    return comment;
  }

  /** Takes back what the last key decided; gives the undoings. */
  function undo() {
    const undone = (made.pop() ?? []).map(({ id, sha256 }) => Decisions.make("undo", sha256, {}, { undoes: id }));
    if (undone.length) Decisions.add(undone);
    return undone;
  }

  async function name() {
    const said = await Editor.ask(text("review.name_title"), Decisions.me() || document.documentElement.dataset.by || "");
    if (said) Decisions.me(said);
    return said;
  }

  window.BranchPlansDeciding = { right, dismissAll, none, correct, identify, add, column, takeComment, undo, name, get comment() { return comment; } };
})();

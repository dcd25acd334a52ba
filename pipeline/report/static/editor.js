/* Correcting a record: its fields with the choices that there are, in a dialog that the keyboard alone can use. */
(function () {
  "use strict";
  const { text } = window.BranchPlansLanguage;
  const { element } = window.BranchPlansAims;
  const known = window.BRANCH_PLANS_FIELDS;
  const FIRST = { targets: "value", measures: "kind", changes: "kind", documents: "branch_code" };
  const ORDER = {
    targets: ["indicator", "indicator_code", "value", "unit", "comparator", "basis", "population", "kind", "number", "condition", "deadline",
      "baseline_value", "baseline_year", "notes", "edition", "fiscal_year", "section", "plan_title", "value_underlined", "statement"],
    measures: ["text", "kind", "level", "marker", "section", "section_number", "edition", "importance", "difficulty", "fiscal_year", "plan_title"],
  };
  const VOCABULARY = {
    kind: { targets: "target_kind", measures: "measure_kind", changes: "change_kind", documents: "kind" }, population: "population",
    comparator: "comparator_choice", unit: "unit", basis: "basis", edition: "edition", marking: "marking",
  };

  /** The word for a value, in the language shown. */
  function word(table, field, value) {
    if (value === null || value === undefined || value === "") return "—";
    if (field === "indicator_code") return known.indicators[value]?.[window.BranchPlansLanguage.current] ?? value;
    if (field === "branch_code") return `${value} ${known.branches[value] ?? ""}`;
    if (typeof value === "boolean") return text(value ? "review.yes" : "review.no");
    if (Array.isArray(value)) return value.join(" / ");
    const vocabulary = VOCABULARY[field];
    const group = typeof vocabulary === "string" ? vocabulary : vocabulary?.[table];
    return group ? text(`${group}.${value}`) : String(value);
  }

  function label(field) {
    return text(`review_field.${field}`);
  }

  function input(table, field, value) {
    const name = `edit-${field.name}`;
    if (field.type === "boolean") return select(name, [["true", text("review.yes")], ["false", text("review.no")]], String(Boolean(value)));
    if (field.choices.length) {
      const options = field.choices.map((choice) => [choice, word(table, field.name, choice)]);
      if (field.name === "indicator_code") options.sort((a, b) => a[1].localeCompare(b[1], "ja"));
      return select(name, field.nullable ? [["", "—"], ...options] : options, value ?? "");
    }
    if (field.type === "strings" || field.name === "text" || field.name === "statement") {
      return element("textarea", { id: name, rows: 2, value: Array.isArray(value) ? value.join("\n") : value ?? "", lang: "ja" });
    }
    const numeric = field.type === "number" || field.type === "integer";
    return element("input", { id: name, type: "text", inputMode: numeric ? "decimal" : "text", value: value ?? "", autocomplete: "off", lang: "ja" });
  }

  function select(name, options, value) {
    const node = element("select", { id: name }, options.map(([key, shown]) => element("option", { value: key }, shown)));
    node.value = value;
    return node;
  }

  /** Full-width digits and marks are what Japanese keyboards give. */
  function plain(written) {
    return written.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,\s]/g, "").replace(/[▲△−]/g, "-");
  }

  /** What the input says: {value} or {fault}. */
  function said(field, node) {
    const written = node.value;
    if (field.type === "boolean") return { value: written === "true" };
    if (field.type === "strings") return { value: written.split("\n").map((line) => line.trim()).filter(Boolean) };
    if (!written.trim()) return field.nullable ? { value: null } : { fault: text("review.needed") };
    if (field.type !== "number" && field.type !== "integer") return { value: written.trim() };
    const number = Number(plain(written));
    const whole = field.type === "number" || Number.isInteger(number);
    const within = (field.minimum === null || number >= field.minimum) && (field.maximum === null || number <= field.maximum);
    return Number.isFinite(number) && whole && within ? { value: number } : { fault: text("review.no_number") };
  }

  function fieldsOf(table) {
    const fields = known.tables[table];
    const order = ORDER[table];
    return order ? order.map((name) => fields.find((field) => field.name === name)).filter(Boolean) : fields;
  }

  /**
   * Opens the dialog for `values` of a record of `table`. `sources` gives the printed text by field; `extra` are nodes
   * shown below the fields, `first` is the field that has the focus. Resolves to the changed fields as [{field, before, after}], or null where it was left.
   */
  function edit({ table, title, values, sources = {}, extra = [], all = false, first = FIRST[table] }) {
    const ordered = fieldsOf(table);
    if (first === "statement") ordered.sort((a, b) => (b.name === first) - (a.name === first));
    const rows = ordered.map((field) => ({ field, node: input(table, field, values[field.name]) }));
    const faults = element("p", { className: "edit-fault", role: "alert" });
    const many = rows.length > 12 && !all;
    const table_ = element("div", { className: "edit-fields" }, rows.map(({ field, node }, at) => element("div", { className: `edit-row${many && at > 9 ? " rare" : ""}` },
      element("label", { for: node.id }, label(field.name)), node,
      element("span", { className: "edit-source", lang: "ja" }, sources[field.name] ? `「${sources[field.name]}」` : ""))));
    const more = many ? element("button", { type: "button", className: "more-fields" }, text("review.more_fields")) : null;
    const dialog = element("dialog", { className: "edit-dialog" }, element("form", { method: "dialog" },
      element("h2", {}, title), faults, table_, more, ...extra,
      element("div", { className: "edit-actions" },
        element("button", { type: "submit", className: "primary" }, element("kbd", {}, "Enter"), " ", text("review.save")),
        element("button", { type: "button", className: "leave" }, element("kbd", {}, "Esc"), " ", text("review.leave")))));
    document.body.append(dialog);
    more?.addEventListener("click", () => { table_.classList.add("with-rare"); more.remove(); });
    return new Promise((resolve) => {
      const end = (result) => { dialog.close(); dialog.remove(); resolve(result); };
      dialog.querySelector(".leave").addEventListener("click", () => end(null));
      dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(null); });
      dialog.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter" && event.target.matches("select, input, textarea") && !event.shiftKey && !event.isComposing) {
          event.preventDefault();
          submit();
        }
      });
      const submit = () => {
        const changes = [];
        for (const { field, node } of rows) {
          const { value, fault } = said(field, node);
          node.classList.toggle("wrong", Boolean(fault));
          if (fault) {
            faults.textContent = `${label(field.name)}: ${fault}`;
            table_.classList.add("with-rare");
            node.focus();
            return;
          }
          const before = values[field.name] ?? (field.type === "boolean" ? false : field.type === "strings" ? [] : null);
          if (JSON.stringify(value) !== JSON.stringify(before)) changes.push({ field: field.name, before, after: value });
        }
        end(changes);
      };
      dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
      dialog.showModal();
      const { node } = rows.find(({ field }) => field.name === first) ?? rows[0];
      node.focus();
      node.select?.();
    });
  }

  /** Asks for one line of text; resolves to it, or null where it was left. */
  async function ask(title, value = "") {
    const field = element("input", { type: "text", value, autocomplete: "off" });
    return (await form(title, [field], field)) ? field.value.trim() : null;
  }

  /** A small dialog of `nodes`; resolves to whether it was saved. */
  function form(title, nodes, focus) {
    const dialog = element("dialog", { className: "edit-dialog small" }, element("form", { method: "dialog" }, element("h2", {}, title), ...nodes,
      element("div", { className: "edit-actions" }, element("button", { type: "submit", className: "primary" }, element("kbd", {}, "Enter"), " ", text("review.save")),
        element("button", { type: "button", className: "leave" }, element("kbd", {}, "Esc"), " ", text("review.leave")))));
    document.body.append(dialog);
    return new Promise((resolve) => {
      const end = (result) => { dialog.close(); dialog.remove(); resolve(result); };
      dialog.querySelector(".leave").addEventListener("click", () => end(null));
      dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(null); });
      dialog.addEventListener("keydown", (event) => event.stopPropagation());
      dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); end(true); });
      dialog.showModal();
      focus.focus();
      focus.select?.();
    });
  }

  /** Shows `nodes` until Esc, Enter or the button. */
  function tell(title, ...nodes) {
    const dialog = element("dialog", { className: "edit-dialog" }, element("form", { method: "dialog" }, element("h2", {}, title), ...nodes,
      element("div", { className: "edit-actions" }, element("button", { type: "submit", className: "primary" }, element("kbd", {}, "Esc"), " ", text("review.close")))));
    document.body.append(dialog);
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }

  window.BranchPlansEditor = { edit, ask, form, tell, word, label };
})();

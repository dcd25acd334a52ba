/* Deciding on a document's page: the chosen record, a column, the document itself, or a target drawn on the page. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element } = window.BranchPlansAims;
  const Decisions = window.BranchPlansDecisions;
  const Deciding = window.BranchPlansDeciding;
  const Editor = window.BranchPlansEditor;
  const page = window.BranchPlansDocument;
  const { data } = page;
  const sha256 = data.document.sha256;
  const mode = document.getElementById("review-mode");
  const bar = element("div", { className: "review-bar", role: "status", hidden: true });
  const notice = element("div", { className: "notice", role: "status", hidden: true });
  document.body.append(bar, notice);
  const applied = new Set(data.applied ?? []); // decisions that the tables already hold
  const onServer = new Map(); // decisions that the review holds on this document, by id
  let on = Decisions.served || remembered();

  function remembered() {
    try {
      return sessionStorage.getItem("branch-plans-review-mode") === "on";
    } catch {
      return false;
    }
  }

  function setMode(next) {
    on = next;
    try {
      sessionStorage.setItem("branch-plans-review-mode", on ? "on" : "off");
    } catch {
      // the mode then holds for this page
    }
    mode.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("reviewing", on);
    drawBar();
  }

  // ---------------------------------------------------------------- what is decided on

  const boxOf = (record) => (record.box ? { x0: record.box[0], top: record.box[1], x1: record.box[2], bottom: record.box[3] } : {});

  /** A record as a thing to decide on; a finding stands for the record that it is about. */
  function thing(id) {
    const record = page.byId.get(id);
    if (!record) return null;
    const table = page.tableOf.get(record.id);
    if (table === "findings") {
      const about = page.byId.get(record.record_id);
      return about ? ofRecord(about, page.tableOf.get(about.id)) : { sha256, table: "findings", findings: [record] };
    }
    return ofRecord(record, table);
  }

  /** The cell that heads a cell's column: the lowest header cell above it, else the first cell of the column. */
  function headOf(cell) {
    const column = cell.column ?? 0;
    const own = data.cells.filter((other) => (other.page ?? 1) === (cell.page ?? 1) && (other.table_index ?? 0) === (cell.table_index ?? 0)
      && (other.column ?? 0) <= column && column < (other.column ?? 0) + (other.column_span ?? 1));
    const heads = own.filter((other) => other.role === "header").sort((a, b) => (b.row ?? 0) - (a.row ?? 0));
    return heads[0] ?? own.sort((a, b) => (a.row ?? 0) - (b.row ?? 0))[0] ?? cell;
  }

  function ofRecord(record, table) {
    const findings = page.findingsOf.get(record.id) ?? [];
    const place = { table, page: record.page ?? 1, ...boxOf(record), ...record.place };
    if (table === "cells") {
      const head = headOf(record);
      Object.assign(place, boxOf(head), { text: head.text ?? "" });
    }
    if (table === "changes") {
      const side = page.byId.get(record.new_measure_id) ?? page.byId.get(record.old_measure_id);
      Object.assign(place, { page: side?.page ?? 1, ...(side ? boxOf(side) : {}), text: record.place.text });
    }
    const line = record.statement ?? record.text ?? "";
    const earlier = decidedOn(table, place);
    const pending = Object.fromEntries(earlier.filter((one) => one.action === "correct" && !applied.has(one.id)).map((one) => [one.field, one.after]));
    const read = { ...Object.fromEntries(Object.keys(pending).map((name) => [name, record[name] ?? null])), ...record.read };
    return { sha256, table, place, values: { notes: [], ...record, ...pending }, read, findings, earlier, line, edition: record.edition };
  }

  /** The standing decisions on one record. */
  function decidedOn(table, place) {
    const wanted = keyOf(table, place.page, place.text, place.x0 === undefined ? "" : corner([place.x0, place.top]), place.occurrence);
    return here().filter((decision) => decision.text && ["confirm", "correct", "reject"].includes(decision.action) && placeOf(decision) === wanted);
  }

  const here = () => {
    const known = new Map([...onServer.values(), ...Decisions.kept()].map((decision) => [decision.id, decision]));
    return Decisions.standing([...known.values()].filter((decision) => decision.sha256 === sha256));
  };
  const placeOf = (decision) => keyOf(decision.table, decision.page, decision.text,
    decision.x0 === undefined || decision.x0 === null ? "" : corner([decision.x0, decision.top]), decision.occurrence);

  const ACTS = {
    Enter: (it) => Deciding.right(it),
    e: (it) => (it.table === "cells" ? Deciding.column(it) : it.table === "findings" ? Deciding.identify({ ...data.document, is_draft: Boolean(data.document.is_draft) }) : Deciding.correct(it)),
    x: (it) => Deciding.none(it),
    d: (it) => Deciding.dismissAll(it),
    a: (it) => Deciding.add({ ...it, line: it.line }),
  };

  async function act(key) {
    const { chosen } = page; // at the key; what comes while the review is asked changes nothing
    await asked;
    if (key === "u") return notify(undo() ? text("review.done_undo") : text("review.nothing_to_undo"));
    if (key === "c") return void (await Deciding.takeComment());
    if (key === "?") return help();
    if (!(await known())) return undefined;
    if (key === "i") return said(await Deciding.identify({ ...data.document, is_draft: Boolean(data.document.is_draft) }));
    const it = thing(chosen);
    if (!it) return notify(text("review.mode_hint"));
    return said(await ACTS[key](it));
  }

  /** Whether it is known who decides; where neither this browser nor the review knows, the name is asked for once. */
  async function known() {
    await asked;
    return Decisions.me() || document.documentElement.dataset.by || Deciding.name();
  }

  function undo() {
    let undone = Deciding.undo();
    const last = here().at(-1);
    if (!undone.length && last) {
      undone = [Decisions.make("undo", sha256, {}, { undoes: last.id })];
      Decisions.add(undone);
    }
    remember(undone);
    decorate();
    return undone.length > 0;
  }

  /** What was sent is known here too. */
  function remember(decisions) {
    if (Decisions.served) for (const decision of decisions) onServer.set(decision.id, decision);
  }

  function said(decisions) {
    if (decisions === null) return;
    if (!decisions.length) {
      notify(text("review.nothing_changed"));
      return;
    }
    remember(decisions);
    notify(decisions.filter((decision) => decision.action !== "undo").map(words).join(" · "));
    decorate();
  }

  function words(decision) {
    const did = { confirm: "review.right", dismiss: "review.no_fault", reject: "review.no_target", add: "review.missing", column: "review.column", correct: "review.edit", identify: "review.identify", wording: "review_field.indicator_code" };
    const value = ["correct", "identify"].includes(decision.action) ? `: ${Editor.label(decision.field)} = ${Editor.word(decision.table, decision.field, decision.after)}` : "";
    return text(did[decision.action]) + value;
  }

  // ---------------------------------------------------------------- what is shown of it

  const corner = (box) => (box ? `${Math.round(box[0])},${Math.round(box[1])}` : "");
  const bare = (words_) => (words_ ?? "").replace(/\s/g, "");
  const keyOf = (table, number, words_, box, occurrence) => [table, number, bare(words_), box, occurrence ?? 1].join("|");

  /** Marks each record with what was decided on it and is in no table yet. */
  function decorate() {
    for (const old of document.querySelectorAll(".record .decided-here")) old.remove();
    for (const node of document.querySelectorAll(".record")) {
      const record = page.byId.get(node.dataset.id);
      const table = page.tableOf.get(record.id);
      if (!record.place) continue;
      const fresh = ofRecord(record, table).earlier.filter((decision) => !applied.has(decision.id));
      if (fresh.length) node.append(element("p", { className: "decided-here" }, `✓ ${fresh.map(words).join(" · ")} (${fresh.at(-1).by}) — ${text("review.waits")}`));
    }
    drawBar();
  }

  /** Says plainly what is not saved or not sent yet. */
  function drawBar() {
    const waiting = Decisions.unsaved().length;
    const kept = Decisions.kept().length;
    const nodes = [];
    if (Decisions.refused) nodes.push(element("p", {}, `${text("review.refused")} ${Decisions.refused}`));
    if (Decisions.served) {
      if (waiting && !Decisions.reachable) nodes.push(element("p", {}, `${text("review.unreachable")} `, element("b", {}, String(waiting))));
    } else if (kept) {
      nodes.push(element("p", {}, element("b", { id: "unsaved" }, String(waiting || kept)), ` ${text(waiting ? "review.unsaved" : "review.all_saved")}`));
      nodes.push(element("button", { type: "button", className: waiting ? "primary" : "", id: "save-decisions" }, text("review.save_file")));
    } else if (on) {
      nodes.push(element("p", { className: "subtle" }, `${text("review.mode_hint")} · ? ${text("review.help")}`));
    }
    bar.hidden = !nodes.length;
    bar.classList.toggle("saved", !waiting);
    bar.replaceChildren(...nodes);
  }

  let noticeEnds = 0;

  function notify(said_) {
    notice.textContent = said_;
    notice.hidden = false;
    clearTimeout(noticeEnds);
    noticeEnds = setTimeout(() => { notice.hidden = true; }, 3500);
  }

  function help() {
    const rows = [["Enter", "review.right"], ["e", "review.edit"], ["x", "review.no_target"], ["a", "review.missing"], ["d", "review.dismiss_all"], ["i", "review.identify"],
      ["u", "review.undo"], ["c", "review.comment"], ["n p", "document.finding_after"]];
    Editor.tell(text("review.help"), element("table", { className: "help-keys" }, element("tbody", {}, rows.map(([key, what]) => element("tr", {},
      element("th", {}, element("kbd", {}, key)), element("td", {}, text(what)))))), element("p", {}, text("review.draw_hint")));
  }

  // ---------------------------------------------------------------- a target drawn on the page

  function drawing() {
    let start = null;
    let frame = null;
    page.sheetsNode.addEventListener("mousedown", (event) => {
      const sheet = event.target.closest(".sheet");
      if (!on || !event.shiftKey || !sheet) return;
      event.preventDefault();
      start = { sheet, x: event.clientX, y: event.clientY };
      frame = element("div", { className: "box drawn" });
      sheet.append(frame);
    });
    const rectangle = (event) => {
      const outer = start.sheet.getBoundingClientRect();
      const known = data.pages.find((one) => one.number === Number(start.sheet.dataset.page)) ?? {};
      const scale = (known.width ?? 595) / outer.width;
      const at = [Math.min(start.x, event.clientX) - outer.left, Math.min(start.y, event.clientY) - outer.top, Math.max(start.x, event.clientX) - outer.left, Math.max(start.y, event.clientY) - outer.top];
      return { pixels: at, points: at.map((side) => Math.round(side * scale * 100) / 100) };
    };
    document.addEventListener("mousemove", (event) => {
      if (!start) return;
      const [x0, top, x1, bottom] = rectangle(event).pixels;
      Object.assign(frame.style, { left: `${x0}px`, top: `${top}px`, width: `${x1 - x0}px`, height: `${bottom - top}px` });
    });
    document.addEventListener("mouseup", async (event) => {
      if (!start) return;
      const { points: [x0, top, x1, bottom] } = rectangle(event);
      const number = Number(start.sheet.dataset.page);
      frame.remove();
      start = null;
      if (x1 - x0 < 4 || bottom - top < 4) return;
      const middle = [(x0 + x1) / 2, (top + bottom) / 2];
      const line = data.measures.find((one) => (one.page ?? 1) === number && one.box && one.box[0] <= middle[0] && middle[0] <= one.box[2] && one.box[1] <= middle[1] && middle[1] <= one.box[3]);
      if (!(await known())) return;
      said(await Deciding.add({ sha256, place: { page: number, x0, top, x1, bottom }, line: line?.text ?? "", edition: line?.edition }));
    });
  }

  // ---------------------------------------------------------------- what the reader does

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.matches("input[type=search], select, textarea") || (event.key === "Enter" && event.target.matches("button, a, input"))) return;
    const key = event.key.length === 1 ? event.key.normalize("NFKC").toLowerCase() : event.key;
    if (!["u", "c", "i", "?"].includes(key) && !(key in ACTS)) return;
    // The first Enter on a card that has the focus chooses it; only a chosen one is decided on.
    if (key === "Enter" && event.target.classList?.contains("record") && event.target.dataset.id !== page.chosen) return;
    event.preventDefault();
    act(key);
  }, true);
  mode.addEventListener("click", () => { setMode(!on); mode.blur(); });
  bar.addEventListener("click", (event) => { if (event.target.closest("#save-decisions")) Decisions.save(); });
  Decisions.onChange(drawBar);
  language.onChange(() => { decorate(); drawBar(); });
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains("record")))) decorate();
  }).observe(document.getElementById("list"), { childList: true });
  // Nothing is decided before the review has said who decides here and what was decided: a quick key had no name.
  const asked = !Decisions.served ? Promise.resolve()
    : fetch(`${Decisions.root}api/documents/${encodeURIComponent(data.document.document_id)}`).then((answer) => answer.json()).then(({ by, decisions }) => {
      document.documentElement.dataset.by = by;
      for (const decision of decisions) onServer.set(decision.id, decision);
      decorate();
    }).catch(() => {});
  drawing();
  setMode(on);
  decorate();
})();

/* The queue: what is most at stake first, one key a decision, the next item there at once. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element, amount } = window.BranchPlansAims;
  const Decisions = window.BranchPlansDecisions;
  const Deciding = window.BranchPlansDeciding;
  const Editor = window.BranchPlansEditor;
  const Item = window.BranchPlansItem;
  const AHEAD = 4; // items whose data and pictures are fetched before they are asked for
  const POLL = 5000; // milliseconds
  const HEARTBEAT = 15000;
  const SHOWN_AT_ONCE = 300;
  const session = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const $ = (id) => document.getElementById(id);
  const put = (id, ...nodes) => $(id).replaceChildren(...nodes.filter((node) => node !== null && node !== undefined));

  const state = { items: [], progress: null, run: null, key: null, whole: false, filters: { show: "open" }, skipped: new Set(), hands: {}, serial: 0 };
  const details = new Map();
  const touched = new Set(); // items decided on since the page was opened
  const pictures = new Map();

  // ---------------------------------------------------------------- what comes from the review

  async function get(path) {
    const answer = await fetch(`api/${path}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async function loadQueue() {
    const data = await get("queue");
    Object.assign(state, { items: data.items, progress: data, run: data.run });
    details.clear();
    drawFilters();
    drawProgress();
    const wanted = decodeURIComponent(location.hash.slice(1));
    const list = shown();
    show(state.items.some((item) => item.key === wanted) ? wanted : (list.find((item) => item.key === state.key) ?? list[0])?.key ?? null);
  }

  function detail(key) {
    if (!details.has(key)) {
      // What was just decided on the item must be in what is shown of it, else the next key would decide on old values.
      const asked = (touched.has(key) ? Decisions.sent() : Promise.resolve()).then(() => get(`items/${encodeURIComponent(key)}`)).then((item) => {
        if (item.picture && !pictures.has(item.picture.file + item.document_id)) {
          const image = new Image();
          image.src = `report/pages/${encodeURIComponent(item.document_id)}/${item.picture.file}`;
          pictures.set(item.picture.file + item.document_id, image);
        }
        return item;
      });
      asked.catch(() => details.delete(key));
      details.set(key, asked);
    }
    return details.get(key);
  }

  async function poll() {
    try {
      const data = await get("state");
      state.hands = data.hands;
      if (data.run !== state.run) {
        await loadQueue();
        notify(text("screen.new_run"));
        return;
      }
      const mine = new Set(Decisions.kept().map((decision) => decision.id));
      for (const item of state.items) {
        const decision = data.decided[item.key] ?? null;
        if (decision?.id !== item.decision?.id && !(item.decision && mine.has(item.decision.id))) {
          item.decision = decision;
          details.delete(item.key);
        }
      }
      state.progress = data;
      drawProgress();
      drawQueue();
      Decisions.flush();
    } catch {
      drawProgress();
    }
  }

  function holdItem() {
    const hold = { session, by: Decisions.me() || document.documentElement.dataset.by, item: state.key };
    fetch("api/in-hand", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(hold), keepalive: true }).catch(() => {});
  }

  function handOf(key) {
    return Object.entries(state.hands).find(([who, hand]) => who !== session && hand.item === key)?.[1].by;
  }

  // ---------------------------------------------------------------- filters and the list

  const FILTERS = {
    branch: (item) => [item.branch_code ? `${item.branch_code} ${item.branch}` : "—"],
    year: (item) => [String(item.year ?? "—")],
    check: (item) => item.checks,
    indicator: (item) => (item.code ? [item.code] : []),
    grade: (item) => (item.grade ? [String(item.grade)] : []),
  };

  function passes(item) {
    const { show: which, ...filters } = state.filters;
    if (which === "open" && item.decision && item.key !== state.key) return false;
    if (which === "decided" && !item.decision) return false;
    if (which === "sampled" && !item.sampled) return false;
    return Object.entries(filters).every(([name, wanted]) => !wanted || FILTERS[name](item).includes(wanted));
  }

  function shown() {
    const list = state.items.filter(passes);
    return [...list.filter((item) => !state.skipped.has(item.key)), ...list.filter((item) => state.skipped.has(item.key))];
  }

  function drawFilters() {
    const which = element("select", { id: "filter-show", "aria-label": text("screen.show") }, ["open", "all", "decided", "sampled"].map((key) => element("option", { value: key }, text(`screen.${key}`))));
    which.value = state.filters.show;
    const selects = Object.keys(FILTERS).map((name) => {
      const counts = new Map();
      for (const item of state.items) for (const value of FILTERS[name](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size < 2 && !state.filters[name]) return null;
      const shownAs = (value) => (name === "check" ? text(`check.${value}`) : name === "indicator" ? Editor.word("targets", "indicator_code", value) : value);
      const options = [...counts].sort((a, b) => (name === "branch" || name === "year" ? a[0].localeCompare(b[0]) : b[1] - a[1]));
      const select = element("select", { id: `filter-${name}`, "aria-label": text(`screen.${name}`) },
        element("option", { value: "" }, `${text(`screen.${name}`)}: ${text("screen.all")}`),
        options.map(([value, count]) => element("option", { value }, `${shownAs(value)} (${count})`)));
      select.value = state.filters[name] ?? "";
      return select;
    });
    $("filters").replaceChildren(which, ...selects.filter(Boolean));
  }

  function listItem(item) {
    const hand = handOf(item.key);
    const value = item.value === null || item.value === undefined ? "" : amount(item.value, item.unit);
    return element("li", { "data-key": item.key, className: [item.key === state.key ? "chosen" : "", item.decision ? "done" : "", state.skipped.has(item.key) ? "skipped" : ""].join(" ").trim() },
      element("span", { className: "queue-top" },
        element("span", { className: "queue-where" }, `${item.branch} ${item.year ?? ""} p.${item.page ?? "–"}`),
        item.sampled ? element("span", { className: "mini sampled" }, text("screen.sampled")) : null,
        hand ? element("span", { className: "mini hand" }, `✋ ${hand}`) : null,
        item.decision ? element("span", { className: "mini done" }, `✓ ${text(`screen.action_${item.decision.action}`)}`) : null),
      element("span", { className: "queue-title", lang: "ja" }, item.title ?? text("screen.document_item"), value ? element("b", {}, ` ${value}`) : null),
      item.checks.length ? element("span", { className: "queue-checks" }, item.checks.map((check) => text(`check.${check}`)).join("、")) : null);
  }

  function drawQueue() {
    const list = shown();
    const at = Math.max(0, list.findIndex((item) => item.key === state.key));
    const from = Math.max(0, Math.min(at - 100, list.length - SHOWN_AT_ONCE));
    const nodes = list.slice(from, from + SHOWN_AT_ONCE).map(listItem);
    if (!nodes.length) nodes.push(element("li", { className: "empty" }, text(state.items.length && state.items.every((item) => item.decision) ? "screen.finished" : "screen.nothing")));
    const scroll = $("queue").scrollTop;
    $("queue").replaceChildren(...nodes);
    $("queue").scrollTop = scroll;
    const chosen = $("queue").querySelector(".chosen");
    if (chosen) {
      const outer = $("queue").getBoundingClientRect();
      const inner = chosen.getBoundingClientRect();
      if (inner.top < outer.top || inner.bottom > outer.bottom) $("queue").scrollTop += inner.top - outer.top - outer.height / 4;
    }
  }

  // ---------------------------------------------------------------- how far we are

  const percent = (share) => `${(100 * share).toFixed(1)}%`;

  function drawProgress() {
    const done = state.items.filter((item) => item.decision).length;
    const total = state.items.length;
    const { progress } = state;
    const today = new Date();
    const day = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
    const people = Object.entries(progress?.by ?? {}).sort((a, b) => b[1] - a[1]).map(([who, count]) => `${who} ${count}`).join(" · ");
    const bar = element("div", { className: "progress-bar", role: "progressbar", "aria-valuenow": String(done), "aria-valuemax": String(total) }, element("span", {}));
    bar.firstChild.style.width = `${total ? 100 * done / total : 0}%`;
    const sample = progress?.estimate;
    const estimate = !sample || !sample.looked_at ? text("screen.estimate_none")
      : text("screen.estimate").replace("{share}", percent(sample.share)).replace("{low}", percent(sample.low)).replace("{high}", percent(sample.high))
        .replace("{looked}", sample.looked_at).replace("{size}", sample.size);
    const waiting = Decisions.kept().length;
    const troubles = [];
    if (waiting && !Decisions.reachable) troubles.push(element("p", { className: "trouble" }, `${text("review.unreachable")} ${waiting}`));
    if (Decisions.refused) troubles.push(element("p", { className: "trouble" }, `${text("review.refused")} ${Decisions.refused}`));
    if (progress?.unread?.length) troubles.push(element("p", { className: "trouble" }, text("screen.unread") + progress.unread.map((line) => `${line.number} (${line[language.current]})`).join(", ")));
    put("progress",
      element("span", { className: "progress-left" }, `${text("screen.left")} `, element("b", { id: "left" }, String(total - done))),
      bar,
      element("span", {}, `${done} / ${total} ${text("screen.done")}`),
      element("span", {}, `${text("screen.today")} `, element("b", {}, String(progress?.days?.[day] ?? 0))),
      people ? element("span", { className: "subtle" }, people) : null,
      progress?.waiting ? element("span", { className: "subtle" }, `${text("screen.waiting")}: ${progress.waiting}`) : null,
      element("span", { className: "subtle estimate" }, estimate),
      ...troubles);
  }

  // ---------------------------------------------------------------- the item

  async function show(key) {
    const serial = ++state.serial;
    state.key = key;
    drawQueue();
    if (key === null) {
      $("item").replaceChildren(element("p", { className: "empty" }, text(state.items.every((item) => item.decision) ? "screen.finished" : "screen.nothing")));
      for (const id of ["sheet", "sheet-head", "actions"]) $(id).replaceChildren();
      return;
    }
    history.replaceState(null, "", `#${encodeURIComponent(key)}`);
    let item;
    try {
      item = await detail(key);
    } catch {
      if (serial === state.serial) notify(text("review.unreachable"));
      return;
    }
    if (serial !== state.serial) return;
    draw(item);
    holdItem();
    const list = shown();
    const at = list.findIndex((other) => other.key === key);
    for (const next of list.slice(at + 1, at + 1 + AHEAD)) detail(next.key).catch(() => {});
  }

  function draw(item) {
    $("item").replaceChildren(...Item.body(item));
    $("item").scrollTop = 0;
    const hand = handOf(item.key);
    put("sheet-head",
      element("b", {}, item.document.title || item.document.source_file), ` · ${text("document.page")} ${item.place.page ?? "–"} / ${item.document.page_count}`,
      hand ? element("span", { className: "mini hand" }, `✋ ${hand} ${text("screen.in_hand")}`) : null,
      element("span", { className: "grow" }),
      element("button", { type: "button", id: "zoom" }, text(state.whole ? "screen.close_up" : "screen.whole_page")),
      element("a", { className: "button", id: "open", href: documentHref(item), target: "_blank", rel: "noopener" }, text("screen.open_document")));
    Item.drawSheet($("sheet"), item, state.whole);
    drawActions(item);
  }

  function documentHref(item) {
    return `report/documents/${encodeURIComponent(item.document_id)}.html#${encodeURIComponent(item.table === "findings" ? `page-${item.place.page ?? 1}` : item.key)}`;
  }

  function drawActions(item) {
    const record = item.table !== "findings";
    const action = (key, words, act, kind = "") => element("button", { type: "button", "data-act": act, className: kind }, element("kbd", {}, key), " ", text(words));
    const said = Deciding.comment;
    put("actions",
      said ? element("p", { className: "waiting-comment" }, `💬 ${said}`) : null,
      action("Enter", record ? "review.right" : "review.no_fault", "right", "primary"),
      action("e", record ? "review.edit" : "review.identify", "edit"),
      record ? action("x", item.table === "targets" ? "review.no_target" : "review.no_line", "none") : null,
      action("s", "review.skip", "skip"), action("u", "review.undo", "undo"), action("c", "review.comment", "comment"),
      item.place.page ? action("a", "review.missing", "add") : null,
      item.findings.length ? action("d", "review.dismiss_all", "dismiss") : null,
      record ? action("i", "review.identify", "identify") : null);
  }

  // ---------------------------------------------------------------- deciding

  const thing = (item) => ({
    sha256: item.document.sha256, place: item.place, table: item.table, values: item.fields, read: item.read, findings: item.findings, sampled: item.sampled,
    sources: Object.fromEntries(Object.keys(item.fields).map((name) => [name, Item.source(item, name)])),
    earlier: item.history, line: item.statement ?? "", edition: item.fields.edition,
  });

  /** Marks the item as decided and goes on to the next one, without waiting for anybody. */
  function decided(key, decisions, { stay = false } = {}) {
    if (!decisions?.length) return;
    const item = state.items.find((other) => other.key === key);
    const list = shown();
    const at = list.findIndex((other) => other.key === key);
    const told = decisions.filter((decision) => decision.action !== "undo");
    item.decision = told.find((decision) => decision.action !== "dismiss" && decision.action !== "wording") ?? told[0];
    state.skipped.delete(key);
    touched.add(key);
    details.delete(key);
    const next = stay ? list[at] : list.slice(at + 1).find((other) => !other.decision) ?? list.slice(0, at).find((other) => !other.decision) ?? list[at + 1]
      ?? (state.filters.show === "open" ? null : item);
    drawProgress();
    show(next?.key ?? null);
  }

  function move(step) {
    const list = shown();
    if (!list.length) return;
    const at = list.findIndex((item) => item.key === state.key);
    show(list[Math.min(list.length - 1, Math.max(0, at + step))].key);
  }

  const ACTS = {
    right: (item) => decided(item.key, Deciding.right(thing(item))),
    none: (item) => decided(item.key, Deciding.none(thing(item))),
    dismiss: (item) => decided(item.key, Deciding.dismissAll(thing(item))),
    edit: async (item) => {
      const decisions = item.table === "findings" ? await Deciding.identify(item.document) : await Deciding.correct(thing(item));
      if (decisions && !decisions.length) notify(text("review.nothing_changed"));
      decided(item.key, decisions);
    },
    identify: async (item) => decided(item.key, await Deciding.identify(item.document), { stay: true }),
    add: async (item) => {
      const decisions = await Deciding.add(thing(item));
      if (decisions?.length) notify(text("screen.action_add"));
      details.delete(item.key);
    },
    comment: async (item) => {
      await Deciding.takeComment();
      drawActions(item);
    },
    skip: (item) => {
      const list = shown();
      const at = list.findIndex((other) => other.key === item.key);
      state.skipped.add(item.key);
      show((list[at + 1] ?? list[0]).key);
    },
    undo: (item) => {
      let ids = Deciding.undo().map((undoing) => undoing.undoes);
      if (!ids.length && item.history.length) {
        const last = item.history.at(-1);
        Decisions.add([Decisions.make("undo", item.document.sha256, {}, { undoes: last.id })]);
        ids = [last.id];
      }
      if (!ids.length) return notify(text("review.nothing_to_undo"));
      const freed = state.items.find((other) => other.decision && ids.includes(other.decision.id));
      if (freed) freed.decision = null;
      details.clear();
      touched.add(freed?.key ?? state.key);
      drawProgress();
      notify(text("review.done_undo"));
      show(freed?.key ?? state.key);
      return undefined;
    },
    zoom: (item) => { state.whole = !state.whole; draw(item); },
    open: () => $("open")?.click(),
    next: () => move(1),
    before: () => move(-1),
    help,
  };
  const KEYS = {
    Enter: "right", e: "edit", x: "none", s: "skip", u: "undo", c: "comment", a: "add", d: "dismiss", i: "identify", z: "zoom", o: "open",
    ArrowRight: "next", j: "next", n: "next", ArrowLeft: "before", k: "before", p: "before", "?": "help",
  };

  let acting = false;

  async function act(name) {
    if (acting) return;
    if (name === "help") return help();
    acting = true;
    try {
      if (name === "next" || name === "before") return ACTS[name]();
      if (state.key) await ACTS[name](await detail(state.key));
    } catch (error) {
      notify(`${text("review.unreachable")} ${error.message}`);
    } finally {
      acting = false;
    }
    return undefined;
  }

  function help() {
    const rows = [["Enter", "e_right"], ["e", "e_edit"], ["x", "e_none"], ["s", "e_skip"], ["u", "e_undo"], ["c", "e_comment"], ["a", "e_missing"],
      ["d", "e_dismiss"], ["i", "e_identify"], ["→ ←", "e_move"], ["z", "e_zoom"], ["o", "e_open"], ["?", "e_help"]];
    Editor.tell(text("review.help"), element("p", {}, text("help.intro")),
      element("table", { className: "help-keys" }, element("tbody", {}, rows.map(([key, words]) => element("tr", {}, element("th", {}, element("kbd", {}, key)), element("td", {}, text(`help.${words}`)))))),
      element("p", { className: "subtle" }, text("help.after")));
  }

  let noticeEnds = 0;

  function notify(words) {
    const notice = $("notice");
    notice.textContent = words;
    notice.hidden = false;
    clearTimeout(noticeEnds);
    noticeEnds = setTimeout(() => { notice.hidden = true; }, 3500);
  }

  function drawName() {
    $("name").replaceChildren(`${text("screen.name")}: `, element("b", {}, Decisions.me() || document.documentElement.dataset.by));
  }

  // ---------------------------------------------------------------- what the reader does

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.matches("select, input, textarea") || (event.key === "Enter" && event.target.matches("button, a"))) return;
    const name = KEYS[event.key.length === 1 ? event.key.normalize("NFKC").toLowerCase() : event.key];
    if (!name || (event.repeat && name !== "next" && name !== "before")) return;
    event.preventDefault();
    act(name);
  });
  $("actions").addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) act(button.dataset.act);
  });
  $("queue").addEventListener("click", (event) => {
    const line = event.target.closest("[data-key]");
    if (line) show(line.dataset.key);
  });
  $("filters").addEventListener("change", (event) => {
    state.filters[event.target.id.replace("filter-", "")] = event.target.value;
    event.target.blur();
    const list = shown();
    show((list.find((item) => item.key === state.key) ?? list[0])?.key ?? null);
  });
  $("sheet-head").addEventListener("click", (event) => { if (event.target.id === "zoom") act("zoom"); });
  $("item").addEventListener("click", async (event) => {
    const button = event.target.closest("[data-offer]");
    if (!button) return;
    const item = await detail(state.key);
    const offer = item.offers.find((one) => one.id === button.dataset.offer);
    const read = offer.field && offer.field in item.read ? item.read[offer.field] : item.fields[offer.field];
    const taken = Decisions.make(offer.action, item.document.sha256, item.place, offer.action === "correct" ? { field: offer.field, before: read, after: offer.after } : {});
    Decisions.add([taken]);
    decided(item.key, [taken]);
  });
  // A button clicked with the mouse must not keep the keys: Enter decides on the item again.
  document.addEventListener("click", (event) => { if (event.detail) event.target.closest("button")?.blur(); }, true);
  $("help").addEventListener("click", help);
  $("name").addEventListener("click", async () => { await Deciding.name(); drawName(); });
  window.addEventListener("resize", () => { if (state.key) detail(state.key).then((item) => Item.drawSheet($("sheet"), item, state.whole)).catch(() => {}); });
  window.addEventListener("pagehide", () => { state.key = null; holdItem(); });
  Decisions.onChange(drawProgress);
  language.onChange(() => { drawName(); drawFilters(); drawProgress(); if (state.key) show(state.key); });
  setInterval(poll, POLL);
  setInterval(() => { if (state.key) holdItem(); }, HEARTBEAT);
  document.addEventListener("DOMContentLoaded", drawName);
  loadQueue().catch(() => notify(text("review.unreachable")));
})();

/* The page of one measure: what each year says side by side, what differs marked, and who else has it. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element, fiscalYear } = window.BranchPlansAims;
  const find = (id) => document.getElementById(id);
  const names = window.BRANCH_PLANS_THREAD_NAMES;
  const state = { code: "", id: "", thread: null, members: [] };

  /** Loads the script that sets `window[name]`, once; `then` is called with its value, null where there is none. */
  function load(file, name, then) {
    if (window[name]) {
      then(window[name]);
      return;
    }
    const script = element("script", { src: `data/${file}.js` });
    script.onload = () => then(window[name] ?? null);
    script.onerror = () => then(null);
    document.head.append(script);
  }

  const branchName = (code) => names[code]?.[language.current] ?? code;

  /** What the next year has no longer is struck, what the year before had not is marked. */
  function wording([words, added, gone]) {
    const inner = gone ? element("del", {}, words) : words;
    return added ? element("mark", {}, inner) : inner;
  }

  function item(entry) {
    const similar = entry.similarity === null || entry.linked === "same_text" ? "" : ` ${Math.round(entry.similarity * 100)}%`;
    return element("p", { lang: "ja" },
      ...entry.pieces.map(wording), " ",
      element("a", { className: "page-link", href: entry.href }, `p.${entry.page}`), " ",
      entry.linked === "first" ? null : element("span", { className: "tag" }, text(`linked.${entry.linked}`) + similar));
  }

  function column([year, entries]) {
    return element("section", { className: "year-column" }, element("h2", {}, fiscalYear(year)), ...entries.map(item));
  }

  function member([code, id, year, words]) {
    return element("tr", {},
      element("td", { "data-value": code }, element("a", { href: `#${code}/${id}` }, branchName(code))),
      element("td", { className: "num", "data-value": String(year ?? "") }, String(year ?? "")),
      element("td", { lang: "ja" }, words));
  }

  function draw() {
    find("nothing").hidden = state.thread !== null;
    find("thread").hidden = state.thread === null;
    if (state.thread === null) return;
    const { kind, heading, years, dropped } = state.thread;
    const first = years[years.length - 1][0];
    find("whose").textContent = `${branchName(state.code)} · ${text(`measure_kind.${kind}`)} · ${fiscalYear(first)}${language.current === "en" ? " " : ""}${text("threads.since")}${dropped ? ` · ${fiscalYear(years[0][0])} ${text("threads.dropped")}` : ""}`;
    find("heading").textContent = heading;
    find("whole").href = `${state.code}.html#${state.id}`;
    find("years").replaceChildren(...years.map(column));
    const others = state.members.filter(([, id]) => id !== state.id);
    find("others").hidden = others.length === 0;
    find("others-table").tBodies[0].replaceChildren(...others.map(member));
  }

  function open() {
    const [code, id] = decodeURIComponent(location.hash.slice(1)).split("/");
    const settle = (thread, members) => {
      Object.assign(state, { code, id, thread, members });
      draw();
    };
    if (!Object.hasOwn(names, code ?? "")) {
      settle(null, []);
      return;
    }
    load(`branch-${code}`, `BRANCH_PLANS_THREADS_${code}`, (threads) => {
      const thread = threads && Object.hasOwn(threads, id ?? "") ? threads[id] : null;
      if (!thread) {
        settle(thread, []);
        return;
      }
      load(`of-${code}`, `BRANCH_PLANS_TOPIC_OF_${code}`, (topicOf) => {
        const [topic, part] = topicOf?.[id] ?? [];
        if (!part) settle(thread, []);
        else load(`topics-${part}`, `BRANCH_PLANS_TOPICS_${part}`, (topics) => settle(thread, topics?.[topic] ?? []));
      });
    });
  }

  window.addEventListener("hashchange", () => { open(); window.scrollTo(0, 0); });
  language.onChange(draw);
  open();
})();

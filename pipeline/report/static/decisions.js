/* Decisions of the reader: made here, kept in the browser until they are safe, sent to the review or saved as a file. */
(function () {
  "use strict";
  const SENDING_AGAIN = 4000; // milliseconds
  const listeners = [];
  const script = document.currentScript.src;
  // The review serves the report under its own address; a report opened from disk has nobody to send to.
  const served = /^http:\/\/(127\.0\.0\.1|localhost):/.test(location.href);
  const root = new URL(served && /\/report\/assets\//.test(script) ? "../../" : "../", script).href;
  const KEY = served ? `branch-plans-outbox:${window.BRANCH_PLANS_FIELDS.output}` : `branch-plans-decisions:${new URL("../", script).pathname}`;
  const memory = { kept: [], saved: [] };
  let reachable = true;
  let refused = null;
  let sending = false;
  let moment = 0;

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "[]");
    } catch {
      return memory[key === KEY ? "kept" : "saved"];
    }
  }

  function write(key, value) {
    memory[key === KEY ? "kept" : "saved"] = value;
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // kept for as long as the page is open; the bar says so
    }
  }

  const kept = () => read(KEY);
  const savedIds = () => new Set(read(`${KEY}:saved`));

  function id() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function me(name) {
    try {
      if (name !== undefined) localStorage.setItem("branch-plans-reviewer", name);
      return localStorage.getItem("branch-plans-reviewer") ?? "";
    } catch {
      if (name !== undefined) memory.me = name;
      return memory.me ?? "";
    }
  }

  /** A decision of this moment. `place` is what names the record, `more` what was decided. */
  function make(action, sha256, place, more) {
    moment = Math.max(Date.now(), moment + 1); // decisions made at once keep their order
    const said = { id: id(), at: new Date(moment).toISOString(), by: me() || document.documentElement.dataset.by || "?", action, sha256, ...place, ...more };
    for (const [name, value] of Object.entries(said)) {
      if (value === undefined || (value === null && name !== "after")) delete said[name];
    }
    return said;
  }

  function changed() {
    for (const listener of listeners) listener();
  }

  /** Keeps the decisions in the browser, and sends them where there is a review to send to. */
  function add(decisions) {
    write(KEY, [...kept(), ...decisions]);
    changed();
    return flush();
  }

  async function flush() {
    if (!served || sending) return;
    const waiting = kept();
    if (!waiting.length) return;
    sending = true;
    try {
      const answer = await fetch(`${root}api/decisions`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(waiting),
      });
      if (answer.ok) {
        const sent = new Set(waiting.map((decision) => decision.id));
        write(KEY, kept().filter((decision) => !sent.has(decision.id)));
        reachable = true;
        refused = null;
      } else {
        refused = (await answer.text()).slice(0, 300);
        reachable = answer.status === 422;
        if (answer.status === 422 && waiting.length > 0) await partTheRefused(waiting);
      }
    } catch {
      reachable = false;
    } finally {
      sending = false;
      changed();
    }
    if (kept().length) setTimeout(flush, reachable ? 0 : SENDING_AGAIN);
  }

  /** Resolves when everything is with the review, or when it cannot be reached. */
  async function sent() {
    for (let waited = 0; waited < 100 && reachable && kept().length; waited++) await new Promise((resolve) => { setTimeout(resolve, 30); });
  }

  /** One decision that is not understood must not hold up the others: each is sent by itself, the bad ones are shown. */
  async function partTheRefused(waiting) {
    for (const decision of waiting) {
      const answer = await fetch(`${root}api/decisions`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify([decision]),
      });
      if (answer.ok || answer.status === 422) write(KEY, kept().filter((other) => other.id !== decision.id));
      if (answer.status === 422) refused = (await answer.json()).error;
    }
  }

  /** Saves what was decided as a file of the form that `branch-plans review --import` reads. */
  function save() {
    const decisions = kept();
    const lines = decisions.map((decision) => JSON.stringify(decision) + "\n").join("");
    const link = document.createElement("a");
    link.href = `data:application/x-ndjson;charset=utf-8,${encodeURIComponent(lines)}`;
    link.download = `decisions-${(me() || "review").replace(/[^\p{L}\p{N}_-]/gu, "_")}-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, "")}.jsonl`;
    link.click();
    write(`${KEY}:saved`, decisions.map((decision) => decision.id));
    changed();
  }

  /** The decisions kept here that are in no file yet. */
  function unsaved() {
    if (served) return kept();
    const saved = savedIds();
    return kept().filter((decision) => !saved.has(decision.id));
  }

  /** Those that stand, later ones last. */
  function standing(decisions) {
    const undone = new Set();
    for (const decision of [...decisions].reverse()) {
      if (!undone.has(decision.id) && decision.undoes) undone.add(decision.undoes);
    }
    return decisions.filter((decision) => decision.action !== "undo" && !undone.has(decision.id));
  }

  window.addEventListener("beforeunload", (event) => {
    if (unsaved().length && !served) event.preventDefault();
  });
  window.addEventListener("online", flush);
  window.addEventListener("storage", changed);
  if (served) setTimeout(flush, 0);

  window.BranchPlansDecisions = {
    served, root, make, add, save, me, kept, unsaved, standing, flush, sent,
    onChange: (listener) => listeners.push(listener),
    get reachable() { return reachable; },
    get refused() { return refused; },
  };
})();

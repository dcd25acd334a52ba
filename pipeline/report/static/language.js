/* The language switch: Japanese as written in the page, English from texts.js, remembered between pages. */
(function () {
  "use strict";
  const texts = window.BRANCH_PLANS_TEXTS;
  const listeners = [];
  let language = remembered();

  function remembered() {
    const asked = new URLSearchParams(location.search).get("lang");
    if (asked === "ja" || asked === "en") return asked;
    try {
      return localStorage.getItem("branch-plans-language") === "en" ? "en" : "ja";
    } catch {
      return "ja"; // some browsers keep no storage for pages from disk
    }
  }

  /** The text of `key` in the language shown; the key's last part where there is none. */
  function text(key) {
    return texts[language][key] ?? key.slice(key.indexOf(".") + 1);
  }

  function translate(root) {
    for (const element of root.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
    for (const attribute of ["placeholder", "title", "aria-label"]) {
      for (const element of root.querySelectorAll(`[data-text-${attribute}]`)) {
        element.setAttribute(attribute, text(element.getAttribute(`data-text-${attribute}`)));
      }
    }
    for (const element of root.querySelectorAll("[data-ja]")) element.textContent = element.dataset[language] || element.dataset.ja;
  }

  function show(next) {
    language = next;
    document.documentElement.lang = language;
    const button = document.getElementById("language");
    button.textContent = language === "ja" ? "English" : "日本語";
    button.lang = language === "ja" ? "en" : "ja";
    translate(document);
    const title = document.querySelector("h1");
    if (title) document.title = title.textContent.trim();
    for (const listener of listeners) listener(language);
  }

  function choose(next) {
    try {
      localStorage.setItem("branch-plans-language", next);
    } catch {
      // the choice then holds for this page, and for pages opened from it by the address
    }
    show(next);
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("language").addEventListener("click", () => choose(language === "ja" ? "en" : "ja"));
    show(language);
  });

  /** `onChange` is called with "ja" or "en" after every switch. */
  window.BranchPlansLanguage = {
    text,
    translate,
    onChange: (listener) => listeners.push(listener),
    get current() { return language; },
  };
})();

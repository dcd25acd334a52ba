/* The pages: a picture each, loaded when it comes near, and boxes over it, one layer a kind of record. */
(function () {
  "use strict";
  const language = window.BranchPlansLanguage;
  const { text } = language;
  const { element } = window.BranchPlansAims;
  const UNKNOWN = { width: 595, height: 842 }; // A4, for a page whose size no table gives

  function percent(part, whole) {
    return `${(100 * part / whole).toFixed(3)}%`;
  }

  function place(node, [x0, top, x1, bottom], page) {
    node.style.left = percent(x0, page.width);
    node.style.top = percent(top, page.height);
    node.style.width = percent(x1 - x0, page.width);
    node.style.height = percent(bottom - top, page.height);
  }

  function area({ box }) {
    return (box[2] - box[0]) * (box[3] - box[1]);
  }

  function label(table, record) {
    if (table === "cells") return text(`role.${record.role}`);
    if (table === "targets") return record.statement_normalized;
    if (table === "findings") return language.current === "ja" ? record.message_ja ?? record.message : record.message;
    return record.text;
  }

  /** Boxes of one page, the large ones first so that the small ones lie above them and can be clicked. */
  function boxes(page, records, marks) {
    const layer = element("div", { className: "boxes" });
    const placed = records.filter(({ record }) => record.box).sort((a, b) => area(b.record) - area(a.record));
    for (const { table, record } of placed) {
      const kind = table === "cells" ? ` role-${record.role}` : table === "findings" ? ` severity-${record.severity}` : "";
      const node = element("div", { className: `box box-${table}${kind}`, "data-id": record.id, title: label(table, record) });
      place(node, record.box, page);
      layer.append(node);
    }
    for (const mark of marks) {
      const node = element("div", { className: "box box-underlines" });
      place(node, mark, page);
      layer.append(node);
    }
    return layer;
  }

  /** The boxes that lie just upon one another at a point: one line of a plan may state several aims. */
  function stack(box, x, y) {
    const { left, top, width, height } = box.getBoundingClientRect();
    const same = (other) => {
      const rectangle = other.getBoundingClientRect();
      return [rectangle.left - left, rectangle.top - top, rectangle.width - width, rectangle.height - height].every((by) => Math.abs(by) < 1);
    };
    return document.elementsFromPoint(x, y).filter((other) => other.matches(".box[data-id]") && other.className.split(" ")[1] === box.className.split(" ")[1] && same(other));
  }

  /** The one after the chosen one, so that clicking again shows what lies beneath. */
  function nextOf(boxes) {
    const at = boxes.findIndex((box) => box.classList.contains("chosen"));
    return boxes[(at + 1) % boxes.length];
  }

  class Sheets {
    /** `pictures` maps page numbers to {file, underlines}; `recordsOf(page)` gives [{table, record}]. */
    constructor(container, { folder, pages, pictures, recordsOf, onPage, onRecord }) {
      this.container = container;
      this.sheets = new Map();
      this.zoom = 100;
      this.visible = new Map();
      this.held = null;
      const near = new IntersectionObserver((entries) => {
        for (const entry of entries) if (entry.isIntersecting) this.fill(Number(entry.target.dataset.page));
      }, { root: container, rootMargin: "120% 0px" });
      const seen = new IntersectionObserver((entries) => {
        for (const entry of entries) this.visible.set(Number(entry.target.dataset.page), entry.intersectionRect.height);
        this.report(onPage);
      }, { root: container, threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });
      for (const known of pages) {
        const page = { ...known, width: known.width ?? UNKNOWN.width, height: known.height ?? UNKNOWN.height };
        const node = element("section", { className: "sheet", "data-page": page.number, "aria-label": `${page.number}` },
          element("span", { className: "sheet-number" }, String(page.number)));
        node.style.aspectRatio = `${page.width} / ${page.height}`;
        container.append(node);
        this.sheets.set(page.number, { node, page, picture: pictures[page.number], filled: false });
        near.observe(node);
        seen.observe(node);
      }
      this.folder = folder;
      this.recordsOf = recordsOf;
      container.addEventListener("click", (event) => {
        const box = event.target.closest(".box[data-id]");
        if (box) onRecord(nextOf(stack(box, event.clientX, event.clientY)).dataset.id);
      });
    }

    report(onPage) {
      let best = null;
      for (const [number, height] of this.visible) if (height > (best ? this.visible.get(best) : 0)) best = number;
      if (best && (!this.held || this.held === best || Date.now() > this.heldUntil)) {
        this.held = null;
        onPage(best);
      }
    }

    fill(number) {
      const sheet = this.sheets.get(number);
      if (!sheet || sheet.filled) return;
      sheet.filled = true;
      if (sheet.picture) {
        const image = element("img", { alt: "", decoding: "async", draggable: false });
        image.src = this.folder + sheet.picture.file;
        sheet.node.prepend(image);
      } else {
        sheet.node.append(element("p", { className: "no-picture", "data-text": "document.no_picture" }, text("document.no_picture")));
      }
      sheet.node.append(boxes(sheet.page, this.recordsOf(number), sheet.picture?.underlines ?? []));
    }

    /** Brings a page, or a record's box on it, into view and marks the box as chosen. */
    show(number, id) {
      const sheet = this.sheets.get(number);
      for (const chosen of this.container.querySelectorAll(".box.chosen")) chosen.classList.remove("chosen");
      if (!sheet) return;
      this.fill(number);
      this.held = number;
      this.heldUntil = Date.now() + 600;
      const box = id && sheet.node.querySelector(`.box[data-id="${CSS.escape(id)}"]`);
      if (box) box.classList.add("chosen");
      const outer = this.container.getBoundingClientRect();
      const inner = (box ?? sheet.node).getBoundingClientRect();
      if (!box) {
        this.container.scrollTop += inner.top - outer.top - 8;
      } else if (inner.top < outer.top + 30 || inner.bottom > outer.bottom - 30) {
        this.container.scrollTop += inner.top - outer.top - Math.max(40, (outer.height - inner.height) / 3);
      }
      if (box && (inner.left < outer.left || inner.right > outer.right)) this.container.scrollLeft += inner.left - outer.left - 40;
    }

    scale(factor) {
      const before = this.container.scrollTop / Math.max(1, this.container.scrollHeight);
      this.zoom = Math.min(400, Math.max(40, Math.round(this.zoom * factor)));
      this.container.style.setProperty("--zoom", `${this.zoom}%`);
      this.container.scrollTop = before * this.container.scrollHeight;
    }
  }

  window.BranchPlansSheets = Sheets;
})();

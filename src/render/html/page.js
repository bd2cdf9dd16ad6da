"use strict";
(() => {
  // Without this script the page is whole; with it tables sort, sentences filter, folds open.
  const number = (text) => {
    const plain = text.replace(/−/g, "-").replace(/,(?=\d)/g, "");
    const found = plain.match(/-?\d*\.?\d+/);
    if (!found) return null;
    const value = parseFloat(found[0]);
    return /^\s*</.test(plain) ? value / 2 : value;
  };
  const compare = (x, y, sign) => {
    if (x === null || x === "") return y === null || y === "" ? 0 : 1;
    if (y === null || y === "") return -1;
    return sign * (typeof x === "number" ? x - y : x.localeCompare(y));
  };
  const sort = (table, column, head) => {
    const ascending = head.getAttribute("aria-sort") === "descending";
    const isNumber = head.classList.contains("n");
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => {
      const text = row.cells[column].textContent.trim();
      return [isNumber ? number(text) : text, row];
    });
    const first = !head.hasAttribute("aria-sort") && !isNumber;
    const sign = ascending || first ? 1 : -1;
    keyed.sort((x, y) => compare(x[0], y[0], sign));
    body.append(...keyed.map((entry) => entry[1]));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", sign === 1 ? "ascending" : "descending");
  };
  for (const table of document.querySelectorAll("table.data")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      if (head.title) button.title = head.title;
      head.append(button);
      button.addEventListener("click", () => sort(table, column, head));
    });
  }

  const form = document.getElementById("filters");
  const open = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    open(target);
    target.scrollIntoView();
    if (target.classList.contains("side")) target.focus({ preventScroll: true });
  };

  const groups = [...document.querySelectorAll("#sentences .group")].map((details) => ({
    details,
    sides: [...details.querySelectorAll(".side")].map((side) => ({
      side,
      items: [...side.querySelectorAll("li")].map((item) => ({
        item, text: item.textContent.toLowerCase(),
        term: (item.dataset.term ?? item.querySelector("mark").textContent).toLowerCase(),
        voice: item.dataset.voice ?? "own",
      })),
    })),
  }));
  // A term in quotation marks is that term alone.
  const holds = (term, asked) => (/^".+"$/.test(asked) ? `"${term}"` === asked : term.includes(asked));
  const filter = () => {
    const asked = Object.fromEntries(new FormData(form));
    const text = asked.text.trim().toLowerCase();
    const term = asked.term.trim().toLowerCase();
    const isAsked = Boolean(text || term || asked.outlet || asked.group || asked.voice);
    let found = 0;
    for (const { details, sides } of groups) {
      let inGroup = 0;
      const isGroup = !asked.group || details.dataset.group === asked.group;
      for (const { side, items } of sides) {
        let inSide = 0;
        const isSide = isGroup && (!asked.outlet || side.dataset.outlet === asked.outlet);
        for (const entry of items) {
          const fits = isSide && (!asked.voice || entry.voice === asked.voice)
            && holds(entry.term, term) && entry.text.includes(text);
          entry.item.hidden = !fits;
          if (fits) inSide += 1;
        }
        side.hidden = inSide === 0;
        inGroup += inSide;
      }
      details.hidden = inGroup === 0;
      details.open = isAsked && inGroup > 0;
      found += inGroup;
    }
    for (const kind of document.querySelectorAll(".kind")) {
      kind.hidden = ![...kind.querySelectorAll(".group")].some((group) => !group.hidden);
    }
    document.getElementById("found").textContent = `${found.toLocaleString("en")} ${found === 1 ? "sentence" : "sentences"}`;
  };
  // What is asked stands in the address, so that it can be sent to somebody.
  const fields = ["outlet", "group", "term", "voice", "text"];
  const remember = () => {
    const asked = new URLSearchParams();
    for (const field of fields) if (form.elements[field].value) asked.set(field, form.elements[field].value);
    const text = asked.toString();
    try { history.replaceState(null, "", text ? `#evidence?${text}` : "#evidence"); } catch { /* a page without a history */ }
  };
  const ask = (asked) => {
    for (const field of fields) form.elements[field].value = asked[field] || "";
    filter();
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("input", () => { filter(); remember(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { filter(); remember(); }));
    const asked = /^#evidence\?(.*)/.exec(location.hash);
    if (asked) {
      ask(Object.fromEntries(new URLSearchParams(asked[1])));
      document.getElementById("evidence").scrollIntoView();
    }
  }

  window.addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    const group = form && target && target.closest(".group");
    if (group) {
      const { term, text } = link.dataset;
      const side = target.closest(".side");
      ask(term || text ? { term: term && `"${term}"`, text, outlet: side.dataset.outlet, group: term && group.dataset.group } : {});
    }
    if (link.hash === location.hash) follow();
  });
  follow();

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll(".group:not([open])")];
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => { for (const details of closed) details.open = false; });
})();

(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.querySelector("form.search"), told = form.dataset;
  const first = Number(told.first), most = Number(told.most), step = 200;
  const plain = text => text.normalize("NFKC").toLowerCase();
  const filled = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  const lists = all(".list[data-list]").filter(own => own.querySelector("tbody")).map(own => {
    const rows = [...own.querySelector("tbody").rows];
    return {
      own, rows, found: rows, on: [], limit: first, key: own.dataset.list, facets: own.dataset.facets, texts: null, tags: null,
      more: own.querySelector(".more"), details: own.querySelector("details"), section: own.closest("section"),
    };
  });
  const total = lists.reduce((sum, list) => sum + list.rows.length, 0);

  const show = list => {
    const next = list.found.slice(0, list.limit), kept = new Set(next);
    for (const row of list.on) if (!kept.has(row)) row.classList.remove("on");
    for (const row of next) row.classList.add("on");
    list.on = next;
    const left = list.found.length - next.length;
    list.more.hidden = left === 0;
    list.more.firstElementChild.textContent = filled(told.shown, { shown: next.length, count: list.found.length });
    list.more.lastElementChild.textContent = filled(told.more, { step: Math.min(step, left), left });
  };

  const asked = () => {
    const data = new FormData(form);
    const tags = ["z", "f", "m", "w"].filter(name => data.get(name)).map(name => [name, ` ${data.get(name)} `]);
    return { words: plain(data.get("q")).split(/\s+/).filter(Boolean), tags, list: data.get("list") || "" };
  };

  const matching = (list, { words, tags, list: only }) => {
    if ((only && only !== list.key) || tags.some(([name]) => !list.facets.includes(name))) return [];
    if (!words.length && !tags.length) return list.rows;
    if (words.length) list.texts ??= new Map(list.rows.map(row => [row, plain([...row.cells].map(c => c.textContent).join("\n"))]));
    if (tags.length) list.tags ??= new Map(list.rows.map(row => [row, ` ${row.dataset.t || ""} `]));
    return list.rows.filter(row => tags.every(([, tag]) => list.tags.get(row).includes(tag)) && words.every(word => list.texts.get(row).includes(word)));
  };

  const mark = words => {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (!words.length) return;
    const ranges = [];
    for (const list of lists) for (const row of list.on) for (const cell of row.cells) {
      const node = cell.firstChild, text = node ? node.textContent.toLowerCase() : "";
      for (const word of words) for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  const update = () => {
    const wanted = asked(), busy = Boolean(wanted.words.length || wanted.tags.length || wanted.list);
    document.body.classList.toggle("searching", busy);
    let count = 0, where = 0;
    const lively = new Set();
    for (const list of lists) {
      list.found = matching(list, wanted);
      list.limit = first;
      show(list);
      count += list.found.length;
      where += list.found.length ? 1 : 0;
      list.own.classList.toggle("gone", busy && !list.found.length);
      list.own.parentElement.classList.toggle("gone", busy && !list.found.length && list.own.parentElement.classList.contains("pair"));
      if (list.found.length) lively.add(list.section);
      if (list.details) list.details.open = busy;
    }
    for (const section of all("main > section")) section.classList.toggle("gone", busy && !lively.has(section));
    form.querySelector(".found").textContent = !busy ? "" : count ? filled(told.found, { count, all: total, lists: where }) : told.nothing;
    mark(wanted.words);
  };

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(update, 120); });
  form.addEventListener("submit", event => { event.preventDefault(); update(); });
  form.addEventListener("reset", () => setTimeout(() => { update(); form.q.focus(); }));

  for (const list of lists) {
    list.more.lastElementChild.addEventListener("click", () => { list.limit += step; show(list); mark(asked().words); });
    const heads = all("thead th", list.own);
    heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending", numeric = head.classList.contains("n");
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = row => {
        const cell = row.cells[column], text = cell.dataset.o ?? cell.textContent;
        return numeric ? parseFloat(text.replace(/[^\d.-]/g, "")) || 0 : text;
      };
      const keyed = list.rows.map(row => [key(row), row]);
      keyed.sort(numeric ? (a, b) => a[0] - b[0] : (a, b) => collator.compare(a[0], b[0]));
      if (down) keyed.reverse();
      list.rows = keyed.map(pair => pair[1]);
      const body = list.own.querySelector("tbody");
      for (const row of list.rows) body.append(row);
      list.found = matching(list, asked());
      show(list);
    }));
  }

  const reveal = () => {
    const row = document.getElementById(location.hash.slice(1));
    const list = row && row.tagName === "TR" && lists.find(one => one.own.contains(row));
    if (!list) return;
    if (!list.found.includes(row)) { form.reset(); }
    setTimeout(() => {
      list.limit = Math.max(list.limit, list.found.indexOf(row) + 1);
      show(list);
      row.tabIndex = -1;
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
    }, 30);
  };
  addEventListener("hashchange", reveal);

  const paper = matchMedia("print");
  const prepare = () => {
    for (const list of lists) {
      list.kept ??= [list.limit, list.details ? list.details.open : false];
      list.limit = most;
      show(list);
      if (list.details) list.details.open = true;
    }
  };
  const restore = () => {
    for (const list of lists) {
      if (!list.kept) continue;
      [list.limit] = list.kept;
      if (list.details) list.details.open = list.kept[1];
      list.kept = null;
      show(list);
    }
  };
  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
  paper.addEventListener("change", event => (event.matches ? prepare() : restore()));

  update();
  reveal();
})();

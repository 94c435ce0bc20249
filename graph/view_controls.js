// Selection, search, legend, filters, theme, keys and deep links; then the start.
const keyOf = ({ node, paper }) => (node !== null ? nodes[node].key : paper !== null ? papers[paper].key : "");

// Select a node, an edge or a paper; a paper that is drawn is selected as its node.
function select({ node = null, edge = null, paper = null }, move = false) {
  if (paper !== null && papers[paper].node !== undefined) node = papers[paper].node;
  Object.assign(state, { node, edge, paper: node === null ? paper : null });
  network.unselectAll();
  if (node !== null) network.selectNodes([node], false);
  if (edge !== null) network.setSelection({ nodes: [], edges: [edge] }, { highlightEdges: false });
  applyEmphasis();
  showPanel();
  network.setSize("100%", "100%");
  network.redraw();
  if (move && node !== null) network.focus(node, { scale: Math.max(network.getScale(), 0.9 * magnification()), animation: gentle() });
  const key = keyOf(state);
  Object.assign(document.body.dataset, { selected: key, selectedEdge: edge ?? "" });
  const hash = key ? linkTo(key) : "";
  if (location.hash !== hash) location.hash = hash;
}

// Follow #node=KEY, where the key is of a drawn node or of a paper behind one.
function followLink() {
  let key = "";
  try {
    key = decodeURIComponent(/^#node=(.*)$/.exec(location.hash)?.[1] ?? "");
  } catch {
    return;
  }
  if (key === wellFormed(keyOf(state))) return;
  const node = nodes.findIndex((row) => wellFormed(row.key) === key);
  const paper = papers.findIndex((row) => row.key === key);
  if (node >= 0) select({ node }, true);
  else if (paper >= 0) select({ paper });
  else select({});
}

function debounced(action, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}

function refilter() {
  applyFilters();
  applyEmphasis();
  showPanel();
}

function toggle(row, hidden, key, mark, total) {
  const box = el("input", { type: "checkbox" });
  box.checked = !hidden.has(key);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(key);
    else hidden.add(key);
    refilter();
  });
  return el("li", {}, el("label", { class: "toggle", title: row.about }, box, mark, el("span", {}, row.text), el("span", { class: "count" }, total.toLocaleString("en"))));
}

function showLegend() {
  const total = (list) => list.length;
  byId("labels").replaceChildren(...labels.filter((label) => nodes.some((node) => node.label === label.name)).map((label) =>
    toggle({ ...label, text: label.name }, state.hiddenLabels, label.name, icon(label.name), total(nodes.filter((node) => node.label === label.name)))));
  byId("types").replaceChildren(...types.flatMap((type, index) => (edges.some((edge) => edge.type === index)
    ? [toggle({ ...type, text: spoken(type.name) }, state.hiddenTypes, index, dash(type), total(edges.filter((edge) => edge.type === index)))] : [])));
}

function readFilters() {
  const year = (id) => (byId(id).value === "" || !Number.isFinite(byId(id).valueAsNumber) ? null : byId(id).valueAsNumber);
  Object.assign(state, { from: year("year-from"), to: year("year-to"), confidence: byId("confidence").valueAsNumber });
  refilter();
}

function startFilters() {
  const years = papers.map((paper) => paper.year).filter((year) => year !== undefined);
  for (const [id, year] of [["year-from", Math.min(...years)], ["year-to", Math.max(...years)]]) {
    byId(id).disabled = years.length === 0;
    if (years.length > 0) byId(id).placeholder = year;
  }
  const read = debounced(readFilters, 150);
  ["year-from", "year-to", "confidence"].forEach((id) => byId(id).addEventListener("input", read));
  byId("confidence").addEventListener("input", () => { byId("confidence-value").textContent = byId("confidence").valueAsNumber.toFixed(2); });
}

function reset() {
  state.hiddenLabels.clear();
  state.hiddenTypes.clear();
  ["year-from", "year-to"].forEach((id) => { byId(id).value = ""; });
  byId("confidence").value = 0;
  byId("confidence-value").textContent = "0.00";
  byId("search").value = "";
  showLegend();
  readFilters();
  select({});
  fit();
}

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const findable = [
  ...ranked.filter((index) => nodes[index].paper === undefined).map((node) => ({ target: { node }, name: nodes[node].name, label: nodes[node].label,
    about: count(nodes[node].paper_count, "paper", "papers"), names: [nodes[node].name, ...(nodes[node].aliases ?? [])] })),
  ...papers.map((paper, index) => ({ target: { paper: index }, name: paper.title, label: "Paper", about: String(paper.year ?? ""), names: [paper.title] })),
].map((item) => ({ ...item, forms: item.names.map(folded) }));

// Names that start with the words come first, then those with a word that does, then those that hold them.
function matching(words) {
  const query = folded(words.trim());
  const grade = (form) => (form === query ? 0 : form.startsWith(query) ? 1 : form.includes(` ${query}`) || form.includes(`-${query}`) ? 2 : form.includes(query) ? 3 : 4);
  return findable.map((item, order) => {
    const grades = item.forms.map(grade);
    const best = Math.min(...grades);
    return { ...item, best, order, alias: grades[0] === best ? "" : ` ${item.names[grades.indexOf(best)]}` };
  }).filter(({ best }) => best < 4).sort((a, b) => a.best - b.best || a.order - b.order).slice(0, 12);
}

function startSearch() {
  const input = byId("search");
  const list = byId("matches");
  let found = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (item) => {
    input.value = item.name;
    close();
    select(item.target, true);
  };
  const activate = (index) => {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    if (active >= 0) input.setAttribute("aria-activedescendant", `match-${active}`);
  };
  const open = () => {
    found = matching(input.value);
    list.replaceChildren(...found.map((item, index) => el("li", { id: `match-${index}`, role: "option", "aria-selected": "false", onclick: () => choose(item) },
      icon(item.label), el("span", { class: "name" }, item.name, el("span", { class: "other" }, item.alias)), el("span", { class: "about" }, item.about))));
    if (found.length === 0) list.append(el("li", { class: "none" }, "", "No such name here"));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(found.length > 0 && input.value.trim() !== "" ? 0 : -1);
  };
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && !list.hidden && found[active]) choose(found[active]);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && list.hidden) open();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") activate((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(found.length, 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  document.body.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
  if (network) {
    applyTheme();
    network.redraw();
  }
}

const switchTheme = () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");

function startKeys() {
  const actions = { f: () => fit(), r: reset, d: switchTheme, "/": () => byId("search").focus(), Escape: () => select({}) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=text], input[type=number]")) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function startButtons() {
  byId("fit").addEventListener("click", () => fit());
  byId("reset").addEventListener("click", reset);
  byId("theme").addEventListener("click", switchTheme);
  byId("filters-button").addEventListener("click", () => {
    const open = byId("sidebar").classList.toggle("open");
    byId("filters-button").setAttribute("aria-expanded", String(open));
  });
}

function startNetwork() {
  createNetwork();
  network.on("click", ({ nodes: hit, edges: lines }) => {
    byId("sidebar").classList.remove("open");
    byId("filters-button").setAttribute("aria-expanded", "false");
    if (hit.length > 0) select({ node: hit[0] });
    else if (lines.length > 0) select({ edge: lines[0] });
    else select({});
  });
  network.on("hoverNode", ({ node }) => { state.hovered = node; network.redraw(); });
  network.on("blurNode", () => { state.hovered = null; network.redraw(); });
  network.on("beforeDrawing", drawAreas);
  network.on("afterDrawing", drawLabels);
  network.once("afterDrawing", () => {
    requestAnimationFrame(() => Object.assign(document.body.dataset, { ready: "true", firstFrame: Math.round(performance.now()) }));
  });
  fit(false);
}

function start() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  startButtons();
  startFilters();
  showLegend();
  showCounts();
  Object.assign(document.body.dataset, { selected: "", selectedEdge: "" });
  if (nodes.length === 0) {
    byId("graph").hidden = byId("sidebar").hidden = true;
    byId("empty").hidden = false;
    document.querySelectorAll(".search, .tools").forEach((part) => { part.hidden = true; });
    document.body.dataset.ready = "true";
    return;
  }
  startNetwork();
  startSearch();
  startKeys();
  addEventListener("hashchange", followLink);
  followLink();
  if (data.focus !== null && state.node === null) select({ node: data.focus });
}

start();

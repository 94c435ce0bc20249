// The panel: what is behind a node, a line or a paper. All text goes in as text nodes, never as markup.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const ALIASES_SHOWN = 8;
const SHAPES = {
  dot: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
  square: "M3 3h10v10h-10z",
  diamond: "M8 1l7 7l-7 7l-7-7z",
  triangle: "M8 2l7 12h-14z",
  star: "M8 1l2 5h5l-4 3.2l1.5 5.3l-4.5-3.2l-4.5 3.2l1.5-5.3l-4-3.2h5z",
  hexagon: "M4.8 2.8h6.4l3.2 5.2l-3.2 5.2h-6.4l-3.2-5.2z",
};

function svg(viewBox, width, height, path) {
  const root = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  Object.entries({ viewBox, width, height, "aria-hidden": "true" }).forEach(([name, value]) => root.setAttribute(name, value));
  Object.entries(path).forEach(([name, value]) => shape.setAttribute(name, value));
  root.append(shape);
  return root;
}

const icon = (label) => svg("0 0 16 16", "0.85em", "0.85em", { d: SHAPES[styleOf[label].shape], fill: styleOf[label].color });
const dash = (type) => svg("0 0 26 8", "1.7em", "0.5em", { d: "M0 4h26", stroke: type.color, "stroke-width": 2.5, "stroke-dasharray": type.dashes.join(" ") || "none" });
const spoken = (type) => type.replaceAll("_", " ").toLowerCase();

// Split a text at code points where the class given for them changes; [start, stop, class] spans, the first wins.
function marked(text, spans) {
  if (spans.length === 0) return [text];
  const points = Array.from(text);
  const classes = new Array(points.length).fill(null);
  for (const [start, stop, name] of spans.toReversed()) classes.fill(name, Math.max(start, 0), stop);
  const parts = [];
  for (let start = 0, stop = 0; start < points.length; start = stop) {
    while (stop < points.length && classes[stop] === classes[start]) stop += 1;
    const piece = points.slice(start, stop).join("");
    parts.push(classes[start] === null ? piece : el("mark", { class: classes[start] }, piece));
  }
  return parts;
}

function safeLink(url) {
  try {
    return ["http:", "https:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function paperTitle(index) {
  const follow = (event) => {
    event.preventDefault();
    select({ paper: index });
  };
  return el("a", { href: linkTo(papers[index].key), onclick: follow }, papers[index].title);
}

function outwardLink(paper) {
  if (!paper.url || !safeLink(paper.url)) return null;
  return el("a", { href: paper.url, rel: "noopener noreferrer", target: "_blank" }, "Read the paper ↗");
}

function nodeChip(index) {
  return el("button", { type: "button", class: "chip", onclick: () => select({ node: index }, true) }, icon(nodes[index].label), nodes[index].name);
}

// The sentences of a statement, the words for head and tail marked in the colours of their types, those that say so underlined.
function statementRows(statement, headLabel, tailLabel) {
  const [paper, rows] = statements[statement];
  const found = rows.filter((row) => (row[3] ?? 1) >= state.confidence);
  return el("div", { class: "statement" }, found.flatMap(([sentence, head, tail, confidence, by, cue]) => [
    el("blockquote", {}, marked(sentences[sentence][2], [
      ...head.map(([start, stop]) => [start, stop, headLabel]), ...tail.map(([start, stop]) => [start, stop, tailLabel]), ...cue.map(([start, stop]) => [start, stop, "cue"])])),
    el("p", { class: "source" }, paper >= 0 ? [paperTitle(paper), papers[paper].year ? `, ${papers[paper].year}` : ""] : "",
      confidence === null || confidence === undefined ? "" : ` · confidence ${confidence.toFixed(2)}`, by ? ` · by ${by}` : ""),
  ]));
}

function edgeStatements(edge) {
  const headLabel = edge.via ? "Paper" : nodes[edge.head].label;
  return edge.statements.filter(passes).map((statement) => statementRows(statement, headLabel, nodes[edge.tail].label));
}

function section(title, count, ...children) {
  return el("section", {}, el("h3", {}, title, count === null ? null : el("span", { class: "count" }, ` ${count}`)), children);
}

// Details whose sentences are built when first opened.
function edgeDetails(index, other) {
  const edge = edges[index];
  const shown = edge.statements.filter(passes).length;
  const details = el("details", {}, el("summary", {}, icon(nodes[other].label), el("span", { class: "name" }, nodes[other].name),
    el("span", { class: "count" }, count(shown, "statement", "statements"))));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) {
      details.append(...edgeStatements(edge), el("p", { class: "statement" }, nodeChip(other)));
    }
  });
  return details;
}

function relationshipSections(node) {
  const groups = new Map();
  for (const index of incident[node].filter((i) => shownEdges[i])) {
    const edge = edges[index];
    const key = `${edge.type} ${edge.head === node}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([index, edge.head === node ? edge.tail : edge.head]);
  }
  const order = [...groups.keys()].sort((a, b) => parseInt(a, 10) - parseInt(b, 10) || (a < b ? 1 : -1));
  return order.map((key) => {
    const [type, outward] = key.split(" ");
    const rows = groups.get(key).sort((a, b) => edges[b[0]].statements.length - edges[a[0]].statements.length || ranked.indexOf(a[1]) - ranked.indexOf(b[1]));
    const name = spoken(types[type].name);
    return section(outward === "true" ? `${name} →` : `← ${name}`, rows.length, rows.map(([index, other]) => edgeDetails(index, other)));
  });
}

// The results; the column that would only repeat the node itself is left out.
function resultTable(rows, node = null) {
  if (rows.length === 0) return null;
  const named = (index, text) => (index === undefined ? text ?? "" : nodes[index].name);
  const author = (row) => (row.method === undefined && statements[row.statement][0] >= 0 ? paperTitle(statements[row.statement][0]) : named(row.method));
  const columns = [["Value", (row) => row.value], ["Metric", (row) => named(row.metric, row.metric_name)], ["On", (row) => named(row.on)], ["Of", author]]
    .filter(([, cell]) => rows.some((row) => node === null || cell(row) !== nodes[node].name));
  return section("Reported results", rows.length, el("table", {},
    el("thead", {}, el("tr", {}, columns.map(([name]) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map((row) => el("tr", { title: statements[row.statement][1].map((r) => sentences[r[0]][2]).join(" ") },
      columns.map(([name, cell]) => el("td", { class: name.toLowerCase() }, cell(row))))))));
}

function paperList(node) {
  const roles = new Map();
  for (const [paper, type, statement] of nodes[node].papers) {
    if (passes(statement)) roles.set(paper, [...(roles.get(paper) ?? []), spoken(types[type].name)]);
  }
  if (roles.size === 0) return null;
  const more = nodes[node].hidden_papers > 0 ? el("p", { class: "facts" }, `and ${nodes[node].hidden_papers.toLocaleString("en")} older papers`) : null;
  return section("Papers", roles.size, el("ol", { class: "papers" }, [...roles].map(([paper, names]) => el("li", {},
    el("span", { class: "year" }, papers[paper].year ?? "—"),
    el("span", {}, paperTitle(paper), el("br"), el("span", { class: "role" }, names.join(", "), " ", outwardLink(papers[paper])))))), more);
}

function panelTop(kind, heading) {
  return [el("div", { class: "top" }, el("span", { class: "kind" }, kind),
    el("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => select({}) }, "✕")), heading];
}

function aliasList(aliases) {
  if (aliases.length === 0) return null;
  if (aliases.length <= ALIASES_SHOWN) return el("p", { class: "aliases" }, `Also written ${aliases.join(", ")}`);
  return el("details", { class: "aliases" }, el("summary", {}, `Also written in ${aliases.length} other ways`), el("p", {}, aliases.join(", ")));
}

function nodePanel(index) {
  const node = nodes[index];
  if (node.paper !== undefined) return paperPanel(node.paper);
  const years = node.papers.filter((row) => passes(row[2])).map((row) => papers[row[0]].year).filter(Boolean);
  const span = years.length === 0 ? "" : Math.min(...years) === Math.max(...years) ? `, ${years[0]}` : `, ${Math.min(...years)}–${Math.max(...years)}`;
  return [
    panelTop([icon(node.label), node.label], el("h2", {}, node.name)),
    el("p", { class: "facts" }, count(node.paper_count, "paper", "papers"), span),
    aliasList(node.aliases ?? []),
    relationshipSections(index),
    resultTable(results.filter((row) => [row.method, row.on, row.metric].includes(index) && passes(row.statement)), index),
    paperList(index),
  ];
}

function edgePanel(index) {
  const edge = edges[index];
  const rows = edgeStatements(edge);
  return [
    panelTop([dash(types[edge.type]), types[edge.type].about], el("h2", { class: "triple" }, nodeChip(edge.head), ` ${spoken(types[edge.type].name)} `, nodeChip(edge.tail))),
    edge.via ? el("p", { class: "facts" }, `Said of the paper that proposes ${nodes[edge.head].name}.`) : null,
    section("Evidence", rows.length, rows),
  ];
}

// What the drawn nodes say of a paper: [node, type, statement], by type.
function namedBy(paper) {
  return nodes.flatMap((node, index) => node.papers.filter((row) => row[0] === paper).map((row) => [index, row[1], row[2]]))
    .sort((a, b) => a[1] - b[1]);
}

function spansIn(field, rows) {
  return rows.flatMap(([node, , statement]) => statements[statement][1].filter((row) => sentences[row[0]][0] === field)
    .flatMap((row) => row[2].map(([start, stop]) => [sentences[row[0]][1] + start, sentences[row[0]][1] + stop, nodes[node].label])))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function paperPanel(index) {
  const paper = papers[index];
  const rows = namedBy(index);
  const kinds = [...new Set(rows.map((row) => row[1]))];
  return [
    panelTop([icon("Paper"), "Paper"], el("h2", {}, marked(paper.title, spansIn("title", rows)))),
    el("p", { class: "facts" }, [paper.authors?.join(", "), paper.year, paper.venue].filter(Boolean).join(" · ")),
    el("p", {}, outwardLink(paper)),
    paper.abstract ? section("Abstract", null, el("p", { class: "abstract" }, marked(paper.abstract, spansIn("abstract", rows)))) : null,
    kinds.map((type) => section(spoken(types[type].name), null,
      el("div", { class: "entities" }, rows.filter((row) => row[1] === type).map((row) => nodeChip(row[0]))))),
    resultTable(results.filter((row) => statements[row.statement][0] === index)),
  ];
}

function showPanel() {
  const panel = byId("panel");
  const content = state.node !== null ? nodePanel(state.node) : state.edge !== null ? edgePanel(state.edge) : state.paper !== null ? paperPanel(state.paper) : null;
  panel.hidden = content === null;
  panel.replaceChildren(...(content ?? []).flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
}

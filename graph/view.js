// The page's data and state, what the filters leave, and the network. Data reach the page as text only.
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, papers, statements, sentences, results, labels, types } = data;
const byId = (id) => document.getElementById(id);
const styleOf = Object.fromEntries(labels.map((label) => [label.name, label]));
const state = { node: null, edge: null, paper: null, hovered: null, hiddenLabels: new Set(), hiddenTypes: new Set(), from: null, to: null, confidence: 0 };

const incident = nodes.map(() => []);
edges.forEach((edge, index) => {
  incident[edge.head].push(index);
  if (edge.tail !== edge.head) incident[edge.tail].push(index);
});
// Nodes by the number of papers, then of edges: the order in which labels find room.
const ranked = nodes.map((_, index) => index).sort((a, b) =>
  nodes[b].paper_count - nodes[a].paper_count || incident[b].length - incident[a].length || a - b);

const shownNodes = nodes.map(() => true);
const shownEdges = edges.map(() => true);
const dimNodes = nodes.map(() => false);
// Lines are the fainter the more there are, so that a crowd of them stays a texture.
const CALM = Math.max(0.18, Math.min(0.5, 0.5 * Math.sqrt(900 / Math.max(edges.length, 1))));
const opacities = edges.map(() => CALM);

const confidenceOf = (statement) => statements[statement][1].reduce((best, row) => Math.max(best, row[3] ?? 1), 0);

function yearPasses(paper) {
  if (state.from === null && state.to === null) return true;
  const year = papers[paper]?.year;
  return year !== undefined && (state.from === null || year >= state.from) && (state.to === null || year <= state.to);
}

function passes(statement) {
  const [paper, rows] = statements[statement];
  return yearPasses(paper) && (rows.length === 0 || confidenceOf(statement) >= state.confidence);
}

const isSelected = () => state.node !== null || state.edge !== null || state.paper !== null;
// A key may hold half of a surrogate pair, which no address can.
const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, "\uFFFD");
const linkTo = (key) => `#node=${encodeURIComponent(wellFormed(key))}`;
const labelShown = (index) => !state.hiddenLabels.has(nodes[index].label);

function edgePasses(edge) {
  return !state.hiddenTypes.has(edge.type) && labelShown(edge.head) && labelShown(edge.tail) && edge.statements.some(passes);
}

const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function nodeColour(index) {
  const background = data.network.nodes[index].color;
  const marked = { background, border: ink("--ink") };
  return { background, border: ink("--ground"), highlight: marked, hover: marked };
}

function edgeColour(index, opacity) {
  const color = data.network.edges[index].color;
  return { color, highlight: color, hover: color, opacity };
}

let network = null;
const visNodes = new vis.DataSet();
const visEdges = new vis.DataSet();

// Set visibility of nodes and edges from the filters; tell vis-network only of changes.
function applyFilters() {
  const changedEdges = [];
  const joined = new Set();
  edges.forEach((edge, index) => {
    const shown = edgePasses(edge);
    if (shown) joined.add(edge.head).add(edge.tail);
    if (shown !== shownEdges[index]) changedEdges.push({ id: index, hidden: !shown });
    shownEdges[index] = shown;
  });
  const changedNodes = [];
  nodes.forEach((_, index) => {
    const shown = labelShown(index) && (joined.has(index) || incident[index].length === 0 || index === data.focus);
    if (shown !== shownNodes[index]) changedNodes.push({ id: index, hidden: !shown });
    shownNodes[index] = shown;
  });
  visNodes.update(changedNodes);
  visEdges.update(changedEdges);
  showCounts();
}

// Dim all but the selected node or edge and what it touches, or what the selected paper names.
function applyEmphasis() {
  const near = new Set();
  const lines = new Set();
  if (state.node !== null) {
    near.add(state.node);
    incident[state.node].filter((index) => shownEdges[index]).forEach((index) => {
      lines.add(index);
      near.add(edges[index].head).add(edges[index].tail);
    });
  } else if (state.edge !== null) {
    lines.add(state.edge);
    near.add(edges[state.edge].head).add(edges[state.edge].tail);
  } else if (state.paper !== null) {
    namedBy(state.paper).forEach(([index]) => near.add(index));
    edges.forEach((edge, index) => {
      if (shownEdges[index] && edge.statements.some((statement) => statements[statement][0] === state.paper)) lines.add(index);
    });
  }
  const any = near.size > 0;
  const changedNodes = [];
  nodes.forEach((_, id) => {
    const dim = any && !near.has(id);
    if (dim !== dimNodes[id]) changedNodes.push({ id, opacity: dim ? 0.16 : 1 });
    dimNodes[id] = dim;
  });
  const changedEdges = [];
  edges.forEach((_, id) => {
    const opacity = any ? (lines.has(id) ? 0.95 : 0.06) : CALM;
    if (opacity !== opacities[id]) changedEdges.push({ id, color: edgeColour(id, opacity) });
    opacities[id] = opacity;
  });
  visNodes.update(changedNodes);
  visEdges.update(changedEdges);
}

function applyTheme() {
  visNodes.update(nodes.map((_, id) => ({ id, color: nodeColour(id) })));
}

function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function showCounts() {
  const shown = shownNodes.filter(Boolean).length;
  const lines = shownEdges.filter(Boolean).length;
  const cut = shown < data.available ? `${shown.toLocaleString("en")} of ${count(data.available, "node", "nodes")} shown` : count(shown, "node", "nodes");
  byId("counts").textContent = `${cut} · ${count(lines, "relationship", "relationships")}`;
  Object.assign(document.body.dataset, { nodesShown: shown, relationshipsShown: lines });
}

const gentle = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

// How much larger the screen's text is than the usual 15 pixels: scales and sizes of the picture follow it.
const magnification = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 15;

function fit(animation = gentle()) {
  const all = nodes.map((_, index) => index).filter((index) => shownNodes[index]);
  network.fit({ nodes: all, minZoomLevel: 0.02, maxZoomLevel: 1.4 * magnification() });
  const [position, scale] = [network.getViewPosition(), network.getScale() * 0.94];
  network.moveTo({ position, scale, animation });
}

function createNetwork() {
  visNodes.add(data.network.nodes.map((node, index) => ({ ...node, label: undefined, color: nodeColour(index) })));
  visEdges.add(data.network.edges.map((edge, index) => ({ ...edge, color: edgeColour(index, CALM) })));
  const options = structuredClone(data.network.options);
  options.interaction.hideEdgesOnDrag = edges.length > 1500;
  options.interaction.keyboard = { enabled: true, bindToWindow: false };
  network = new vis.Network(byId("graph"), { nodes: visNodes, edges: visEdges }, options);
}

// Areas behind clusters, and labels at the size of the screen's text, as on a map: by rank, where there is room, more as one zooms in.
const LABEL_CELL = 48;
const AREA_REACH = 34;
const AREA_LEAST = 5;
const FOREMOST = 40;
const PLACES = [[0, 1], [0, -1], [1, 0], [-1, 0]];
const widths = new Map();
const largest = data.network.nodes.reduce((most, node) => Math.max(most, node.size), 0);

function shortened(text, most) {
  const points = Array.from(text.replace(/\s+/g, " "));
  return points.length <= most ? points.join("") : points.slice(0, most - 1).join("").trimEnd() + "…";
}

class Room {
  constructor() {
    this.cells = new Map();
  }

  * keys({ left, top, right, bottom }) {
    for (let x = Math.floor(left / LABEL_CELL); x <= right / LABEL_CELL; x += 1) {
      for (let y = Math.floor(top / LABEL_CELL); y <= bottom / LABEL_CELL; y += 1) yield `${x},${y}`;
    }
  }

  isFree(box, passable) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.owner !== box.owner && other.rank < passable && other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

function textWidth(context, text) {
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// The nodes inside the window with their place and radius on the screen, most important first.
function labelled(width, height, scale) {
  const positions = network.getPositions();
  const first = [state.node, state.hovered].filter((index) => index !== null);
  const order = isSelected() ? ranked.filter((i) => !dimNodes[i]).concat(ranked.filter((i) => dimNodes[i])) : ranked;
  const seen = new Set();
  return [...first, ...order].flatMap((index, rank) => {
    if (seen.has(index) || !shownNodes[index]) return [];
    seen.add(index);
    const { x, y } = network.canvasToDOM(positions[index]);
    if (x < -100 || y < -50 || x > width + 100 || y > height + 50) return [];
    return [{ index, rank, x, y, radius: data.network.nodes[index].size * scale }];
  });
}

function wantsLabel({ index, rank, radius }) {
  if (index === state.node || index === state.hovered) return true;
  if (dimNodes[index]) return false;
  if (isSelected()) return true;
  return radius >= (nodes[index].label === "Paper" ? 9 : 6.5) * magnification() || rank < FOREMOST;
}

function drawLabels(context) {
  const canvas = context.canvas;
  const ratio = devicePixelRatio || 1;
  const scale = network.getScale();
  const base = 15 * magnification();
  const room = new Room();
  const places = labelled(canvas.width / ratio, canvas.height / ratio, scale);
  for (const { index, rank, x, y, radius } of places) {
    const r = radius * 0.8;
    if (r > 3 && !dimNodes[index]) room.take({ owner: index, rank, left: x - r, top: y - r, right: x + r, bottom: y + r });
  }
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textBaseline: "middle", textAlign: "left", lineJoin: "round", lineWidth: 4, strokeStyle: ink("--ground"), fillStyle: ink("--ink") });
  let drawn = 0;
  for (const place of places) {
    if (wantsLabel(place)) drawn += drawLabel(context, place, base, room);
  }
  context.restore();
  document.body.dataset.labelsDrawn = drawn;
}

// Foremost nodes may cover the marks of lesser ones where there is no free place; no label covers a label.
function drawLabel(context, { index, rank, x, y, radius }, base, room) {
  const node = nodes[index];
  const strong = index === state.node || index === state.hovered;
  const share = (data.network.nodes[index].size - 8) / Math.max(largest - 8, 8);
  const size = base * (node.label === "Paper" ? 0.72 : 0.8 + 0.3 * share);
  context.font = `${strong || share > 0.35 ? 600 : 400} ${size.toFixed(1)}px ${getComputedStyle(document.body).fontFamily}`;
  const text = shortened(node.name, strong ? 70 : 34);
  const width = textWidth(context, text);
  const most = context.canvas.width / (devicePixelRatio || 1);
  const boxes = PLACES.map(([dx, dy]) => {
    const left = dx === 0 ? x - width / 2 : dx > 0 ? x + radius + 4 : x - radius - 4 - width;
    const middle = y + dy * (radius + size * 0.72);
    return { owner: index, rank: -1, left: left - 3, right: left + width + 3, top: middle - size * 0.6, bottom: middle + size * 0.6, middle };
  }).filter((place) => strong || (place.left >= 0 && place.right <= most));
  const box = boxes.find((place) => room.isFree(place, Infinity)) ?? (strong ? boxes[0] : rank < FOREMOST ? boxes.find((place) => room.isFree(place, FOREMOST)) : undefined);
  if (!box) return 0;
  room.take(box);
  context.strokeText(text, box.left + 3, box.middle);
  context.fillText(text, box.left + 3, box.middle);
  return 1;
}

// Shade the area of each cluster: discs around its nodes and broad lines along its edges, in one pale colour.
function drawAreas(context) {
  const clusters = data.network.clusters;
  const positions = network.getPositions();
  const paint = document.documentElement.dataset.theme === "dark" ? [18, 14.5] : [38, 95.2];
  const sizes = new Map();
  nodes.forEach((_, index) => { if (shownNodes[index]) sizes.set(clusters[index], (sizes.get(clusters[index]) ?? 0) + 1); });
  const paths = new Map();
  const pathOf = (cluster) => {
    if (!paths.has(cluster)) paths.set(cluster, [new Path2D(), new Path2D()]);
    return paths.get(cluster);
  };
  nodes.forEach((_, index) => {
    if (!shownNodes[index] || sizes.get(clusters[index]) < AREA_LEAST) return;
    const { x, y } = positions[index];
    const reach = AREA_REACH + data.network.nodes[index].size;
    pathOf(clusters[index])[0].moveTo(x + reach, y);
    pathOf(clusters[index])[0].arc(x, y, reach, 0, 2 * Math.PI);
  });
  edges.forEach(({ head, tail }, index) => {
    if (!shownEdges[index] || clusters[head] !== clusters[tail] || sizes.get(clusters[head]) < AREA_LEAST) return;
    pathOf(clusters[head])[1].moveTo(positions[head].x, positions[head].y);
    pathOf(clusters[head])[1].lineTo(positions[tail].x, positions[tail].y);
  });
  context.save();
  Object.assign(context, { lineCap: "round", lineWidth: AREA_REACH * 1.2 });
  for (const cluster of [...paths.keys()].sort((a, b) => a - b)) {
    context.fillStyle = context.strokeStyle = `hsl(${(cluster * 137.5) % 360} ${paint[0]}% ${paint[1]}%)`;
    context.stroke(paths.get(cluster)[1]);
    context.fill(paths.get(cluster)[0]);
  }
  context.restore();
}

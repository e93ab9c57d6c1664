// The page begins.
const FOCUS_SCALE = 0.9;
const NARROW = 600;
// Room on the screen around the outermost names; below, for the buttons in the corner.
const [AROUND, BELOW] = [8, 52];
const CLOSEST = 1.5;
// The least part of the screen that the drawing fills where names need all of it, and how often the
// scale is tried.
const LEAST = 0.5;
const TRIES = 20;
const options = JSON.parse(data.options);
const kept = readLink();
speak(kept?.lang ?? given.lang);
if (kept) state = kept.state;
visible = whatIsVisible(state);
if (!("DecompressionStream" in globalThis)) {
  byId("old").hidden = false;
  return;
}
await runLibrary();
document.documentElement.classList.add("js");
const network = new vis.Network(byId("canvas"), {
  nodes: new vis.DataSet(data.nodes),
  edges: new vis.DataSet(data.edges),
}, options);
// vis gives its frame a place at the very end of the order in which Tab goes.
byId("canvas").firstElementChild.tabIndex = 0;

// Returns left, top, right and bottom of where nodes stand.
function frame(nodes) {
  const all = Object.values(network.getPositions(nodes));
  const most = (pick, of) => all.reduce((one, place) => pick(one, place[of]), all[0]?.[of] ?? 0);
  return [most(Math.min, "x"), most(Math.min, "y"), most(Math.max, "x"), most(Math.max, "y")];
}

const visibleNodes = () => [...visible.nodes.keys()].filter((number) => visible.nodes[number]);

// Returns left, top, right and bottom on the screen of shapes with their names below them, at a scale.
function named(shapes, scale) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, size, wide, high } of shapes) {
    const half = size * scale;
    const beside = Math.max(half, wide / 2);
    box[0] = Math.min(box[0], x * scale - beside);
    box[1] = Math.min(box[1], y * scale - half);
    box[2] = Math.max(box[2], x * scale + beside);
    box[3] = Math.max(box[3], y * scale + half + 3 + high);
  }
  return box;
}

// Moves so near that these nodes are just all visible with their names, which are as large at any scale.
function fit(nodes = visibleNodes()) {
  if (!nodes.length) return;
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const shapes = nodes.map((number) => {
    const { x, y } = network.body.nodes[number];
    const [wide, high] = measured(drawnName(number), NAME);
    return { x, y, size: data.nodes[number].size, wide, high };
  });
  const isIn = (scale) => {
    const [left, top, right, bottom] = named(shapes, scale);
    return right - left <= width - 2 * AROUND && bottom - top <= height - AROUND - BELOW;
  };
  const [first, highest, last, lowest] = frame(nodes);
  let far = Math.min((LEAST * width) / (last - first || 1), (LEAST * height) / (lowest - highest || 1), CLOSEST);
  let near = CLOSEST;
  if (isIn(near)) far = near;
  for (let tried = 0; tried < TRIES; tried++) {
    const scale = (far + near) / 2;
    if (isIn(scale)) far = scale;
    else near = scale;
  }
  const [left, top, right, bottom] = named(shapes, far);
  const position = { x: (left + right) / 2 / far, y: ((top + bottom) / 2 + (BELOW - AROUND) / 2) / far };
  network.moveTo({ position, scale: far });
}

// Hides and shows. Through the sets of vis, which look at each item anew, it takes seconds.
function drawVisible() {
  const { nodes, edges, emitter } = network.body;
  visible.nodes.forEach((flag, number) => { nodes[number].options.hidden = !flag; });
  visible.edges.forEach((flag, number) => { edges[number].options.hidden = !flag; });
  network._updateVisibleIndices();
  emitter.emit(moving ? "_dataChanged" : "_requestRedraw");
}

// Puts nodes where they were moved to, or back.
let placed = [];
function placeNodes() {
  if (placed === state.places) return;
  const { nodes } = network.body;
  for (const [number] of placed) [nodes[number].x, nodes[number].y] = [data.nodes[number].x, data.nodes[number].y];
  for (const [number, x, y] of state.places) [nodes[number].x, nodes[number].y] = [x, y];
  placed = state.places;
}

foldNames();
writeTexts();
placeNodes();
drawVisible();
fit();
startSearch();
startLegend();
startTime();
startExploring();
startTables();
startExport();
listeners.push(placeNodes, drawVisible, tellAgain);
startLink();
network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) showNode(node, false);
  else if (edge !== undefined) showEdge(edge);
  else showNothing();
});
network.on("dragEnd", ({ nodes }) => nodes.length && keepPlaces(nodes));
// On a narrow screen the whole is too small to read: begin near the one in the middle.
if (given.focus !== null) showNode(given.focus, byId("canvas").clientWidth < NARROW);
const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
byId("bigger").addEventListener("click", () => zoom(1.3));
byId("smaller").addEventListener("click", () => zoom(1 / 1.3));
byId("fit").addEventListener("click", () => fit());
function speakAnew(chosen) {
  speak(chosen);
  foldNames();
  search();
  tell();
  network.redraw();
}
byId("language").addEventListener("click", () => speakAnew(lang === "en" ? "es" : "en"));

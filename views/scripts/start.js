// The page begins.
const FOCUS_SCALE = 0.9;
const NARROW = 600;
// Room on the screen for names around the outermost nodes, and for the buttons in the corner.
const [BESIDE, OVER] = [120, 65];
const CLOSEST = 1.5;
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

function fit(nodes = visibleNodes()) {
  const [left, top, right, bottom] = frame(nodes);
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const room = (side, margin) => Math.max(side - 2 * margin, (2 * side) / 3, 1);
  const scale = Math.min(room(width, BESIDE) / (right - left || 1), room(height, OVER) / (bottom - top || 1), CLOSEST);
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
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

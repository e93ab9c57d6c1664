// The page begins.
const FOCUS_SCALE = 0.9;
const NARROW = 600;
const MARGIN = 160;
const CLOSEST = 1.5;
const options = JSON.parse(data.options);
const kept = readLink();
speak(kept?.lang ?? given.lang);
if (kept) {
  state = kept.state;
  places = Object.fromEntries(kept.places.map(([number, x, y]) => [number, { x, y }]));
}
visible = whatIsVisible();
await runLibrary();
document.documentElement.classList.add("js");
const network = new vis.Network(byId("canvas"), {
  nodes: new vis.DataSet(data.nodes.map((node, number) => ({ ...node, ...places[number] }))),
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

function fit() {
  const [left, top, right, bottom] = frame(visibleNodes());
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = Math.min(width / (right - left + MARGIN), height / (bottom - top + MARGIN), CLOSEST);
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

foldNames();
writeTexts();
drawVisible();
fit();
startSearch();
startLegend();
startTime();
startExploring();
startTables();
startExport();
listeners.push(drawVisible, tellAgain, linkSoon);
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
byId("fit").addEventListener("click", fit);
byId("language").addEventListener("click", () => {
  speak(lang === "en" ? "es" : "en");
  foldNames();
  search();
  tell();
  network.redraw();
});

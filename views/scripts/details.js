// The panel that tells all of one node, tie or path.
let told = { kind: "none", number: null };

function fill(parts) {
  const panel = byId("details");
  // What had the focus is gone with the old content; keys must go on working.
  const isIn = panel.contains(document.activeElement);
  panel.replaceChildren(...parts);
  panel.scrollTop = 0;
  if (isIn) panel.focus({ preventScroll: true });
}

function goTo(kind, number, text) {
  return button(isolated(text), () => {
    if (kind === "node") showNode(number, true);
    else showEdge(number);
    byId("details").focus();
  });
}

// A tie's confidence is the first of its facts.
const factsOf = (item) => [...(item.confidence ? [[texts.confidence, item.confidence]] : []), ...item.facts];

const marks = (numbers) => numbers.map((number) => `[${number}]`).join(" ");

function factList(facts) {
  return element("dl", facts.map(([name, value, cited = []]) =>
    element("div", [element("dt", isolated(name)), element("dd", [isolated(value), " ", element("span", marks(cited), { class: "quiet" })])])));
}

function citation(number) {
  const [text, url] = shown.sources[number - 1];
  return element("li", [`[${number}] `, isolated(text), " ", link(url)]);
}

function evidence(item) {
  const parts = item.disputes.map(([field, sides]) => {
    const said = sides.flatMap(([text, cited], place) => [
      place ? " / “" : ": “", isolated(text), "” ", marks(cited),
    ]);
    return element("p", [`≠ ${texts.dispute}: `, isolated(field), ...said], { class: "disputed" });
  });
  const cited = new Set(item.sources);
  for (const [, sides] of item.disputes) {
    for (const [, numbers] of sides) numbers.forEach((number) => cited.add(number));
  }
  const listed = [...cited].sort((a, b) => a - b);
  parts.push(element("h3", texts.sources));
  parts.push(listed.length
    ? element("ol", listed.map(citation))
    : element("p", texts.no_sources, { class: "quiet" }));
  return parts;
}

function tieLine(tie, here) {
  const edge = shown.edges[tie];
  const other = otherEnd(tie, here);
  const arrow = edge.symmetric ? "↔ " : ends[tie][0] === here ? "→ " : "← ";
  const level = element("span", edge.confidence ? ` (${edge.confidence})` : "", { class: "quiet" });
  return element("li", [
    arrow, edge.disputes.length ? "≠ " : "", goTo("edge", tie, edge.title), ": ",
    goTo("node", other, shown.nodes[other].title), level,
  ]);
}

function tellNode(number) {
  const node = shown.nodes[number];
  const ties = visibleTies(number).map((tie) => tieLine(tie, number));
  fill([
    element("h2", isolated(node.title)),
    element("p", node.type, { class: "quiet" }),
    element("p", nodeActions(number), { class: "actions" }),
    factList(node.facts),
    element("h3", `${texts.ties} (${ties.length})`),
    ties.length ? element("ul", ties) : element("p", texts.no_ties, { class: "quiet" }),
    ...evidence(node),
  ]);
}

function tellEdge(number) {
  const edge = shown.edges[number];
  const [start, end] = ends[number];
  fill([
    element("h2", isolated(edge.title)),
    element("p", [
      goTo("node", start, shown.nodes[start].title), edge.symmetric ? " ↔ " : " → ",
      goTo("node", end, shown.nodes[end].title),
    ]),
    factList(factsOf(edge)),
    ...evidence(edge),
  ]);
}

function tellAgain() {
  if (told.kind === "node") tellNode(told.number);
  else if (told.kind === "edge") tellEdge(told.number);
  else if (told.kind === "path") tellPath(...told.number);
  else fill([element("p", texts.details_hint, { class: "quiet" }), ...hiddenList()]);
}

function showNothing() {
  told = { kind: "none", number: null };
  network.unselectAll();
  tellAgain();
}

function showNode(number, move) {
  told = { kind: "node", number };
  tellNode(number);
  if (!visible.nodes[number]) return;
  network.selectNodes([number]);
  if (move) {
    const scale = Math.max(network.getScale(), FOCUS_SCALE);
    network.focus(number, { scale, animation: still ? false : { duration: 300 } });
  }
}

function showEdge(number) {
  told = { kind: "edge", number };
  tellEdge(number);
  if (visible.edges[number]) network.selectEdges([number]);
}


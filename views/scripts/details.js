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
  const made = element("a", isolated(text), { href: `#${kind === "node" ? "n" : "e"}${number}` });
  made.addEventListener("click", (event) => {
    event.preventDefault();
    if (kind === "node") showNode(number, true);
    else showEdge(number);
    byId("details").focus();
  });
  return made;
}

// A tie's confidence is the first of its facts.
const factsOf = (item, group) => [...(item.confidence ? [[texts.confidence, item.confidence]] : []), ...group.facts];

const inOrder = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);

// Who says a fact, by its name.
const citedFor = (group, name) => inOrder(group.claims.flatMap(({ says, sources }) => (says.includes(name) ? sources : [])));

// The sources that stand behind none of the claims.
function restOf(item) {
  const told = new Set(item.groups.flatMap(({ claims }) => claims.flatMap(({ sources }) => sources)));
  return item.sources.filter((number) => !told.has(number));
}

// What a claim says: the facts by their names, and in its words what is not shown as a fact.
function saidBy(claim) {
  const parts = [...claim.says.map((name) => [isolated(name)]),
    ...claim.others.map(([name, text]) => [isolated(name), " “", isolated(text), "”"])];
  return parts.flatMap((part, place) => (place ? [", ", ...part] : part));
}

const marks = (numbers) => element("span", numbers.map((number) => `[${number}]`).join(" "), { class: "quiet" });

// A fact on a line; where sources disagree, each side with who says so.
function factLine(name, content, isArgued) {
  return element("div", [element("dt", isolated(name)), element("dd", content)], isArgued ? { class: "disputed" } : {});
}

// What shows comes first, then the other sides, each with who says so.
function arguedLine(name, value, sides) {
  const mine = sides.filter(([text]) => text === value).flatMap(([, cited]) => cited);
  const others = sides.filter(([text]) => text !== value).map(([text, cited]) =>
    element("li", ["“", isolated(text), "” ", marks(cited)]));
  return factLine(name, [
    value ? element("p", ["≠ ", isolated(value), " ", marks(mine)]) : `≠ ${texts.in_dispute}`,
    ...(others.length ? [element("ul", others)] : []),
  ], true);
}

function factList(item, group) {
  const argued = new Map(group.disputes);
  const lines = factsOf(item, group).map(([name, value]) => {
    const sides = argued.get(name);
    argued.delete(name);
    return sides ? arguedLine(name, value, sides)
      : factLine(name, [isolated(value), " ", marks(citedFor(group, name))]);
  });
  return element("dl", [...lines, ...[...argued].map(([name, sides]) => arguedLine(name, "", sides))]);
}

function citation(number) {
  const [text, url] = shown.sources[number - 1];
  return element("li", [`[${number}] `, isolated(text), " ", link(url)]);
}

function claimLine(claim, argued) {
  const isArgued = [...claim.says, ...claim.others.map(([name]) => name)].some((name) => argued.has(name));
  const graded = [claim.confidence, claim.as_of && say("claim_as_of", { day: claim.as_of })].filter(Boolean).join(", ");
  return element("li", [
    element("p", [
      ...saidBy(claim), element("span", [" · ", isolated(graded)], { class: "quiet" }),
      ...(isArgued ? [" ", element("span", `≠ ${texts.in_dispute}`, { class: "disputed" })] : []),
    ]),
    element("ul", claim.sources.map(citation), { class: "cited" }),
  ]);
}

// Each claim with its sources, under the name of what it is about where there are several.
function evidence(item) {
  const parts = item.groups.filter(({ claims }) => claims.length).flatMap((group) => {
    const argued = new Set(group.disputes.map(([name]) => name));
    return [
      ...(group.title ? [element("h4", isolated(group.title))] : []),
      element("ol", group.claims.map((claim) => claimLine(claim, argued)), { class: "claims" }),
    ];
  });
  const rest = restOf(item);
  if (!parts.length) {
    return [element("h3", texts.sources), rest.length
      ? element("ol", rest.map(citation), { class: "cited" }) : element("p", texts.no_sources, { class: "quiet" })];
  }
  return [
    element("h3", texts.claims), ...parts,
    ...(rest.length ? [element("h4", texts.more_sources), element("ol", rest.map(citation), { class: "cited" })] : []),
  ];
}

function tieLine(tie, here) {
  const edge = shown.edges[tie];
  const other = otherEnd(tie, here);
  const arrow = edge.symmetric ? "↔" : ends[tie][0] === here ? "→" : "←";
  const level = element("span", edge.confidence ? ` (${edge.confidence})` : "", { class: "quiet" });
  return element("li", [
    element("span", arrow), element("span", [goTo("edge", tie, `${disputedEdges[tie] ? "≠ " : ""}${edge.title}`), ": ",
    goTo("node", other, shown.nodes[other].title), level]),
  ], { class: "tie" });
}

// Ties through a custody stand with it, the others by themselves.
function tellNode(number) {
  const node = shown.nodes[number];
  const ties = visibleTies(number);
  const groupOfTie = (tie) => {
    const [holder, group] = given.edges.custody[tie] ?? [];
    return holder === number ? group : 0;
  };
  const linesOf = (group) => ties.filter((tie) => groupOfTie(tie) === group).map((tie) => tieLine(tie, number));
  const own = linesOf(0);
  const [first, ...custodies] = node.groups;
  fill([
    element("h2", isolated(node.title)),
    element("p", node.type, { class: "quiet" }),
    element("p", nodeActions(number), { class: "actions" }),
    factList(node, first),
    ...custodies.map((group, place) => element("section", [
      element("h3", isolated(group.title)), factList(node, group), element("ul", linesOf(place + 1)),
    ], { class: "custody" })),
    ...(own.length || !ties.length ? [
      element("h3", `${own.length < ties.length ? texts.other_ties : texts.ties} (${own.length})`),
      own.length ? element("ul", own) : element("p", texts.no_ties, { class: "quiet" }),
    ] : []),
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
    factList(edge, edge.groups[0]),
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


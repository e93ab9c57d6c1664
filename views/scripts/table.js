// The tables, made when asked for: sorted by any column, and holding what is visible. Those that
// stand in the page's source are for readers without scripts.
const ROWS = 200;
const MANY = 1500;
let order = { nodes: null, edges: null };
let orderedIn = lang;
let atMost = { nodes: ROWS, edges: ROWS };
let areShown = count + ends.length <= MANY;

const cites = (numbers) => numbers.flatMap((number) => [element("a", `[${number}]`, { href: `#s${number}` }), " "]);

function factCell(item) {
  return item.groups.flatMap((group) => [
    ...(group.title ? [element("p", element("b", isolated(group.title)))] : []),
    ...factsOf(item, group).map(([name, value]) =>
      element("p", [element("i", `${name}:`), " ", isolated(value), " ", ...cites(citedFor(group, name))])),
    ...group.disputes.map(([field, sides]) => element("p", [
      `≠ ${texts.dispute}: `, isolated(field),
      ...sides.flatMap(([text, numbers], place) => [place ? " / “" : ": “", isolated(text), "” ", ...cites(numbers)]),
    ], { class: "disputed" })),
  ]);
}

// A line for each claim, then the sources that stand behind none of them.
function claimCell(item) {
  const lines = item.groups.flatMap(({ claims }) => claims).map((claim) => element("p", [
    ...cites(claim.sources), isolated([claim.confidence, claim.as_of].filter(Boolean).join(", ")), ": ",
    ...saidBy(claim),
  ]));
  const rest = cites(restOf(item));
  if (rest.length) lines.push(element("p", rest));
  return cell(lines.length ? lines : texts.no_sources);
}

const cell = (content) => element("td", content);
const nodeLink = (node) =>
  element("a", isolated(shown.nodes[node].title), { href: `#n${node}` });

function nodeCells(number) {
  const node = shown.nodes[number];
  return [
    element("th", nodeLink(number), { scope: "row" }),
    cell(node.type), cell(factCell(node)), claimCell(node),
  ];
}

function edgeCells(number) {
  const edge = shown.edges[number];
  const words = element("a", [disputedEdges[number] ? "≠ " : "", isolated(edge.title)], { href: `#e${number}` });
  return [
    cell(nodeLink(ends[number][0])), cell(words), cell(nodeLink(ends[number][1])),
    cell(factCell(edge)), claimCell(edge),
  ];
}

const row = (id, cells) => element("tr", cells, { id });
const TABLES = {
  nodes: [() => visible.nodes, (number) => row(`n${number}`, nodeCells(number))],
  edges: [() => visible.edges, (number) => row(`e${number}`, edgeCells(number))],
};

function fillTable(id, all) {
  const [flags, make] = TABLES[id];
  const numbers = (order[id] ?? [...flags().keys()]).filter((number) => flags()[number]);
  const kept = all ? numbers : numbers.slice(0, atMost[id]);
  byId(id).tBodies[0].replaceChildren(...kept.map(make));
  const more = byId(`more-${id}`);
  const said = numbers.length === flags().length ? numbers.length : say("of", { n: numbers.length, all: flags().length });
  byId(`count-${id}`).textContent = `(${said})`;
  more.hidden = kept.length === numbers.length;
  more.textContent = say("more_rows", { n: kept.length, all: numbers.length });
}

function fillTables(all = false) {
  byId("ask").hidden = areShown;
  byId("tables").hidden = !areShown && !all;
  if (!areShown && !all) return;
  if (orderedIn !== lang) byId("tables").querySelectorAll("[aria-sort]").forEach(orderBy);
  orderedIn = lang;
  for (const id of ["nodes", "edges"]) fillTable(id, all);
  byId("sources").replaceChildren(...shown.sources.map(([text, url], place) =>
    element("li", [isolated(text), " ", link(url)], { id: `s${place + 1}` })));
}

function showTables() {
  areShown = true;
  fillTables();
}

function sortTable(header) {
  const down = header.getAttribute("aria-sort") === "ascending";
  header.closest("table").querySelectorAll("thead th").forEach((one) => one.removeAttribute("aria-sort"));
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  orderBy(header);
  fillTable(header.closest("table").id, false);
}

// Orders the rows as the header says that they are.
function orderBy(header) {
  const { id } = header.closest("table");
  const down = header.getAttribute("aria-sort") === "descending";
  const { compare } = new Intl.Collator(lang, { numeric: true });
  const text = id === "nodes" ? TEXT_OF_NODES[header.cellIndex] : TEXT_OF_EDGES[header.cellIndex];
  const numbers = [...TABLES[id][0]().keys()].map((number) => [text(number), number]);
  numbers.sort(([a, one], [b, other]) => (down ? compare(b, a) : compare(a, b)) || one - other);
  order = { ...order, [id]: numbers.map(([, number]) => number) };
}

const titleOf = (node) => shown.nodes[node].title;
const TEXT_OF_NODES = [
  titleOf, (node) => shown.nodes[node].type, (node) => flat(shown.nodes[node]),
  (node) => sourcesOf(shown.nodes[node]),
];
const TEXT_OF_EDGES = [
  (tie) => titleOf(ends[tie][0]), (tie) => shown.edges[tie].title, (tie) => titleOf(ends[tie][1]),
  (tie) => `${shown.edges[tie].confidence ?? ""} ${flat(shown.edges[tie])}`, (tie) => sourcesOf(shown.edges[tie]),
];

function startTables() {
  byId("show").addEventListener("click", showTables);
  document.querySelector(".skip").addEventListener("click", showTables);
  for (const id of ["nodes", "edges"]) {
    byId(`more-${id}`).addEventListener("click", () => {
      atMost[id] += ROWS;
      fillTable(id, false);
    });
  }
  // On paper there is no more to ask for.
  matchMedia("print").addEventListener("change", (event) => fillTables(event.matches));
  byId("tables").addEventListener("click", (event) => {
    const sorter = event.target.closest("thead button");
    if (sorter) sortTable(sorter.closest("th"));
    const [, kind, number] = event.target.closest("a")?.hash.match(/^#([ne])(\d+)$/) ?? [];
    if (!kind) return;
    event.preventDefault();
    if (kind === "n") showNode(Number(number), true);
    else showEdge(Number(number));
    byId("stage").scrollIntoView({ behavior: still ? "auto" : "smooth" });
    byId("details").focus({ preventScroll: true });
  });
  follow(() => fillTables());
}


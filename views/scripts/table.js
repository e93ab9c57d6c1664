// The tables: sorted by any column, and holding what is visible.
let tableLanguage = given.lang;

const cites = (numbers) => (numbers.length
  ? numbers.flatMap((number) => [element("a", `[${number}]`, { href: `#s${number}` }), " "])
  : [texts.no_sources]);

function factCell(item) {
  const lines = item.facts.map(([name, value]) =>
    element("div", [element("span", `${name}:`, { class: "k" }), " ", isolated(value)]));
  if (item.confidence) lines.unshift(element("div", [element("span", `${texts.confidence}:`, { class: "k" }), ` ${item.confidence}`]));
  const disputes = item.disputes.map(([field, sides]) => element("div", [
    `≠ ${texts.dispute}: `, isolated(field),
    ...sides.flatMap(([text, numbers], place) => [place ? " / “" : ": “", isolated(text), "” ", ...cites(numbers)]),
  ], { class: "disputed" }));
  return [...lines, ...disputes];
}

const cell = (content) => element("td", content);
const nodeLink = (node) =>
  element("a", isolated(shown.nodes[node].title), { href: `#n${node}`, "data-node": node });

function nodeCells(number) {
  const node = shown.nodes[number];
  return [
    element("th", nodeLink(number), { scope: "row" }),
    cell(node.type), cell(factCell(node)), cell(cites(node.sources)),
  ];
}

function edgeCells(number) {
  const edge = shown.edges[number];
  const words = element("a", [edge.disputes.length ? "≠ " : "", isolated(edge.title)], { href: `#e${number}`, "data-edge": number });
  return [
    cell(nodeLink(ends[number][0])), cell(words), cell(nodeLink(ends[number][1])),
    cell(factCell(edge)), cell(cites(edge.sources)),
  ];
}

const tables = () => [
  ["nodes", visible.nodes, nodeCells, "n"], ["edges", visible.edges, edgeCells, "e"],
].filter(([id]) => byId(id));

const areTablesShown = () => !document.body.classList.contains("many") || document.body.classList.contains("shown");

function fillTables() {
  if (!areTablesShown()) return;
  for (const [id, flags, cells] of tables()) {
    for (const row of byId(id).tBodies[0].rows) {
      const number = Number(row.id.slice(1));
      row.hidden = !flags[number];
      if (tableLanguage !== lang) row.replaceChildren(...cells(number));
    }
  }
  if (tableLanguage !== lang) {
    document.querySelectorAll("#sources li > bdi").forEach((one, place) => { one.textContent = shown.sources[place][0]; });
  }
  tableLanguage = lang;
}

function sortTable(header) {
  const table = header.closest("table");
  const place = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending";
  const { compare } = new Intl.Collator(lang, { numeric: true });
  const rows = [...table.tBodies[0].rows].map((row) => [row.cells[place].textContent, row]);
  rows.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
  table.querySelectorAll("thead th").forEach((one) => one.removeAttribute("aria-sort"));
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function startTables() {
  const show = () => {
    document.body.classList.add("shown");
    fillTables();
  };
  byId("show")?.addEventListener("click", show);
  document.querySelector(".skip").addEventListener("click", show);
  byId("tables").addEventListener("click", (event) => {
    const sorter = event.target.closest("thead button");
    if (sorter) sortTable(sorter.closest("th"));
    const from = event.target.closest("a[data-node], a[data-edge]");
    if (!from) return;
    event.preventDefault();
    if (from.dataset.node) showNode(Number(from.dataset.node), true);
    else showEdge(Number(from.dataset.edge));
    byId("stage").scrollIntoView({ behavior: still ? "auto" : "smooth" });
    byId("details").focus({ preventScroll: true });
  });
  follow(fillTables);
}


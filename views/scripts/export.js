// Files of what is visible: picture, table, data.
const now = () => new Date().toISOString().slice(0, 16).replace("T", " ");

// Says in words which part of the page is visible, and on which day it was made.
function filtersInWords() {
  const off = shown.kinds.filter((_, kind) => state.kinds.includes(kind));
  const levels = state.levels.map((level) => texts[level]);
  return [
    byId("counts").textContent,
    ...(state.from === null ? [] : [say("between_days", { from: dayText(state.from), to: dayText(state.to) })]),
    ...(state.undated ? [] : [texts.without_undated]),
    ...(state.open ? [texts.with_open_too] : []),
    ...(off.length || levels.length ? [say("without", { names: [...off, ...levels].join(", ") })] : []),
    ...(state.disputed ? [texts.only_disputed] : []),
    ...(state.hidden.length || state.only ? [texts.part_hidden] : []),
    say("made_on", { day: now() }),
  ];
}

const fileWord = (text) => fold(text).replaceAll(" ", "-");

function save(content, type, ending) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const name = fileWord(document.querySelector("h1").textContent).slice(0, 60) || "vinculos";
  const from = element("a", [], { href: URL.createObjectURL(blob), download: `${name}.${ending}` });
  from.click();
  setTimeout(() => URL.revokeObjectURL(from.href), 10000);
  sayFound(say("saved", { name: `${name}.${ending}` }));
}

function savePng() {
  picture(canvasPen).toBlob((blob) => {
    if (blob) save(blob, "image/png", "png");
    else sayFound(texts.no_png);
  }, "image/png");
}

function saveSvg() {
  save(`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture(svgPen))}\n`, "image/svg+xml", "svg");
}

// A spreadsheet would calculate what begins with one of these.
const field = (text) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : String(text)).replaceAll('"', '""')}"`;
const flat = (item) => item.groups.map(({ title, facts }) =>
  (title && `${title}: `) + facts.map(([name, value]) => `${name}: ${value}`).join("; ")).join("; ");
const argued = (item) => item.groups.flatMap(({ disputes }) => disputes).map(([name]) => name).join("; ");
const sourcesOf = (item) => item.sources.map((number) => shown.sources[number - 1].filter(Boolean).join(" ")).join("; ");

function saveCsv(kind) {
  const [flags, items] = kind === "nodes" ? [visible.nodes, shown.nodes] : [visible.edges, shown.edges];
  const first = kind === "nodes" ? ["name", "type"] : ["from", "tie", "to", "confidence"];
  const heads = [...first, "facts", "dispute", "sources"].map((name) => texts[name]);
  const cells = (item, number) => (kind === "nodes"
    ? [item.title, item.type]
    : [shown.nodes[ends[number][0]].title, item.title, shown.nodes[ends[number][1]].title, item.confidence ?? ""]);
  const rows = items.flatMap((item, number) =>
    (flags[number] ? [[...cells(item, number), flat(item), argued(item), sourcesOf(item)]] : []));
  save(`\ufeff${[heads, ...rows].map((row) => row.map(field).join(",")).join("\r\n")}\r\n`, "text/csv", `${fileWord(texts[kind])}.csv`);
}

function saveJson() {
  const [cited, plain] = [new Set(), (item, number, more) => ({ number, ...more, ...item })];
  const note = (numbers) => numbers.forEach((number) => cited.add(number));
  const taken = (items, flags) => items.filter((_, number) => flags[number]);
  for (const item of [...taken(shown.nodes, visible.nodes), ...taken(shown.edges, visible.edges)]) {
    note(item.sources);
    for (const { disputes, claims } of item.groups) {
      disputes.forEach(([, sides]) => sides.forEach(([, numbers]) => note(numbers)));
      claims.forEach((claim) => note(claim.sources));
    }
  }
  const about = [...document.querySelectorAll("footer dl > div")].map((one) => [...one.children].map((part) => part.textContent));
  save(`${JSON.stringify({
    title: document.querySelector("h1").textContent,
    filters: filtersInWords(),
    about,
    nodes: shown.nodes.flatMap((node, number) => (visible.nodes[number] ? [plain(node, number)] : [])),
    ties: shown.edges.flatMap((edge, number) =>
      (visible.edges[number] ? [plain(edge, number, { from: ends[number][0], to: ends[number][1] })] : [])),
    sources: shown.sources.map(([text, url], place) => ({ number: place + 1, text, url })).filter(({ number }) => cited.has(number)),
  }, null, 1)}\n`, "application/json", "json");
}

function startExport() {
  const acts = { png: savePng, svg: saveSvg, "nodes-csv": () => saveCsv("nodes"), "ties-csv": () => saveCsv("edges"), json: saveJson };
  for (const one of document.querySelectorAll("[data-save]")) {
    one.addEventListener("click", () => {
      acts[one.dataset.save]();
      one.closest("details").open = false;
    });
  }
}


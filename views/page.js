"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { sources, texts } = data.details;
  const said = (item) => ({ names: [], facts: [], disputes: [], sources: [], ...item });
  const nodes = data.details.nodes.map(said);
  const edges = data.details.edges.map((edge, number) => {
    const { from, to } = data.edges[number];
    return { ...said(edge), start: from, end: to };
  });
  const byId = (id) => document.getElementById(id);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FOCUS_SCALE = 0.9;
  const NARROW = 600;
  const options = JSON.parse(data.options);

  document.documentElement.classList.add("js");
  const network = new vis.Network(
    byId("canvas"),
    { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) },
    options,
  );
  // vis gives its frame a place at the very end of the order in which Tab goes.
  byId("canvas").firstElementChild.tabIndex = 0;
  fit();

  function fit() {
    network.fit({ animation: false });
    network.moveTo({ scale: network.getScale() * 0.9 });
  }

  const tiesOf = nodes.map(() => []);
  edges.forEach((edge, number) => {
    tiesOf[edge.start].push(number);
    if (edge.end !== edge.start) tiesOf[edge.end].push(number);
  });

  // Every text goes into the page as text: nothing here is ever read as HTML.
  function element(name, content, attributes) {
    const made = document.createElement(name);
    for (const part of [].concat(content ?? [])) made.append(part);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  }
  const isolated = (text) => element("bdi", text);

  function link(url) {
    if (!/^https?:\/\//i.test(url)) return "";
    return element("a", url, { href: url, rel: "noopener noreferrer", target: "_blank" });
  }

  function goTo(kind, number, text) {
    const button = element("button", isolated(text), { type: "button" });
    button.addEventListener("click", () => {
      if (kind === "node") showNode(number, true);
      else showEdge(number);
      byId("details").focus();
    });
    return button;
  }

  function factList(facts) {
    return element("dl", facts.map(([name, value]) =>
      element("div", [element("dt", isolated(name)), element("dd", isolated(value))])));
  }

  function citation(number) {
    const [text, url] = sources[number - 1];
    return element("li", [`[${number}] `, isolated(text), " ", link(url)]);
  }

  function evidence(item) {
    const parts = item.disputes.map(([field, sides]) => {
      const said = sides.flatMap(([text, cited], place) => [
        place ? " / “" : ": “", isolated(text), "” ", cited.map((number) => `[${number}]`).join(" "),
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

  function fill(parts) {
    byId("details").replaceChildren(...parts);
    byId("details").scrollTop = 0;
  }

  function tie(number, here) {
    const edge = edges[number];
    const other = edge.start === here ? edge.end : edge.start;
    const arrow = edge.symmetric ? "↔ " : edge.start === here ? "→ " : "← ";
    const level = element("span", edge.confidence ? ` (${edge.confidence})` : "", { class: "quiet" });
    return element("li", [
      arrow, edge.disputes.length ? "≠ " : "", goTo("edge", number, edge.title), ": ",
      goTo("node", other, nodes[other].title), level,
    ]);
  }

  function showNode(number, move) {
    const node = nodes[number];
    const ties = tiesOf[number].map((edge) => tie(edge, number));
    fill([
      element("h2", isolated(node.title)),
      element("p", node.type, { class: "quiet" }),
      factList(node.facts),
      element("h3", `${texts.ties} (${ties.length})`),
      ties.length ? element("ul", ties) : element("p", texts.no_ties, { class: "quiet" }),
      ...evidence(node),
    ]);
    network.selectNodes([number]);
    if (move) focusOn(number);
  }

  function focusOn(number) {
    const scale = Math.max(network.getScale(), FOCUS_SCALE);
    network.focus(number, { scale, animation: still ? false : { duration: 300 } });
  }

  function showEdge(number) {
    const edge = edges[number];
    const confidence = edge.confidence ? [[texts.confidence, edge.confidence]] : [];
    fill([
      element("h2", isolated(edge.title)),
      element("p", [
        goTo("node", edge.start, nodes[edge.start].title), edge.symmetric ? " ↔ " : " → ",
        goTo("node", edge.end, nodes[edge.end].title),
      ]),
      factList([...confidence, ...edge.facts]),
      ...evidence(edge),
    ]);
    network.selectEdges([number]);
  }

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) showNode(node, false);
    else if (edge !== undefined) showEdge(edge);
    else fill([element("p", texts.details_hint, { class: "quiet" })]);
  });

  const showTables = () => document.body.classList.add("shown");
  byId("show")?.addEventListener("click", showTables);
  document.querySelector(".skip").addEventListener("click", showTables);
  byId("tables").addEventListener("click", (event) => {
    const from = event.target.closest("a[data-node], a[data-edge]");
    if (!from) return;
    event.preventDefault();
    if (from.dataset.node) showNode(Number(from.dataset.node), true);
    else showEdge(Number(from.dataset.edge));
    byId("stage").scrollIntoView({ behavior: still ? "auto" : "smooth" });
    byId("details").focus({ preventScroll: true });
  });

  const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", æ: "ae", œ: "oe", ß: "ss" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
    .replace(/[øłđðþħıæœß]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const folded = nodes.map((node) => ` ${fold([
    node.title, ...node.names, ...node.facts.map(([, value]) => value).slice(-1),
  ].join(" | "))}`);
  let matches = [];
  let at = -1;

  function search() {
    const words = fold(byId("search").value);
    matches = words ? folded.flatMap((text, number) => (text.includes(words) ? [number] : [])) : [];
    // Where a word begins with what was typed, that is more likely meant.
    matches.sort((a, b) => folded[b].includes(` ${words}`) - folded[a].includes(` ${words}`));
    at = -1;
    say(words ? (matches.length ? texts.found.replace("{n}", matches.length) : texts.not_found) : "");
    network.selectNodes(matches, false);
  }
  const say = (text) => { byId("found").textContent = text; };

  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!matches.length) return;
    at = (at + (event.shiftKey ? matches.length - 1 : 1)) % matches.length;
    say(texts.found_at.replace("{i}", at + 1).replace("{n}", matches.length));
    showNode(matches[at], true);
  });

  writeTexts(network, byId("canvas"), data, edges, tiesOf);
  // On a narrow screen the whole is too small to read: begin near the one in the middle.
  if (data.details.focus !== null) showNode(data.details.focus, byId("canvas").clientWidth < NARROW);

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor });
  byId("bigger").addEventListener("click", () => zoom(1.3));
  byId("smaller").addEventListener("click", () => zoom(1 / 1.3));
  byId("fit").addEventListener("click", fit);
})();

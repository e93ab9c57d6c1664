// The legend, each entry of which switches what it explains off and on.
const toggled = (list, item) => (list.includes(item) ? list.filter((one) => one !== item) : [...list, item]);

function startLegend() {
  const kinds = [...document.querySelectorAll("[data-kind]")];
  const levels = [...document.querySelectorAll("[data-level]")];
  kinds.forEach((one) => one.addEventListener("click", () =>
    change({ kinds: toggled(state.kinds, Number(one.dataset.kind)) })));
  levels.forEach((one) => one.addEventListener("click", () =>
    change({ levels: toggled(state.levels, one.dataset.level) })));
  byId("disputed")?.addEventListener("click", () => change({ disputed: !state.disputed }));
  const all = kinds.map((_, kind) => kindOf.filter((one) => one === kind).length);
  follow(() => {
    const now = all.map(() => 0);
    kindOf.forEach((kind, node) => { now[kind] += visible.nodes[node]; });
    kinds.forEach((one, kind) => {
      one.setAttribute("aria-pressed", !state.kinds.includes(kind));
      one.querySelector("bdi").textContent = shown.kinds[kind];
      one.querySelector(".quiet").textContent = now[kind] === all[kind] ? all[kind] : `${now[kind]}/${all[kind]}`;
    });
    levels.forEach((one) => one.setAttribute("aria-pressed", !state.levels.includes(one.dataset.level)));
    byId("disputed")?.setAttribute("aria-pressed", state.disputed);
    document.querySelectorAll("[data-scale]").forEach((one, place) => {
      one.lastChild.textContent = shown.scale[place];
    });
    const counts = [
      visible.nodeCount === count ? say("node_count", { n: count }) : say("nodes_of", { n: visible.nodeCount, all: count }),
      visible.edgeCount === ends.length ? say("edge_count", { n: ends.length }) : say("edges_of", { n: visible.edgeCount, all: ends.length }),
    ].join(", ");
    // A text set again would be read aloud again.
    if (byId("counts").textContent !== counts) byId("counts").textContent = counts;
  });
}


// Looking around: one neighbourhood, hiding and bringing back, the way from one to another.
const MOST_MOVING = 300;
const STEPS_AWAY = [1, 2, 3];
let pathFrom = null;
let moving = false;

const neighbours = (node, ties) => ties.map((tie) => otherEnd(tie, node));

// Shows a node alone with what lies up to `steps` ties away, of all that the other filters show.
function focusOnly(node, steps = 1) {
  const { edges } = whatIsVisible({ ...state, only: null });
  const near = new Set([node]);
  for (let step = 0; step < steps; step++) {
    for (const one of [...near]) neighbours(one, tiesOf[one].filter((tie) => edges[tie])).forEach((next) => near.add(next));
  }
  change({ only: [...near] });
  fit();
}

function expand(node) {
  if (!unseen(node)) return;
  const around = new Set([node, ...neighbours(node, tiesOf[node])]);
  change({
    only: state.only && [...new Set([...state.only, ...around])],
    hidden: state.hidden.filter((one) => !around.has(one)),
  });
}

function hide(node) {
  change({ hidden: [...state.hidden, node] });
  network.unselectAll();
}

// Returns the ties of a shortest way between two nodes over what is visible, null if there is none.
function shortestPath(from, to) {
  const before = new Map([[from, -1]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) break;
    for (const tie of visibleTies(node)) {
      const next = otherEnd(tie, node);
      if (!before.has(next)) {
        before.set(next, tie);
        queue.push(next);
      }
    }
  }
  if (!before.has(to)) return null;
  const ties = [];
  for (let node = to; node !== from; node = otherEnd(ties[0], node)) ties.unshift(before.get(node));
  return ties;
}

function tellPath(from, to) {
  const ties = shortestPath(from, to);
  const heading = element("h2", [texts.path, ": ", isolated(shown.nodes[from].title), " – ", isolated(shown.nodes[to].title)]);
  if (!ties) {
    network.unselectAll();
    fill([heading, element("p", texts.no_path)]);
    return;
  }
  let node = from;
  const steps = ties.map((tie) => {
    const here = node;
    node = otherEnd(tie, node);
    return element("li", [
      goTo("node", here, shown.nodes[here].title), ends[tie][0] === here ? " → " : " ← ",
      goTo("edge", tie, shown.edges[tie].title), ends[tie][0] === here ? " → " : " ← ",
      goTo("node", node, shown.nodes[node].title),
    ]);
  });
  const onIt = [...new Set(ties.flatMap((tie) => ends[tie]))];
  network.setSelection({ nodes: onIt, edges: ties }, { highlightEdges: false });
  fill([
    heading,
    element("p", say("path_length", { n: ties.length })),
    element("p", texts.path_note, { class: "quiet" }),
    element("p", button(texts.only_path, () => { change({ only: onIt }); fit(); }), { class: "actions" }),
    element("ol", steps, { class: "steps" }),
  ]);
}

function showPath(to) {
  told = { kind: "path", number: [pathFrom, to] };
  pathFrom = null;
  tellPath(...told.number);
  const { nodes } = network.getSelection();
  if (nodes.length) fit(nodes);
  byId("details").focus();
}

function startPath(node) {
  pathFrom = node;
  tellAgain();
}

function nodeActions(node) {
  const path = pathFrom === null || pathFrom === node
    ? button(pathFrom === node ? texts.path_choose : texts.path_from, () => startPath(node))
    : button(say("path_to", { name: shown.nodes[pathFrom].title }), () => showPath(node));
  if (!visible.nodes[node]) return [element("span", texts.not_shown, { class: "quiet" }), button(texts.bring_back, () => bringBack(node))];
  const more = unseen(node);
  return [
    element("span", [`${texts.focus_only}: `, ...STEPS_AWAY.map((steps) => {
      const one = button(String(steps), () => focusOnly(node, steps));
      one.title = say("focus_steps", { n: steps });
      one.setAttribute("aria-label", `${texts.focus_only}: ${one.title}`);
      return one;
    })]),
    ...(more ? [button(say("expand", { n: more }), () => expand(node))] : []),
    button(texts.hide, () => hide(node)),
    path,
  ];
}

// Shows a node again, whatever keeps it from being visible.
function bringBack(node) {
  change({
    kinds: state.kinds.filter((kind) => kind !== kindOf[node]),
    hidden: state.hidden.filter((one) => one !== node),
    only: state.only && [...state.only, node],
    from: null, to: null, undated: true, levels: [], disputed: false,
  });
  showNode(node, true);
}

function setMoving(on) {
  moving = on && visible.nodeCount <= MOST_MOVING;
  network.setOptions({ physics: { enabled: moving, solver: "forceAtlas2Based", stabilization: false, minVelocity: 1 } });
  byId("move").setAttribute("aria-pressed", moving);
  if (!moving) keepPlaces();
}

// What is hidden by hand, and the way back.
function hiddenList() {
  if (!state.hidden.length && !state.only) return [];
  const rest = state.only ? [element("p", button(texts.show_rest, () => { change({ only: null }); fit(); }), { class: "actions" })] : [];
  const items = state.hidden.map((node) => element("li", [
    isolated(shown.nodes[node].title), " ", button(texts.bring_back, () => change({ hidden: state.hidden.filter((one) => one !== node) })),
  ]));
  return [element("h3", texts.hidden_list), ...rest, element("ul", items)];
}

const KEYS = {
  1: () => focusOnly(told.number, 1), 2: () => focusOnly(told.number, 2), 3: () => focusOnly(told.number, 3), h: () => hide(told.number), e: () => expand(told.number),
  p: () => (pathFrom === null || pathFrom === told.number ? startPath(told.number) : showPath(told.number)),
};

function closeMenus(but) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (menu === but) continue;
    const isIn = menu.contains(document.activeElement);
    menu.open = false;
    if (isIn) menu.querySelector("summary").focus();
  }
}

function startExploring() {
  document.addEventListener("pointerdown", (event) => closeMenus(event.target.closest(".menu")));
  byId("undo").addEventListener("click", undo);
  byId("redo").addEventListener("click", redo);
  byId("everything").addEventListener("click", () => { change({ ...EVERYTHING }); fit(); });
  byId("move").addEventListener("click", () => setMoving(!moving));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=range])")) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (command && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    } else if (key === "escape" && document.querySelector(".menu[open]")) {
      closeMenus();
    } else if (key === "escape") {
      pathFrom = null;
      showNothing();
    } else if (!command && !event.altKey && event.target.closest("#stage")) {
      if (key === "/") {
        event.preventDefault();
        byId("search").focus();
      } else if (told.kind === "node" && visible.nodes[told.number]) KEYS[key]?.();
    }
  });
  follow(() => {
    byId("undo").disabled = !past.length;
    byId("redo").disabled = !future.length;
    byId("everything").disabled = isSame(state, EVERYTHING);
    byId("move").disabled = visible.nodeCount > MOST_MOVING;
    byId("move").title = visible.nodeCount > MOST_MOVING ? say("move_most", { n: MOST_MOVING }) : "";
    if (moving && visible.nodeCount > MOST_MOVING) setMoving(false);
  });
}


// What is shown, and why. All that the controls do is `change` the state; what is visible follows
// from it here and nowhere else. The state holds numbers, flags and lists alone, so that it can be
// undone, kept in the address, and checked when it comes back.
const data = JSON.parse(byId("data").textContent);
const words = JSON.parse(byId("words").textContent);
const EVERYTHING = {
  kinds: [], levels: [], disputed: false, from: null, to: null, undated: true, open: false,
  hidden: [], only: null, places: [],
};
const SERIES_MS = 1000;
const given = data.details;
const count = data.nodes.length;
const ends = data.edges.map(({ from, to }) => [from, to]);
const kindOf = given.nodes.kind;
const levelOf = given.edges.level.map((level) => given.levels[level]);
const nodeSpans = given.nodes.span;
const edgeSpans = given.edges.span;
const isDisputed = ({ groups }) => groups.map((all) => all.some(([, , disputes]) => disputes.length > 0));
const disputedNodes = isDisputed(given.nodes);
const disputedEdges = isDisputed(given.edges);
const tiesOf = data.nodes.map(() => []);
ends.forEach(([start, end], number) => {
  tiesOf[start].push(number);
  if (end !== start) tiesOf[end].push(number);
});
const isTiedInTime = tiesOf.map((ties) => ties.some((tie) => edgeSpans[tie]));
const otherEnd = (tie, node) => (ends[tie][0] === node ? ends[tie][1] : ends[tie][0]);

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
let state = { ...EVERYTHING };
let visible;
const past = [];
const future = [];
const listeners = [];
let lastSeries = "";
let lastTime = 0;

// Calls `act` now and whenever what is visible, or the language, changes.
function follow(act) {
  listeners.push(act);
  act();
}

function tell() {
  visible = whatIsVisible(state);
  listeners.forEach((act) => act());
}

// Changes the state; the steps of a series, such as the moves of a slider, are undone together.
function change(patch, series = "") {
  const now = Date.now();
  if (!series || series !== lastSeries || now - lastTime > SERIES_MS) past.push(state);
  [lastSeries, lastTime] = [series, now];
  future.length = 0;
  state = { ...state, ...patch };
  tell();
}

function goBack(from, to) {
  if (!from.length) return;
  to.push(state);
  state = from.pop();
  lastSeries = "";
  tell();
}
const undo = () => goBack(past, future);
const redo = () => goBack(future, past);

// A span is the first and last day on which something is known to exist; where it may have begun
// before or gone on, two days more say since when and until when, null for any day.
function meets(span, from, to, open) {
  const [first, last, earliest = first, latest = last] = span;
  if (first <= to && last >= from) return true;
  return open && (earliest ?? -Infinity) <= to && (latest ?? Infinity) >= from;
}

// Returns flags for nodes and ties, and their sums, under the filters of a state.
function whatIsVisible(state) {
  const [kinds, levels, hidden] = [state.kinds, state.levels, state.hidden].map((all) => new Set(all));
  const only = state.only && new Set(state.only);
  const byTime = state.from !== null || !state.undated;
  const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
  const exists = (span) => (span ? meets(span, from, to, state.open) : state.undated);
  const may = (node) => !kinds.has(kindOf[node]) && !hidden.has(node) && (!only || only.has(node));
  const allowed = Uint8Array.from(data.nodes, (_, node) => may(node));
  const tied = new Uint8Array(count);
  const argued = new Uint8Array(count);
  const edges = Uint8Array.from(ends, ([start, end], tie) => {
    if (!allowed[start] || !allowed[end] || levels.has(levelOf[tie])) return 0;
    if (byTime && !exists(edgeSpans[tie])) return 0;
    if (state.disputed && !disputedEdges[tie] && !disputedNodes[start] && !disputedNodes[end]) return 0;
    if (edgeSpans[tie]) tied[start] = tied[end] = 1;
    argued[start] = argued[end] = 1;
    return 1;
  });
  const nodes = Uint8Array.from(data.nodes, (_, node) => {
    if (!allowed[node] || (state.disputed && !disputedNodes[node] && !argued[node])) return 0;
    if (!byTime) return 1;
    // Who has no dates is there as long as a dated tie is.
    return nodeSpans[node] || !isTiedInTime[node] ? exists(nodeSpans[node]) : tied[node];
  });
  ends.forEach(([start, end], tie) => {
    if (!nodes[start] || !nodes[end]) edges[tie] = 0;
  });
  const sum = (flags) => flags.reduce((all, flag) => all + flag, 0);
  return { nodes, edges, nodeCount: sum(nodes), edgeCount: sum(edges) };
}

const visibleTies = (node) => tiesOf[node].filter((tie) => visible.edges[tie]);

// How many neighbours of a node are hidden by hand alone: what a filter hides stays hidden.
function unseen(node) {
  const { nodes } = whatIsVisible({ ...state, hidden: [], only: null });
  return new Set(tiesOf[node].map((tie) => otherEnd(tie, node)).filter((n) => nodes[n] && !visible.nodes[n])).size;
}

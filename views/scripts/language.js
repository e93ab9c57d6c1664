// The page in one of its two languages. Where they differ stands {w: place in the words of each}.
let lang = given.lang;
let shown;
let texts;

function inLanguage(value) {
  if (Array.isArray(value)) return value.map(inLanguage);
  if (value === null || typeof value !== "object") return value;
  const names = Object.keys(value);
  if (names.length === 1 && names[0] === "w") return given.words[lang][value.w];
  return Object.fromEntries(names.map((name) => [name, inLanguage(value[name])]));
}

const filled = (item) => ({ names: [], facts: [], disputes: [], sources: [], ...item });

// Returns one of the page's texts with values in its gaps.
function say(name, values = {}) {
  return texts[name].replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
}

function speak(chosen) {
  lang = chosen;
  const { words, ...both } = given;
  const { nodes, edges, ...rest } = inLanguage(both);
  shown = { ...rest, nodes: nodes.map(filled), edges: edges.map(filled) };
  texts = shown.texts;
  document.documentElement.lang = lang;
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = texts[place.dataset.t];
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", texts[place.dataset.label]);
  }
  for (const place of document.querySelectorAll("[data-hint]")) place.title = texts[place.dataset.hint];
}

// What a node, or a tie, is called in the drawing, in short lines.
const drawnName = (node) => shown.nodes[node].drawn || shown.nodes[node].title;
const drawnWords = (tie) => shown.edges[tie].drawn || shown.edges[tie].title;


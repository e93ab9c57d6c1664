// The page in one of its two languages. It holds each text once, as a number into a list; there, one
// that differs is [English, Spanish].
let lang = given.lang;
let shown;
let texts;

const inLanguage = (word) => (Array.isArray(word) ? word[lang === "es" ? 1 : 0] : word);

// Returns a group of facts, what is in dispute among them, and the claims behind them.
function groupOf([title, facts, disputes, claims], said) {
  // What is said in the other language alone is blank in this one.
  const pairs = (all) => all.map(([name, value]) => [said[name], said[value]]).filter(([, value]) => value);
  return {
    title: said[title],
    facts: pairs(facts),
    disputes: disputes.map(([field, sides]) => [said[field], sides.map(([one, cited]) => [said[one], cited])]),
    claims: claims.map(([confidence, day, says, others, sources]) => ({
      confidence: said[confidence], as_of: said[day], says: says.map((one) => said[one]).filter(Boolean),
      others: pairs(others), sources,
    })),
  };
}

// Returns the columns of nodes or ties as one object each, with texts for their numbers. The groups,
// which few of them are asked for at a time, are made when they are.
function filled(columns, said) {
  const { title, type, drawn, names, confidence, symmetric, groups, sources } = columns;
  return title.map((_, number) => {
    let made;
    return {
      title: said[title[number]],
      ...(type ? { type: said[type[number]], names: names[number].map((one) => said[one]).filter(Boolean) }
        : { confidence: said[confidence[number]], symmetric: Boolean(symmetric[number]) }),
      drawn: said[drawn[number]],
      get groups() { return made ??= groups[number].map((group) => groupOf(group, said)); },
      sources: sources[number],
    };
  });
}

// Returns one of the page's texts with values in its gaps.
function say(name, values = {}) {
  // `{n:row|rows}` is "1 row" or "2 rows", `{n:=is|are}` the word alone, as in graph/counts.py.
  return texts[name].replace(/\{(\w+)(?::(=?)([^{}|]*)\|([^{}]*))?\}/g, (gap, key, alone, one, many) => {
    if (!(key in values)) return gap;
    if (many === undefined) return values[key];
    const word = values[key] === 1 ? one : many;
    return alone ? word : `${values[key]} ${word}`;
  });
}

function speak(chosen) {
  lang = chosen;
  const said = words.map(inLanguage);
  shown = {
    nodes: filled(given.nodes, said),
    edges: filled(given.edges, said),
    sources: given.sources.text.map((one, place) => [said[one], said[given.sources.url[place]]]),
    kinds: given.kinds.map((one) => said[one]),
    scale: given.scale.map((one) => said[one]),
  };
  const { title, footer, notices } = given.about;
  const write = (selector, numbers) => document.querySelectorAll(selector).forEach((place, at) => { place.textContent = said[numbers[at]]; });
  document.title = said[title];
  write("h1 bdi", [title]);
  write(".notice", notices);
  write("footer dt", footer.map(([name]) => name));
  write("footer dd bdi", footer.map(([, value]) => value));
  texts = Object.fromEntries(Object.entries(given.texts).map(([name, one]) => [name, said[one]]));
  document.documentElement.lang = lang;
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = texts[place.dataset.t];
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", texts[place.dataset.label]);
  }
  for (const place of document.querySelectorAll("[data-hint]")) place.title = texts[place.dataset.hint];
}

// What a node, or a tie, is called in the drawing, in short lines.
const drawnName = (node) => shown.nodes[node].drawn;
const drawnWords = (tie) => shown.edges[tie].drawn;


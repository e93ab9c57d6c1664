// Search over names, other names and ids, whatever the accents; what is hidden is found, too.
const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", æ: "ae", œ: "oe", ß: "ss" };
const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "")
  .replace(/[øłđðþħıæœß]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
let folded = [];
let matches = [];
let at = -1;

function foldNames() {
  folded = shown.nodes.map((node) => ` ${fold([
    node.title, ...node.names, node.groups[0].facts.at(-1)[1],
  ].join(" | "))}`);
}

function search() {
  const words = fold(byId("search").value);
  matches = words ? folded.flatMap((text, number) => (text.includes(words) ? [number] : [])) : [];
  // Where a word begins with what was typed, that is more likely meant; what is visible comes first.
  const rank = (number) => 2 * visible.nodes[number] + folded[number].includes(` ${words}`);
  matches.sort((a, b) => rank(b) - rank(a));
  at = -1;
  sayFound(words ? (matches.length ? say("found", { n: matches.length }) : texts.not_found) : "");
  network.selectNodes(matches.filter((number) => visible.nodes[number]), false);
}

function sayFound(text) {
  byId("found").textContent = text;
}

function goToMatch(step) {
  if (!matches.length) return;
  at = at < 0 && step < 0 ? matches.length - 1 : (at + step + matches.length) % matches.length;
  const place = say("found_at", { i: at + 1, n: matches.length });
  sayFound(visible.nodes[matches[at]] ? place : `${place} (${texts.not_shown})`);
  showNode(matches[at], true);
}

function startSearch() {
  byId("search").addEventListener("input", search);
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    goToMatch(event.shiftKey ? -1 : 1);
  });
  byId("previous").addEventListener("click", () => goToMatch(-1));
  byId("next").addEventListener("click", () => goToMatch(1));
}


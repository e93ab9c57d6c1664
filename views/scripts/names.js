// Which names come first where there is no room for all: on the page and in pictures of it.
const rank = ({ rank: measured = 0, late }, number) =>
  measured * 1e3 + tiesOf[number].length - (late ? 1e6 : 0);
const byRank = (a, b) => rank(data.nodes[b], b) - rank(data.nodes[a], a) || a - b;

// The sizes on the screen of names and of words on ties, and of a line to its letters.
const [NAME, TIE, LEADING] = [13, 11, 1.15];
const ruler = document.createElement("canvas").getContext("2d");
const boxes = { [NAME]: new Map(), [TIE]: new Map() };

// Returns width and height on the screen of a text in short lines.
function measured(label, size) {
  const known = boxes[size];
  if (!known.has(label)) {
    const lines = label.split("\n");
    ruler.font = `${size}px ${options.nodes.font.face}`;
    known.set(label, [Math.max(...lines.map((line) => ruler.measureText(line).width)), lines.length * size * LEADING]);
  }
  return known.get(label);
}

// Writes all texts of the drawing: as large on the screen however far away, and none across
// another, under the buttons or cut by the edge, where half a name could be read as another. What
// is selected comes first, then what counts most, by a measure or by ties; the rest shows where
// there is room, so coming nearer shows more.
function writeTexts() {
  const INK = "#1a1a1a";
  const QUIET = "#444";
  const PAPER = "#fff";
  const TIES_FROM = 0.55;
  const MOST_CHOSEN = 40;
  // Where the words of a tie may stand: how far along it, and how much of them above it.
  const ALONG = [[0.5, 0.5], [0.5, 1.1], [0.5, -0.1], [0.38, 0.5], [0.62, 0.5]];
  const CELL = 8;
  const ROWS = 65536;
  const { face } = options.nodes.font;
  const canvas = byId("canvas");
  const { body } = network;
  const nodes = data.nodes;
  const ranked = nodes.map((_, number) => number).sort(byRank);
  const buttons = document.querySelector(".zoom");

  network.on("afterDrawing", (context) => {
    const scale = network.getScale();
    const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
    const { clientWidth: width, clientHeight: height } = canvas;
    const texts = new Set();
    const shapes = new Set();
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.strokeStyle = PAPER;

    // The cells of the screen under a box.
    function cells(x, y, wide, high) {
      const found = [];
      for (let column = Math.floor(x / CELL); column <= (x + wide) / CELL; column++) {
        for (let row = Math.floor(y / CELL); row <= (y + high) / CELL; row++) {
          found.push(column * ROWS + row);
        }
      }
      return found;
    }

    const isSeen = (x, y) => x > -80 && x < width + 80 && y > -40 && y < height + 40;

    const isWhole = (x, y, wide, high) => x >= 0 && y >= 0 && x + wide <= width && y + high <= height;

    // Writes unless something in `avoided`, or the edge, is in the way; where nothing is avoided, in
    // any case. Returns whether there is no more to do.
    function write(label, x, y, size, color, avoided, up, beside = 0) {
      let screenX = (x - left) * scale;
      let screenY = (y - top) * scale;
      if (!isSeen(screenX, screenY)) return true;
      const [wide, high] = measured(label, size);
      screenX += beside + Math.sign(beside) * wide / 2;
      screenY -= high * up;
      if (avoided.length && !isWhole(screenX - wide / 2, screenY, wide, high)) return false;
      const under = cells(screenX - wide / 2, screenY, wide, high);
      if (avoided.some((taken) => under.some((cell) => taken.has(cell)))) return false;
      under.forEach((cell) => texts.add(cell));
      context.font = `${size / scale}px ${face}`;
      context.lineWidth = 4 / scale;
      context.fillStyle = color;
      label.split("\n").forEach((line, place) => {
        const lineX = left + screenX / scale;
        const lineY = top + (screenY + place * size * LEADING) / scale;
        context.strokeText(line, lineX, lineY);
        context.fillText(line, lineX, lineY);
      });
      return true;
    }

    // Below its shape; where there is no room, above, to the right, to the left.
    function name(number, ...choices) {
      const { x, y } = body.nodes[number];
      const { size, font } = nodes[number];
      const text = drawnName(number);
      const color = font?.color ?? INK;
      const away = size + 3 / scale;
      return choices.some((avoided) => write(text, x, y + away, NAME, color, avoided, 0)
        || write(text, x, y - away, NAME, color, avoided, 1)
        || write(text, x, y, NAME, color, avoided, 0.5, away * scale)
        || write(text, x, y, NAME, color, avoided, 0.5, -away * scale));
    }

    function words(number) {
      const { font } = data.edges[number];
      const label = drawnWords(number);
      const { edgeType } = body.edges[number];
      ALONG.some(([part, up]) => {
        const { x, y } = edgeType.getPoint(part);
        return write(label, x, y, TIE, font?.color ?? QUIET, [texts, shapes], up);
      });
    }

    cells(buttons.offsetLeft, buttons.offsetTop, buttons.offsetWidth, buttons.offsetHeight)
      .forEach((cell) => texts.add(cell));
    nodes.forEach(({ size }, number) => {
      if (!visible.nodes[number]) return;
      const { x, y } = body.nodes[number];
      const half = Math.max(size * scale - CELL / 2, 1);
      const screenX = (x - left) * scale;
      const screenY = (y - top) * scale;
      if (!isSeen(screenX, screenY)) return;
      cells(screenX - half, screenY - half, 2 * half, 2 * half).forEach((cell) => shapes.add(cell));
    });

    const chosen = network.getSelection();
    const chosenTies = new Set(chosen.edges.map(Number));
    const chosenNodes = new Set(chosen.nodes.map(Number));
    // The only one that is chosen is named whatever is in the way.
    const alone = chosenNodes.size === 1 ? [...chosenNodes][0] : null;
    if (alone !== null) name(alone, [texts, shapes], []);
    for (const number of chosenTies) {
      chosenNodes.add(ends[number][0]).add(ends[number][1]);
    }
    chosenNodes.forEach((number) => {
      if (number !== alone) name(number, [texts, shapes], [texts]);
    });
    if (chosenTies.size <= MOST_CHOSEN) chosenTies.forEach(words);
    ranked.forEach((number) => {
      if (chosenNodes.has(number) || !visible.nodes[number]) return;
      if (nodes[number].late) name(number, [texts, shapes]);
      else name(number, [texts, shapes], [texts]);
    });
    if (scale < TIES_FROM) return;
    ends.forEach((_, number) => visible.edges[number] && (chosenTies.has(number) || words(number)));
  });
}

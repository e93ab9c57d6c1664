// What is visible as a picture with its title, legend, day and filters: drawn by one of two pens,
// on a canvas or in SVG, so that both show the same.
const INK = "#1a1a1a";
const PALE = "#595959";
const MOST_PIXELS = 24e6;
const MOST_SIDE = 12000;
const SVG_NS = "http://www.w3.org/2000/svg";

// The outline of a shape of vis-network around the origin, as corners; null for a round one.
function corners(shape, size) {
  const around = (many, turn, near = 1) => Array.from({ length: many }, (_, i) => {
    const far = i % 2 ? near : 1;
    const angle = turn + (2 * Math.PI * i) / many;
    return [size * far * Math.cos(angle), size * far * Math.sin(angle)];
  });
  const up = -Math.PI / 2;
  if (shape === "square") return [[-size, -size], [size, -size], [size, size], [-size, size]];
  if (shape === "triangle") return around(3, up);
  if (shape === "triangleDown") return around(3, -up);
  if (shape === "hexagon") return around(6, 0);
  if (shape === "diamond") return around(4, up);
  if (shape === "star") return around(10, up, 0.45);
  if (["box", "database", "ellipse"].includes(shape)) {
    return [[-1.5 * size, -size], [1.5 * size, -size], [1.5 * size, size], [-1.5 * size, size]];
  }
  return null;
}

function svgPen(width, height) {
  const root = document.createElementNS(SVG_NS, "svg");
  const add = (name, attributes, text) => {
    const made = document.createElementNS(SVG_NS, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    root.append(made);
  };
  const round = (number) => Math.round(number * 10) / 10;
  const points = (all) => all.map(([x, y]) => `${round(x)},${round(y)}`).join(" ");
  root.setAttribute("xmlns", SVG_NS);
  root.setAttribute("viewBox", `0 0 ${round(width)} ${round(height)}`);
  root.setAttribute("width", round(width));
  root.setAttribute("height", round(height));
  add("rect", { width: "100%", height: "100%", fill: "#fff" });
  return {
    root,
    line: (all, color, wide, dashes) => add("polyline", {
      points: points(all), fill: "none", stroke: color, "stroke-width": wide, ...(dashes && { "stroke-dasharray": dashes }),
    }),
    area: (all, fill, stroke, wide) => add("polygon", { points: points(all), fill, stroke, "stroke-width": wide }),
    disc: (x, y, size, fill, stroke, wide) => add("circle", { cx: round(x), cy: round(y), r: round(size), fill, stroke, "stroke-width": wide }),
    text: (words, x, y, size, color, anchor) => add("text", {
      x: round(x), y: round(y), "font-size": round(size), "font-family": "system-ui, 'Noto Sans', Arial, sans-serif", fill: color,
      "text-anchor": anchor, stroke: "#fff", "stroke-width": round(size / 4), "stroke-linejoin": "round", "paint-order": "stroke",
    }, words),
  };
}

function canvasPen(width, height, scale) {
  const root = element("canvas", [], { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  const context = root.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.lineJoin = "round";
  const trace = (all) => {
    context.beginPath();
    all.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
  };
  const paint = (fill, stroke, wide) => {
    [context.fillStyle, context.strokeStyle, context.lineWidth] = [fill, stroke, wide];
    context.fill();
    context.stroke();
  };
  return {
    root,
    line: (all, color, wide, dashes) => {
      trace(all);
      [context.strokeStyle, context.lineWidth] = [color, wide];
      context.setLineDash(dashes ? dashes.split(" ").map(Number) : []);
      context.stroke();
      context.setLineDash([]);
    },
    area: (all, fill, stroke, wide) => {
      trace(all);
      context.closePath();
      paint(fill, stroke, wide);
    },
    disc: (x, y, size, fill, stroke, wide) => {
      context.beginPath();
      context.arc(x, y, size, 0, 2 * Math.PI);
      paint(fill, stroke, wide);
    },
    text: (words, x, y, size, color, anchor) => {
      context.font = `${size}px system-ui, "Noto Sans", Arial, sans-serif`;
      context.textAlign = { start: "left", middle: "center" }[anchor];
      [context.strokeStyle, context.lineWidth, context.fillStyle] = ["#fff", size / 4, color];
      context.strokeText(words, x, y);
      context.fillText(words, x, y);
    },
  };
}

function colours(number) {
  const { group, color, borderWidth } = data.nodes[number];
  const own = options.groups[group] ?? {};
  const { background, border } = { ...own.color, ...color };
  return [background, border, borderWidth ?? own.borderWidth ?? 1];
}

function drawShape(pen, shape, x, y, size, look) {
  const outline = corners(shape, size);
  if (outline) pen.area(outline.map(([dx, dy]) => [x + dx, y + dy]), ...look);
  else pen.disc(x, y, size, ...look);
}

function drawTie(pen, number, move) {
  const { edgeType } = network.body.edges[number];
  const { width = 1.3, dashes, color, arrows } = data.edges[number];
  const [start, end] = ends[number];
  const stroke = color?.color ?? options.edges.color.color;
  const bent = data.edges[number].smooth;
  const at = bent || start === end ? [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] : [0, 1];
  const line = at.map((part) => edgeType.getPoint(part)).map(({ x, y }) => move(x, y));
  pen.line(line, stroke, width, dashes && dashes.join(" "));
  if (arrows === "" || start === end) return;
  const [[fromX, fromY], [toX, toY]] = line.slice(-2);
  const angle = Math.atan2(toY - fromY, toX - fromX);
  const back = data.nodes[end].size + 2;
  const [tipX, tipY] = [toX - back * Math.cos(angle), toY - back * Math.sin(angle)];
  const wing = (turn) => [tipX - 9 * Math.cos(angle + turn), tipY - 9 * Math.sin(angle + turn)];
  pen.area([[tipX, tipY], wing(0.4), wing(-0.4)], stroke, stroke, 1);
}

// Remembers where texts stand, so that none is written across another.
function room() {
  const taken = new Set();
  return (x, y, wide, high) => {
    const cells = [];
    for (let column = Math.floor(x / 16); column <= (x + wide) / 16; column++) {
      for (let row = Math.floor(y / 16); row <= (y + high) / 16; row++) cells.push(column * 65536 + row);
    }
    if (cells.some((one) => taken.has(one))) return false;
    cells.forEach((one) => taken.add(one));
    return true;
  };
}

// Returns the picture, drawn by the pen that `makePen(width, height, scale)` gives.
function picture(makePen) {
  const nodes = visibleNodes();
  const at = network.getPositions(nodes);
  const [first, highest, last, lowest] = frame(nodes);
  const [left, top] = [first - 120, highest - 60];
  const width = Math.max(last + 120 - left, 900);
  const drawing = lowest + 80 - top;
  // Title and legend are as large as the whole needs them to be read.
  const unit = Math.max(1, width / 1500);
  const head = filtersInWords();
  const headHeight = (52 + 20 * head.length) * unit;
  const legend = legendOfPicture();
  const perRow = Math.max(1, Math.floor(width / (260 * unit)));
  const height = headHeight + drawing + (Math.ceil(legend.length / perRow) * 24 + 24) * unit;
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)), MOST_SIDE / width, MOST_SIDE / height);
  const pen = makePen(width, height, scale);
  const move = (x, y) => [x - left, y - top + headHeight];
  pen.text(document.querySelector("h1").textContent, 16 * unit, 34 * unit, 24 * unit, INK, "start");
  head.forEach((line, row) => pen.text(line, 16 * unit, (58 + 20 * row) * unit, 14 * unit, PALE, "start"));
  ends.forEach((_, number) => visible.edges[number] && drawTie(pen, number, move));
  const isFree = room();
  const drawnAt = nodes.map((number) => at[number]);
  nodes.forEach((number) => {
    const [x, y] = move(at[number].x, at[number].y);
    drawShape(pen, data.nodes[number].shape ?? "dot", x, y, data.nodes[number].size, colours(number));
  });
  const size = Math.max(13, 8 / scale);
  [...nodes].sort(byRank).forEach((number) => {
    const [x, y] = move(at[number].x, at[number].y);
    const lines = drawnName(number).split("\n");
    const wide = Math.max(...lines.map((line) => line.length)) * size * 0.56;
    const below = y + data.nodes[number].size + size;
    if (!isFree(x - wide / 2, below - size, wide, lines.length * size * 1.15)) return;
    lines.forEach((line, row) => pen.text(line, x, below + row * size * 1.15, size, data.nodes[number].font?.color ?? INK, "middle"));
  });
  ends.forEach((_, number) => {
    if (!visible.edges[number]) return;
    const { x, y } = network.body.edges[number].edgeType.getPoint(0.5);
    const [atX, atY] = move(x, y);
    const words = drawnWords(number).replace("\n", " ");
    const wide = words.length * size * 0.5;
    const covers = (node) => Math.abs(node.x - x) < wide / 2 + 8 && Math.abs(node.y - y) < size + 8;
    if (drawnAt.some(covers)) return;
    if (isFree(atX - wide / 2, atY - size / 2, wide, size)) pen.text(words, atX, atY + size / 3, size * 0.85, PALE, "middle");
  });
  legend.forEach(([draw, words], place) => {
    const [x, y] = [(16 + 260 * (place % perRow)) * unit, headHeight + drawing + (20 + 24 * Math.floor(place / perRow)) * unit];
    draw(pen, x + 10 * unit, y - 4 * unit, unit);
    pen.text(words, x + 34 * unit, y, 13 * unit, INK, "start");
  });
  return pen.root;
}

// An official is a ring; in the legend the ring stands by itself.
const isOfficial = (number) => !data.nodes[number].color && (data.nodes[number].group ?? "").endsWith("/official");

function unringed(number) {
  const [, fill] = colours(number);
  return [fill, INK, 1];
}

function legendOfPicture() {
  const kinds = shown.kinds.flatMap((name, kind) => {
    const mine = [...kindOf.keys()].filter((number) => kindOf[number] === kind && visible.nodes[number]);
    if (!mine.length) return [];
    const first = mine.find((number) => !isOfficial(number)) ?? mine[0];
    const fill = isOfficial(first) ? unringed(first) : colours(first);
    return [[(pen, x, y, unit) => drawShape(pen, data.nodes[first].shape ?? "dot", x, y, 7 * unit, fill), `${name} (${mine.length})`]];
  });
  const levels = ["documented", "reported", "alleged"].flatMap((level) => {
    const mine = levelOf.findIndex((one, tie) => one === level && visible.edges[tie]);
    if (mine < 0) return [];
    const { width = 1.3, dashes } = data.edges[mine];
    return [[(pen, x, y, unit) => pen.line([[x - 10 * unit, y], [x + 16 * unit, y]], options.edges.color.color, width * unit, dashes && dashes.map((one) => one * unit).join(" ")), texts[level]]];
  });
  const official = [...kindOf.keys()].find((number) => visible.nodes[number] && isOfficial(number));
  const ring = (pen, x, y, unit) => drawShape(pen, "dot", x, y, 6 * unit, [...colours(official).slice(0, 2), 3 * unit]);
  const rings = official === undefined ? [] : [[ring, texts.official]];
  return [...kinds, ...levels, [() => {}, texts.disputed], ...rings];
}


// The state, the language and the places of what was moved, kept in the page's address. What comes
// back from there may be anybody's: it is taken only if every part of it is what it should be.
const MARK = "#v1=";
const FARTHEST = 1e6;
const LINK_MS = 300;
let places = {};
let linking = 0;

const isNumber = (below) => (one) => Number.isInteger(one) && one >= 0 && one < below;
const isList = (check) => (list) => Array.isArray(list) && list.length <= count + ends.length && list.every(check);
const isDay = (one) => one === null || (Number.isInteger(one) && Math.abs(one) < FARTHEST);
const isFlag = (one) => one === true || one === false;
const isNear = (one) => Number.isFinite(one) && Math.abs(one) < FARTHEST;
const CHECKS = {
  kinds: isList(isNumber(given.kinds.length)),
  levels: isList((one) => levelOf.includes(one)),
  disputed: isFlag,
  from: isDay,
  to: isDay,
  undated: isFlag,
  hidden: isList(isNumber(count)),
  only: (one) => one === null || isList(isNumber(count))(one),
};

function readLink() {
  if (!location.hash.startsWith(MARK)) return null;
  let read;
  try {
    const bytes = atob(location.hash.slice(MARK.length).replaceAll("-", "+").replaceAll("_", "/"));
    read = JSON.parse(bytes);
  } catch {
    return null;
  }
  const { lang: chosen, state: kept, places: moved } = read ?? {};
  const isState = kept && Object.keys(CHECKS).every((name) => CHECKS[name](kept[name]))
    && (kept.from === null) === (kept.to === null) && kept.from <= kept.to;
  const isMoved = isList((one) => Array.isArray(one) && isNumber(count)(one[0]) && isNear(one[1]) && isNear(one[2]));
  if (!["en", "es"].includes(chosen) || !isState || !isMoved(moved)) return null;
  return { lang: chosen, state: Object.fromEntries(Object.keys(CHECKS).map((name) => [name, kept[name]])), places: moved };
}

function writeLink() {
  const moved = Object.entries(places).map(([number, { x, y }]) => [Number(number), Math.round(x), Math.round(y)]);
  const kept = JSON.stringify({ lang, state, places: moved });
  const isPlain = kept === JSON.stringify({ lang: given.lang, state: EVERYTHING, places: [] });
  const hash = isPlain ? "" : MARK + btoa(kept).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

function linkSoon() {
  clearTimeout(linking);
  linking = setTimeout(writeLink, LINK_MS);
}

// Notes where nodes were moved to: those named, or all that are visible.
function keepPlaces(nodes) {
  Object.assign(places, network.getPositions(nodes ?? visibleNodes()));
  linkSoon();
}


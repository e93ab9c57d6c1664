// The state and the language, kept in the page's address. What comes back from there may be
// anybody's, or of another page: it is taken only if every part of it is what it should be.
const MARK = "#v1=";
const FARTHEST = 1e6;
const LINK_MS = 300;
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
  open: isFlag,
  hidden: isList(isNumber(count)),
  only: (one) => one === null || isList(isNumber(count))(one),
  places: isList((one) => Array.isArray(one) && one.length === 3 && isNumber(count)(one[0]) && isNear(one[1]) && isNear(one[2])),
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
  const { lang: chosen, page, state: kept } = read ?? {};
  const isState = kept && Object.keys(CHECKS).every((name) => CHECKS[name](kept[name]))
    && (kept.from === null) === (kept.to === null) && kept.from <= kept.to;
  if (!["en", "es"].includes(chosen) || page !== given.page || !isState) return null;
  return { lang: chosen, state: Object.fromEntries(Object.keys(EVERYTHING).map((name) => [name, kept[name]])) };
}

function writeLink() {
  const isPlain = lang === given.lang && isSame(state, EVERYTHING);
  const kept = btoa(JSON.stringify({ lang, page: given.page, state }));
  const hash = isPlain ? "" : MARK + kept.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  if (hash !== location.hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

function linkSoon() {
  clearTimeout(linking);
  linking = setTimeout(writeLink, LINK_MS);
}

// Notes where nodes were moved to: those named, or all that are visible.
function keepPlaces(nodes) {
  const all = new Map(state.places.map((place) => [place[0], place]));
  for (const [number, { x, y }] of Object.entries(network.getPositions(nodes ?? visibleNodes()))) {
    all.set(Number(number), [Number(number), Math.round(x), Math.round(y)]);
  }
  change({ places: [...all.values()] });
}

async function copyLink() {
  writeLink();
  try {
    await navigator.clipboard.writeText(location.href);
    sayFound(texts.copied);
  } catch {
    sayFound(texts.not_copied);
  }
}

function startLink() {
  byId("copy").addEventListener("click", () => {
    copyLink();
    byId("copy").closest("details").open = false;
  });
  // Somebody has put another address of this page in.
  addEventListener("hashchange", () => {
    const kept = readLink();
    if (!kept) {
      // A jump to a source, or to the tables, takes the state's place in the address.
      linkSoon();
      return;
    }
    if (kept.lang !== lang) speakAnew(kept.lang);
    change(kept.state);
  });
  listeners.push(linkSoon);
}


// The days that are looked at: what begins, ends or goes on in them is visible.
const DAY_MS = 86400000;
const PLAY_MS = 250;
const STEPS = 80;
const allSpans = [...nodeSpans, ...edgeSpans].filter(Boolean);
const FIRST_DAY = allSpans.reduce((least, [day]) => Math.min(least, day), Infinity);
const LAST_DAY = allSpans.reduce((most, [, day]) => Math.max(most, day), -Infinity);
const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
// The first day of a day, a month or a year, or the last one; null for anything else.
function dayNumber(text, isLast) {
  const [, year, month, day] = text.trim().match(/^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/) ?? [];
  if (!year) return null;
  if (day) {
    const found = Math.round(Date.parse(`${text.trim()}T00:00:00Z`) / DAY_MS);
    return Number.isNaN(found) || dayText(found) !== text.trim() ? null : found;
  }
  if (month && !(month >= 1 && month <= 12)) return null;
  const [from, to] = month ? [month - 1, Number(month)] : [0, 12];
  return Date.UTC(year, isLast ? to : from, 1) / DAY_MS - (isLast ? 1 : 0);
}
let playing = 0;

function lookAt(from, to, series) {
  const [first, last] = [Math.max(from, FIRST_DAY), Math.min(to, LAST_DAY)];
  const whole = first <= FIRST_DAY && last >= LAST_DAY;
  change(whole ? { from: null, to: null } : { from: first, to: Math.max(first, last) }, series);
}

function stopPlaying() {
  clearInterval(playing);
  playing = 0;
  byId("play").textContent = texts.play;
}

function play() {
  if (playing) {
    stopPlaying();
    return;
  }
  const [from, to] = [state.from ?? FIRST_DAY, state.to ?? LAST_DAY];
  const whole = state.from === null || to >= LAST_DAY;
  const step = Math.max(1, Math.round((LAST_DAY - FIRST_DAY) / STEPS));
  const length = state.from === null ? 6 * step : to - from;
  if (whole) lookAt(FIRST_DAY, FIRST_DAY + length, "play");
  byId("play").textContent = texts.stop;
  let { from: since, to: until } = state;
  playing = setInterval(() => {
    // Other days than it came to were chosen meanwhile, or an act undone: they stay.
    if (state.from !== since || state.to !== until) {
      stopPlaying();
      return;
    }
    lookAt(state.from + step, state.from + step + length, "play");
    ({ from: since, to: until } = state);
    if (until === null || until >= LAST_DAY) stopPlaying();
  }, PLAY_MS);
}

function startTime() {
  if (!byId("time")) return;
  const [from, to, first, last, undated, open] = ["from", "to", "first", "last", "undated", "open"].map(byId);
  for (const one of [from, to]) [one.min, one.max] = [FIRST_DAY, LAST_DAY];
  from.addEventListener("input", () => lookAt(Number(from.value), Math.max(Number(from.value), Number(to.value)), "time"));
  to.addEventListener("input", () => lookAt(Math.min(Number(from.value), Number(to.value)), Number(to.value), "time"));
  for (const one of [first, last]) {
    one.addEventListener("change", () => {
      const [start, end] = [dayNumber(first.value, false), dayNumber(last.value, true)];
      if (start === null || end === null || start > end) tell();
      else lookAt(start, end, "time");
    });
  }
  undated.addEventListener("change", () => change({ undated: undated.checked }));
  open.addEventListener("change", () => change({ open: open.checked }));
  byId("play").addEventListener("click", play);
  const share = (day) => `${(100 * (day - FIRST_DAY)) / Math.max(1, LAST_DAY - FIRST_DAY)}%`;
  follow(() => {
    const [start, end] = [state.from ?? FIRST_DAY, state.to ?? LAST_DAY];
    [from.value, to.value, first.value, last.value] = [start, end, dayText(start), dayText(end)];
    from.setAttribute("aria-valuetext", dayText(start));
    to.setAttribute("aria-valuetext", dayText(end));
    from.parentElement.style.setProperty("--from", share(start));
    from.parentElement.style.setProperty("--to", share(end));
    // Where both are at the end, the one that can still be moved lies on top.
    from.classList.toggle("above", start - FIRST_DAY > LAST_DAY - end);
    [undated.checked, open.checked] = [state.undated, state.open];
    byId("play").textContent = playing ? texts.stop : texts.play;
  });
}


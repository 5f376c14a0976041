// What holds just now, kept true for as long as the page is open, and the hours in the reader's own time where that is
// another. Without this the page says what held when it was sent.

const OURS = "Europe/Stockholm"; // the zone of all hours, as in opening_hours.py
const MINUTE = 60_000;

const language = document.documentElement.lang;
const read = (options) => new Intl.DateTimeFormat(language, options);
const hour = read({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
const weekday = read({ weekday: "short" });
const ourHour = read({ timeZone: OURS, hour: "2-digit", minute: "2-digit", hourCycle: "h23", weekday: "short" });
const ownHour = read({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", weekday: "short" });
const ourDay = new Intl.DateTimeFormat("sv", { timeZone: OURS }); // 2026-11-24

const isSameHere = (moment) => ourHour.format(moment) === ownHour.format(moment);

// 8:30, or tis 23:00 where that is another day for the reader.
function own(moment, day) {
  const time = hour.format(moment).replace(/^0(?=\d)/, "");
  return weekday.format(moment) === weekday.format(day) ? time : `${weekday.format(moment)} ${time}`;
}

function statusOf(place) {
  const { openNow, ownTime } = place.dataset;
  const changes = JSON.parse(openNow).map(([from, state, words]) => ({ from: new Date(from), state, words }));
  return (now) => {
    const held = changes.findLast(({ from }) => from <= now);
    if (!held) return changes[0].from; // the reader's clock is behind: what the page was sent with stands
    const next = changes.find(({ from, state }) => from > now && state !== held.state);
    place.hidden = !held.state;
    place.className = place.className.replace(/open-now--\S+/, `open-now--${held.state}`);
    place.textContent = held.words;
    if (ownTime && next?.state && !isSameHere(next.from)) place.append(` (${own(next.from, now)} ${ownTime})`);
    return changes.find(({ from }) => from > now)?.from;
  };
}

function weekOf(place) {
  const { today, ownTime } = place.dataset;
  for (const cell of place.querySelectorAll("td")) {
    const times = [...cell.querySelectorAll("time")].map(({ dateTime }) => new Date(dateTime));
    const day = new Date(`${cell.parentElement.dataset.day}T12:00`);
    const spans = times.flatMap((opens, at) => (at % 2 ? [] : [`${own(opens, day)}–${own(times[at + 1], day)}`]));
    if (times.every(isSameHere)) continue;
    const line = document.createElement("span");
    line.className = "week__own";
    line.textContent = `${spans.join(", ")} ${ownTime}`;
    cell.append(" ", line);
  }
  return (now) => {
    const isToday = (row) => row.dataset.day === ourDay.format(now);
    for (const row of place.rows) {
      row.querySelector(".week__today")?.remove();
      row.removeAttribute("aria-current");
      if (!isToday(row)) continue;
      const mark = document.createElement("span");
      mark.className = "week__today";
      mark.textContent = today;
      row.setAttribute("aria-current", "date");
      row.cells[0].append(" ", mark);
    }
  };
}

const shown = [
  ...[...document.querySelectorAll("[data-open-now]")].map(statusOf),
  ...[...document.querySelectorAll("[data-week]")].map(weekOf),
];
let timer;

function tick() {
  const now = new Date();
  const changes = shown.map((show) => show(now)).filter(Boolean);
  clearTimeout(timer);
  timer = setTimeout(tick, Math.min(MINUTE - (now.getTime() % MINUTE), ...changes.map((change) => change - now)));
}

if (shown.length) {
  tick();
  document.addEventListener("visibilitychange", tick); // a machine that slept has missed its time
}

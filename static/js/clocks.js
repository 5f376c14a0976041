// Two clocks side by side, ours and the town's, for as long as the page is open. Without this the page tells the
// difference in words.

const language = document.documentElement.lang;

function clock(zone, name) {
  const box = document.createElement("p");
  const place = document.createElement("span");
  const time = document.createElement("time");
  const day = document.createElement("span");
  box.className = "clock";
  place.className = "clock__place";
  time.className = "clock__time";
  day.className = "clock__day";
  place.textContent = name;
  box.append(place, " ", time, " ", day);
  const told = (options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  const hour = told({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  const weekday = told({ weekday: "long" });
  return {
    box,
    show(now) {
      time.textContent = hour.format(now).replace(/^0(?=\d)/, "");
      day.textContent = weekday.format(now);
    },
  };
}

for (const place of document.querySelectorAll("[data-clocks]")) {
  const { here, hereName, there, thereName } = place.dataset;
  const clocks = [clock(there, thereName), clock(here, hereName)];
  place.append(...clocks.map(({ box }) => box));
  const tick = () => {
    const now = new Date();
    clocks.forEach(({ show }) => show(now));
    setTimeout(tick, 60_000 - (now.getTime() % 60_000));
  };
  tick();
}

// Tells the server that this form is open for as long as it is looked at, and the reader who else has it open.

const EVERY = 20_000;

for (const place of document.querySelectorAll("[data-presence]")) {
  const { csrfmiddlewaretoken } = place.closest("form").elements;

  const tell = (more, options) =>
    fetch(place.dataset.presence, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({
        csrfmiddlewaretoken: csrfmiddlewaretoken.value,
        address: location.pathname + location.search, // autosave moves it on when a draft comes to be
        ...more,
      }),
      ...options,
    });

  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await tell();
      if (!answer.ok) return;
      const { words } = await answer.json();
      if (words !== place.textContent) place.textContent = words;
    } catch {
      // Without a network: the next time tells.
    }
  };

  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => tell({ left: 1 }, { keepalive: true }).catch(() => {})); // nobody is left to tell
  // Also at first: a form that was sent and has opened again is left after the server has marked it.
  addEventListener("pageshow", ask);
}

// Saves the draft while one writes. Without this the button does.

const QUIET = 2_000; // after the last change
const LONGEST = 5_000; // while one goes on writing
const SLOW = 20_000; // no answer comes any more
const LAST_RETRY = 30_000;

const isRefused = ({ type, status }) => type === "opaqueredirect" || status === 401 || status === 403;

// After a login in another tab the token of this page no longer holds; a new copy of the page has one that does.
async function renewToken() {
  const answer = await fetch(location.href, { redirect: "manual" });
  if (!answer.ok) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token ?? field.value;
  return Boolean(token);
}

function setUp(form) {
  const place = form.querySelector("[data-autosave-state]");
  const lines = {
    quiet: place.querySelector("[data-told-quietly]"),
    status: place.querySelector("[role=status]"),
    alert: place.querySelector("[role=alert]"),
  };
  const words = place.dataset;
  let request, timer, waitsSince;
  let failures = 0;
  let isStopped = false; // somebody else changed it
  let isRefusedNow = false; // logged out
  let isLeaving = false;
  let isTold = false;

  // What is kept: all but the fields of the bar and what tells this page's state.
  const content = (own = form) => {
    const others = form.querySelectorAll("[data-not-drafted] [name]");
    const names = new Set(["csrfmiddlewaretoken", "started_from", "form", "turn", ...[...others].map(({ name }) => name)]);
    return String(new URLSearchParams([...new FormData(own)].filter(([name]) => !names.has(name))));
  };
  // What the server sent: somebody may have written before this module came, or the browser put it back.
  const asSent = form.cloneNode(true);
  asSent.reset();
  let saved = "unsaved" in form.dataset ? "" : content(asSent);
  const isUnsaved = () => content() !== saved;

  const tell = (where, ...what) => {
    for (const [name, line] of Object.entries(lines)) line.replaceChildren(...(name === where ? what : []));
  };

  // Whether anything has changed is asked when the time has come: some pickers set a field without a word.
  const changed = () => {
    isLeaving = false; // whoever still writes has not left
    if (request || failures || isStopped || isRefusedNow) return;
    const now = Date.now();
    waitsSince ??= now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.min(QUIET, waitsSince + LONGEST - now));
  };

  // Requests may overtake one another: what comes late is known by its turn.
  const takeTurn = () => (form.elements.turn.value = Number(form.elements.turn.value) + 1);

  const post = (signal) => {
    takeTurn();
    return fetch(form.dataset.autosave, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams([...new FormData(form), ["_autosave", "1"]]),
      signal,
    });
  };

  async function save() {
    clearTimeout(timer);
    waitsSince = undefined;
    if (request || isStopped || isLeaving) return;
    if (!isUnsaved()) {
      if (failures) tell(); // what could not be saved has been undone
      failures = 0;
      return;
    }
    const own = (request = new AbortController());
    const tooSlow = setTimeout(() => own.abort(), SLOW);
    const sent = content();
    try {
      let answer = await post(own.signal);
      if (isRefused(answer) && (await renewToken())) answer = await post(own.signal);
      if (isRefused(answer)) refused();
      else if (answer.status === 409) stopped(await answer.json());
      else if (answer.ok) succeeded(await answer.json(), sent);
      else failed();
    } catch {
      if (request === own) failed();
    }
    clearTimeout(tooSlow);
    if (request !== own) return; // a button took over
    request = undefined;
    if (isUnsaved()) changed();
  }

  function succeeded({ saved: when, started_from: token, address }, sent) {
    saved = sent;
    const isNews = !isTold || failures || isRefusedNow;
    failures = 0;
    isRefusedNow = false;
    if (!when) return tell(); // nothing differs from what is stored
    isTold = true;
    form.elements.started_from.value = token;
    form.setAttribute("action", address);
    form.dataset.autosave = address;
    history.replaceState(history.state, "", address);
    for (const part of form.querySelectorAll("[data-with-draft]")) part.hidden = false;
    tell(isNews ? "status" : "quiet", words.saved.replace("{time}", when));
  }

  function failed() {
    failures += 1;
    if (failures === 1) tell("status", words.failed);
    timer = setTimeout(save, Math.min(QUIET * 2 ** (failures - 1), LAST_RETRY));
  }

  function refused() {
    isRefusedNow = true;
    failures = 0;
    const link = document.createElement("a");
    link.href = words.logInAddress;
    link.target = "_blank";
    link.textContent = words.logIn;
    tell("alert", words.loggedOut, " ", link);
  }

  function stopped({ message }) {
    isStopped = true;
    tell("alert", `${message} ${words.conflict}`);
  }

  // A button sends all that is here itself, so that a request under way must not come after it.
  form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (isRefusedNow) {
      event.preventDefault(); // it would lead to the login, and what is written here would be gone
      isRefusedNow = !(await renewToken().catch(() => false));
      if (isRefusedNow) lines.alert.querySelector("a").focus();
      else form.requestSubmit(submitter);
      return;
    }
    clearTimeout(timer);
    takeTurn();
    const running = request;
    request = undefined;
    running?.abort();
    if (submitter?.formTarget === "_blank") changed();
    else isLeaving = true;
  });

  for (const name of ["input", "change", "focusin", "formset:added"]) form.addEventListener(name, changed);
  document.addEventListener("formset:removed", changed);
  window.django?.jQuery(form).on("change", changed); // the choosers of related rows tell nobody else
  addEventListener("online", save);
  document.addEventListener("visibilitychange", save); // a hidden page may be closed by the phone
  addEventListener("pageshow", ({ persisted }) => persisted && changed());
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && isUnsaved()) event.preventDefault();
  });
  if (isUnsaved()) changed();
}

for (const form of document.querySelectorAll("form[data-autosave]")) setUp(form);

// Suggestions below a search field while one types: a combobox as the ARIA Authoring Practices describe it. Without
// this the field is a plain form.

const WAIT = 180;
const SHORTEST = 2;

function suggest(input) {
  const { suggestions: address, suggestionsName, suggestionsNone, suggestionsOne, suggestionsMany } = input.dataset;
  const list = document.createElement("ul");
  const told = document.createElement("div");
  list.className = "suggestions";
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", suggestionsName);
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  let timer, asking, chosen = -1;

  const setUp = () => {
    input.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }
    input.setAttribute("aria-controls", list.id);
  };

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  };

  const choose = (number) => {
    chosen = number;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  };

  const go = (option) => location.assign(option.dataset.address);

  const show = (found) => {
    list.replaceChildren(
      ...found.map(({ title, lang, kind, address }, number) => {
        const option = document.createElement("li");
        const name = document.createElement("span");
        const what = document.createElement("span");
        option.className = "suggestion";
        option.id = `${list.id}-${number}`;
        option.dataset.address = address;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        name.textContent = title;
        name.lang = lang;
        what.className = "suggestion__kind";
        what.textContent = kind;
        option.append(name, " ", what);
        return option;
      }),
    );
    choose(-1);
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent =
      found.length > 1 ? suggestionsMany.replace("#", found.length) : found.length ? suggestionsOne : suggestionsNone;
  };

  const ask = async () => {
    asking?.abort();
    const query = input.value.trim();
    if (query.length < SHORTEST) return close();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (!signal.aborted && document.activeElement === input) show(suggestions);
    } catch {
      // Cut off by the next letter, or without a network: the form works all the same.
    }
  };

  input.addEventListener("focus", setUp, { once: true });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (list.hidden || event.isComposing) return;
    else if (event.key === "ArrowDown") {
      event.preventDefault();
      choose(chosen < last ? chosen + 1 : -1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen < 0 ? last : chosen - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      go(list.children[chosen]);
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
}

document.querySelectorAll("[data-suggestions]").forEach(suggest);

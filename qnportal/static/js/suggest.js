// Titles and numbers while a reader types into the search box: the combobox with a list of the ARIA practices.
// Without this file the box is a plain form.
(() => {
  const form = document.querySelector("form[data-suggest]");
  const field = form && form.querySelector("input[name=q]");
  if (!field) return;

  const PAUSE = 120;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let active = -1;
  let timer = 0;
  let asked = 0;

  list.id = "goi-y";
  list.className = "search__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.placeholder);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.autocomplete = "off";
  form.append(list, status);

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    active = place;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }
  }

  function show(found) {
    options = found.map((entry, number) => {
      const option = document.createElement("li");
      option.id = `goi-y-${number}`;
      option.className = "search__option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = entry.title;
      option.addEventListener("mousedown", (event) => {
        event.preventDefault();
        location.assign(entry.url);
      });
      option.dataset.url = entry.url;
      return option;
    });
    list.replaceChildren(...options);
    status.textContent = options.length ? `${options.length} ${form.dataset.suggestCount}` : "";
    if (!options.length || document.activeElement !== field) return close();
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(-1);
  }

  async function ask() {
    const text = field.value.trim();
    const turn = ++asked;
    if (text.length < 2) return show([]);
    try {
      const answer = await fetch(form.dataset.suggest + encodeURIComponent(text));
      const found = answer.ok ? await answer.json() : [];
      // An answer that comes after a later question is no answer.
      if (turn === asked) show(found);
    } catch {
      if (turn === asked) show([]);
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      // From the field down to the first, from the last back to the field.
      mark(((active + 1 + step + options.length + 1) % (options.length + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      location.assign(options[active].dataset.url);
    }
  });
})();

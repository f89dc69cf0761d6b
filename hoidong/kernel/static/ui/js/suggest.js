// Selects with search in them. The library is loaded only on pages that have one.

import { word } from "./words.js";

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = word("tomSelect");
    script.onload = () => resolve(window.TomSelect);
    script.onerror = () => {
      loading = null; // the next who needs it asks again
      script.remove();
      reject();
    };
    document.head.append(script);
  });
  return loading;
}

function option(item, escape) {
  return `<div>${escape(item.text)}${item.note ? `<small>${escape(item.note)}</small>` : ""}</div>`;
}

function dress(TomSelect, select) {
  const address = select.dataset.loadUrl;
  let asked = 0;
  let failed = false;
  const settings = {
    maxOptions: 200,
    placeholder: select.getAttribute("placeholder") ?? "",
    hidePlaceholder: true,
    plugins: select.multiple ? { remove_button: { title: word("remove") } } : {},
    render: {
      option,
      no_results: () => `<div class="no-results">${word(failed ? "searchFailed" : "noneFound")}</div>`,
      loading: () => `<div class="loading-more">${word("searching")}</div>`,
    },
  };
  if (address) {
    Object.assign(settings, {
      valueField: "value",
      labelField: "text",
      searchField: [],
      // The server knows accents, old names and misspellings; nothing is sorted out again here.
      score: () => () => 1,
      load: (query, done) => {
        asked += 1;
        const mine = asked;
        fetch(`${address}${address.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : {}))
          .catch(() => ({}))
          .then(({ results }) => {
            if (mine !== asked) return done(); // words typed since then were asked for as well
            failed = !results;
            // No choices of other words stay; and what could not be asked is asked again when it is typed again.
            select.tomselect.clearOptions((kept) => select.tomselect.items.includes(String(kept.value)));
            return done(results ?? []);
          });
      },
      shouldLoad: (query) => query.trim().length > 0,
    });
  }
  const words = select.labels?.[0]?.textContent.trim() ?? select.name;
  new TomSelect(select, settings);
  // The library moves the label to its own field; the select behind it keeps a name of its own.
  select.setAttribute("aria-label", words);
}

export function start(root) {
  const found = [...root.querySelectorAll("select[data-suggest]:not(.tomselected)")];
  if (!found.length) return;
  library()
    .then((TomSelect) => {
      for (const select of found) if (!select.tomselect) dress(TomSelect, select);
    })
    .catch(() => {
      for (const select of found) select.addEventListener("focus", () => start(root), { once: true });
    });
}

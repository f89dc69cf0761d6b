// Selects with search in them. The library is loaded only on pages that have one.

import { word } from "./words.js";

let loading = null;

function library() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = word("tomSelect");
    script.onload = () => resolve(window.TomSelect);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

function option(item, escape) {
  return `<div>${escape(item.text)}${item.note ? `<small>${escape(item.note)}</small>` : ""}</div>`;
}

function dress(TomSelect, select) {
  const address = select.dataset.loadUrl;
  const settings = {
    maxOptions: 200,
    placeholder: select.getAttribute("placeholder") ?? "",
    hidePlaceholder: true,
    plugins: select.multiple ? { remove_button: { title: word("remove") } } : {},
    render: {
      option,
      no_results: () => `<div class="no-results">${word("noneFound")}</div>`,
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
        fetch(`${address}${address.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
          .then((answer) => answer.json())
          .then((found) => {
            select.tomselect.clearOptions((kept) => select.tomselect.items.includes(String(kept.value)));
            done(found.results);
          })
          .catch(() => done());
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
    .catch(() => {});
}

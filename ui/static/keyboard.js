// The keyboard, everywhere in the app; ui/components/shortcuts.py lists the keys.
(() => {
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable=true], .q-dialog") !== null;
  const click = (selector) => {
    const found = [...document.querySelectorAll(selector)].filter((e) => e.offsetParent !== null && !e.disabled);
    found.at(-1)?.click();
    return found.length > 0;
  };
  const move = (elements, step) => {
    const now = elements.indexOf(document.activeElement);
    elements[Math.max(0, Math.min(elements.length - 1, now + step))]?.focus();
  };
  const rows = () => [...document.querySelectorAll(".data-table tbody tr[tabindex]")];

  // Ticking, sorting and turning pages draw a table anew, and its pager waits
  // meanwhile; a gesture takes its row off a list: the row, the heading or the button
  // that had the focus gets it back, or the one now in its place.
  const focusable = [
    ".data-table tbody tr[tabindex]",
    ".data-table thead th[tabindex]",
    ".data-table .q-table__bottom button",
    ".list-row button",
    ".pages button",
  ];
  const alike = (selector) => [...document.querySelectorAll(selector)];
  let had = null;
  const giveBack = () => {
    if (!had || document.activeElement !== document.body) return;
    if (document.querySelector(".q-dialog, .q-menu")) return; // it gives the focus back
    const there = alike(had.selector);
    const found = there[had.at] ?? there.at(-1);
    if (!found?.disabled) return found?.focus();
    // The last page was reached: the button beside it leads back.
    [...found.parentElement.querySelectorAll("button:enabled")].at(-1)?.focus();
  };
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest(".q-dialog, .q-menu")) return; // opened from what had the focus
    const places = focusable.map((selector) => ({ selector, at: alike(selector).indexOf(target) }));
    had = places.find(({ at }) => at >= 0) ?? null;
  });
  document.addEventListener("pointerdown", () => (had = null));
  new MutationObserver(giveBack).observe(document.documentElement, {
    attributeFilter: ["disabled"],
    childList: true,
    subtree: true,
  });

  const hits = () => [...document.querySelectorAll(".search-box input, .search-result")];

  const actions = {
    j: () => move(rows(), 1),
    k: () => move(rows(), -1),
    "?": () => click(".shortcuts-button"),
  };
  const handle = (event) => {
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "k") {
      document.querySelector(".search-box input")?.select();
      return true;
    }
    if ((event.ctrlKey || event.metaKey) && key === "Enter") {
      return click(document.querySelector(".q-dialog") ? ".q-dialog .primary-action" : ".primary-action");
    }
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "s" && click("[data-saves]")) return true;
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) return click(`[data-shortcut="${event.code.at(-1)}"]`);
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (target.closest(".search")) {
      if (key === "ArrowDown" || key === "ArrowUp") return move(hits(), key === "ArrowDown" ? 1 : -1) ?? true;
      if (key === "Escape") return target.blur() ?? true;
      if (key === "Enter" && target.matches("input")) return click(".search-results:has(.search-result) .search-result:first-child");
      return false;
    }
    if (key === "Escape" && target.closest(".call-note")) return target.blur() ?? true;
    if (isTyping(target) || document.querySelector(".q-dialog")) return false;
    // A letter presses the last button on screen that bears it (data-key).
    if (/^([a-z]|Arrow(Left|Right))$/.test(key) && !event.repeat && click(`[data-key="${key}"]`)) return true;
    if (!(key in actions)) return false;
    actions[key]();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (handle(event)) event.preventDefault();
  });
})();

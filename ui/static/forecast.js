// « Prévisions »: cards are dragged, ticked, or moved with the arrows; the page is told.
(() => {
  const board = () => document.querySelector(".forecast");
  const tell = (name, detail) => board().dispatchEvent(new CustomEvent(name, { detail }));
  const cardOf = (target) => target.closest?.(".forecast [data-card]");
  const columnOf = (element) => element.closest(".forecast-column");
  const ticked = () => [...board().querySelectorAll("[data-card] > input:checked")].map((box) => box.parentElement.dataset.card);
  const together = (card) => (ticked().includes(card.dataset.card) ? ticked() : [card.dataset.card]);
  const light = (column) => {
    board()?.querySelectorAll(".forecast-over").forEach((one) => one !== column && one.classList.remove("forecast-over"));
    column?.classList.add("forecast-over");
  };

  let dragged = null;
  const target = (event) => {
    const column = dragged && event.target.closest?.(".forecast-column[data-week]");
    if (column) event.preventDefault();
    return column || null;
  };
  document.addEventListener("dragstart", (event) => {
    const card = cardOf(event.target);
    if (!card) return;
    dragged = together(card);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.innerText);
  });
  // WebKit tells the pointer's last step as an entry alone, when it ends on another element.
  for (const over of ["dragenter", "dragover"]) document.addEventListener(over, (event) => dragged && light(target(event)));
  document.addEventListener("dragend", () => light((dragged = null)));
  document.addEventListener("drop", (event) => {
    const column = target(event);
    if (column) tell("dropped", { cards: dragged, column: Number(column.dataset.column) });
    light((dragged = null));
  });

  document.addEventListener("change", (event) => cardOf(event.target) && tell("ticked", { cards: ticked() }));
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".forecast [data-more]");
    if (button) tell("asked", { cards: together(cardOf(button)) });
  });

  // A card that moved is drawn anew elsewhere: the focus follows it.
  let wanted = null;
  document.addEventListener("pointerdown", () => (wanted = null));
  new MutationObserver(() => {
    if (!wanted || !board() || document.activeElement !== document.body) return;
    const column = board().querySelector(`[data-column="${wanted.column}"]`);
    const card = [...(column?.querySelectorAll("[data-who]") ?? [])].find((one) => one.dataset.who === wanted.who);
    card?.focus();
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }).observe(document.documentElement, { childList: true, subtree: true });

  const steps = { ArrowLeft: -1, ArrowRight: 1 };
  const walks = { ArrowUp: -1, ArrowDown: 1 };
  document.addEventListener("keydown", (event) => {
    const card = event.target;
    if (!card.matches?.(".forecast [data-card]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in steps) {
      const to = Number(columnOf(card).dataset.column) + steps[key];
      if (board().querySelector(`[data-column="${to}"][data-week]`)) {
        wanted = { column: to, who: card.dataset.who };
        tell("dropped", { cards: together(card), column: to });
      }
    } else if (key in walks) {
      const cards = [...columnOf(card).querySelectorAll("[data-card]")].filter((one) => one.offsetParent !== null);
      cards[cards.indexOf(card) + walks[key]]?.focus();
    } else if (key === " ") card.querySelector(":scope > input")?.click();
    else if (key === "Enter") tell("asked", { cards: together(card) });
    else return;
    event.preventDefault();
  });
})();

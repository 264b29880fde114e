"use strict";
(() => {
  const marks = new Map();
  for (const node of document.querySelectorAll("[data-k]")) {
    for (const key of node.dataset.k.split(" ")) {
      if (!marks.has(key)) marks.set(key, []);
      marks.get(key).push(node);
    }
  }
  const cards = [...document.querySelectorAll(".card, .incident")];
  const chips = [...document.querySelectorAll("a[data-e]")];
  const split = (keys) => (keys || "").split(" ").filter(Boolean);
  const each = (keys, act) => split(keys).forEach((key) => (marks.get(key) || []).forEach(act));
  const drop = (name) => document.querySelectorAll("." + name).forEach((node) => node.classList.remove(name));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chosen = null;

  function show(node, block) {
    if (node) node.scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
  }

  function clear() {
    ["on", "lit", "part"].forEach(drop);
    chosen = null;
  }

  function choose(card, from) {
    clear();
    if (!card) return;
    chosen = card;
    card.classList.add("on");
    const key = card.dataset.e;
    if (card.matches(".incident")) return show(card, "start");
    chips.forEach((chip) => chip.classList.toggle("on", chip.dataset.e === key));
    each(key, (node) => node.classList.add("lit"));
    each(card.dataset.parts, (node) => node.classList.add("part"));
    const words = (marks.get(key) || []).find((node) => node.classList.contains("trigger"));
    if (from !== "text") show(words, "center");
    const column = card.closest(".cards");
    if (from !== "card" && column && getComputedStyle(column).position === "sticky") {
      column.scrollTo({ top: card.offsetTop - column.offsetTop - 60, behavior: still ? "auto" : "smooth" });
    }
  }

  const cardOf = (key) => cards.find((card) => card.dataset.e === key);

  function told(node) {
    const keys = split(node.dataset.k).filter((key) => cardOf(key));
    const at = chosen ? keys.indexOf(chosen.dataset.e) : -1;
    return cardOf(keys[(at + 1) % keys.length]);
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    if (target.closest(".close")) return clear();
    const chip = target.closest("a[data-e]");
    if (chip) {
      event.preventDefault();
      return choose(cardOf(chip.dataset.e), "chip");
    }
    const word = target.closest(".text [data-k]");
    if (word) {
      const card = told(word);
      if (word.matches("a")) event.preventDefault();
      if (card && (word.matches("a") || !window.getSelection().toString())) choose(card, "text");
      return;
    }
    const card = target.closest(".card");
    if (card) {
      if (target.closest("a")) event.preventDefault();
      return choose(card, "card");
    }
    const row = target.closest("tr[data-f]");
    if (row) {
      clear();
      each(row.dataset.f, (node) => node.classList.add("part"));
      show((marks.get(split(row.dataset.f)[0]) || [])[0], "center");
    }
  });

  function near(event, on) {
    const target = event.target instanceof Element && event.target.closest("[data-f], .card");
    if (!target) return;
    const keys = target.dataset.f || target.dataset.e;
    drop("near");
    if (on) each(keys, (node) => node.classList.add("near"));
  }
  document.addEventListener("mouseover", (event) => near(event, true));
  document.addEventListener("mouseout", (event) => near(event, false));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !cards.length) return;
    if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    if (event.key === "Escape") return clear();
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const at = chosen ? cards.indexOf(chosen) + step : step > 0 ? 0 : cards.length - 1;
    choose(cards[Math.min(Math.max(at, 0), cards.length - 1)], "keys");
  });

  for (const reading of document.querySelectorAll(".reading")) {
    const text = reading.querySelector(".text");
    for (const box of reading.querySelectorAll("[data-layer]")) {
      const apply = () => text.classList.toggle("show-" + box.dataset.layer, box.checked);
      box.addEventListener("change", apply);
      apply();
    }
  }
  if (location.hash) choose(cardOf(location.hash.slice(1)), "link");
})();

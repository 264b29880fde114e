// Where the cards of the margin stand: beside their sentence, below one another where sentences are close.

import type { Text } from "./words";

const GAP = 8;
const wide = matchMedia("(min-width: 66rem)");

export function settle(page: HTMLElement, cards: HTMLElement[], text: Text, chosen: HTMLElement | null): void {
  page.classList.toggle("laid", wide.matches);
  if (!wide.matches) {
    for (const card of cards) card.style.removeProperty("top");
    page.style.removeProperty("min-height");
    return;
  }
  const top = page.getBoundingClientRect().top;
  const heights = cards.map((card) => card.offsetHeight);
  const wanted = cards.map((card) => {
    const piece = text.over(Number(card.dataset["start"]), Number(card.dataset["start"]) + 1)[0];
    return piece ? (piece.element.getClientRects()[0]?.top ?? top) - top : 0;
  });
  const tops = [...wanted];
  const first = chosen ? cards.indexOf(chosen) : -1;
  for (let k = first - 1; k >= 0; k--) tops[k] = Math.min(tops[k]!, tops[k + 1]! - heights[k]! - GAP);
  let free = 0;
  cards.forEach((card, k) => {
    tops[k] = Math.max(tops[k]!, free);
    free = tops[k]! + heights[k]! + GAP;
    card.style.top = `${tops[k]}px`;
  });
  page.style.minHeight = `${free}px`;
}

export function resettle(act: () => void): void {
  wide.addEventListener("change", act);
  addEventListener("resize", act);
  void document.fonts.ready.then(act);
}

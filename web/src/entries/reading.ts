// The Reading page: cards and words light each other up, decisions, reasons, and the choosing of words.

import { fault, get, isFree, make, say } from "../lib/calling";
import { choosing } from "../lib/choosing";
import { decide as send, undo } from "../lib/deciding";
import { isSingleKeysOn } from "../lib/keys";
import { resettle, settle } from "../lib/margin";
import { Text } from "../lib/words";

interface Reason {
  field: string;
  value: string | null;
  by: string;
  because: string;
  row: string | null;
  quote: string | null;
}

interface Why {
  note: string;
  reasons: Reason[];
}

const reading = document.querySelector<HTMLElement>(".reading")!;
const page = document.getElementById("page")!;
const id = reading.dataset["document"]!;
const text = new Text(page);
const cards = [...page.querySelectorAll<HTMLElement>(".card")];
const byEvent = new Map(cards.map((card) => [card.dataset["event"]!, card]));
let chosen: HTMLElement | null = null;

function light(card: HTMLElement | null): void {
  for (const { element } of text.pieces) {
    element.classList.remove("hit", "part");
    delete element.dataset["role"];
  }
  if (!card) return;
  const roles = JSON.parse(card.dataset["roles"] ?? "[]") as [number, number, string][];
  for (const [start, end, role] of roles) {
    text.over(start, end).forEach(({ element }, k) => {
      element.classList.add("part");
      if (!k && !element.dataset["role"]) element.dataset["role"] = role;
    });
  }
  for (const { element } of text.over(Number(card.dataset["start"]), Number(card.dataset["end"]))) element.classList.add("hit");
}

function choose(card: HTMLElement | null, look = false): void {
  for (const each of cards) {
    each.classList.toggle("on", each === card);
    each.querySelector(".open")?.setAttribute("aria-expanded", String(each === card));
  }
  chosen = card;
  light(card);
  settle(page, cards, text, card);
  if (card && look) {
    card.querySelector<HTMLElement>(".open")?.focus({ preventScroll: true });
    text.over(Number(card.dataset["start"]), Number(card.dataset["end"]))[0]?.element.scrollIntoView({ block: "center" });
  }
}

async function decide(card: HTMLElement, decision: "accept" | "reject"): Promise<void> {
  try {
    await send({ decision, subject: card.dataset["event"], document: id });
    const state = card.querySelector<HTMLElement>("[data-state]")!;
    state.textContent = decision === "accept" ? "accepted" : "rejected";
    state.className = `stand state human ${state.textContent}`;
    say(`Event ${card.dataset["number"]} ${state.textContent}`);
  } catch (error) {
    say(fault(error));
    card.querySelector(".why")!.replaceChildren(make("p", fault(error), "fault"));
    card.querySelector<HTMLElement>(".why")!.hidden = false;
  }
  settle(page, cards, text, chosen);
}

function takeBack(): void {
  undo()
    .then((verdict) => (verdict ? location.reload() : say("There is no decision of yours to take back here.")))
    .catch((error: unknown) => say(fault(error)));
}

async function why(card: HTMLElement): Promise<void> {
  const place = card.querySelector<HTMLElement>(".why");
  const button = card.querySelector<HTMLElement>('[data-act="why"]');
  if (!place || !button) return;
  place.hidden = !place.hidden;
  button.setAttribute("aria-expanded", String(!place.hidden));
  if (!place.hidden && !place.dataset["held"]) {
    place.replaceChildren(make("p", "Asking the models that read it; the first answer takes some seconds …", "faint"));
    try {
      const address = `/api/readings/${encodeURIComponent(id)}/events/${encodeURIComponent(card.dataset["event"]!)}/why`;
      const told = await get<Why>(address);
      place.replaceChildren(...(told.note ? [make("p", told.note, "faint")] : []), table(told.reasons));
      place.dataset["held"] = "1";
    } catch (error) {
      place.replaceChildren(make("p", fault(error), "fault"));
    }
  }
  settle(page, cards, text, chosen);
}

function table(reasons: Reason[]): HTMLElement {
  const list = make("dl");
  for (const reason of reasons) {
    const row = make("div");
    const told = make("dd");
    const value = make("bdi", reason.value ?? "nothing");
    told.append(value);
    if (reason.quote) told.append(" from ", make("q", reason.quote));
    if (reason.because) told.append(make("span", reason.because, "because"));
    told.append(make("span", reason.row ? `${reason.by} · ${reason.row}` : reason.by, "by"));
    row.append(make("dt", reason.field.replaceAll("_", " ")), told);
    list.append(row);
  }
  return list;
}

page.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const card = target.closest<HTMLElement>(".card");
  const act = target.closest<HTMLElement>("[data-act]")?.dataset["act"];
  if (card && (act === "accept" || act === "reject")) void decide(card, act);
  else if (card && act === "why") void why(card);
  else if (card && target.closest(".open")) choose(card === chosen ? null : card);
  else if (card && card !== chosen) choose(card);
  else if (!card && getSelection()?.isCollapsed) {
    const found = byEvent.get(target.closest<HTMLElement>(".s[data-event]")?.dataset["event"] ?? "");
    if (found) choose(found);
  }
});
for (const card of cards) {
  card.addEventListener("mouseenter", () => light(card));
  card.addEventListener("mouseleave", () => light(chosen));
  card.querySelector(".open")!.addEventListener("focus", () => light(card));
}

const modal = choosing(text, id, byEvent, () => chosen);
document.addEventListener("keydown", (event) => {
  if (!isFree(event) || event.defaultPrevented || modal.active()) return;
  if (event.key !== "Escape" && !isSingleKeysOn()) return;
  const at = chosen ? cards.indexOf(chosen) : -1;
  if (event.key === "j" && cards.length) choose(cards[Math.min(at + 1, cards.length - 1)]!, true);
  else if (event.key === "k" && cards.length) choose(cards[Math.max(at - 1, 0)]!, true);
  else if (event.key === "Escape") choose(null);
  else if (event.key === "w") modal.begin();
  else if (event.key === "u") takeBack();
  else if (event.key === "y" && chosen) void why(chosen);
  else if ((event.key === "a" || event.key === "x") && chosen) void decide(chosen, event.key === "a" ? "accept" : "reject");
  else return;
  event.preventDefault();
});

function byAddress(): void {
  const card = byEvent.get(decodeURIComponent(location.hash.replace(/^#e-/, "")));
  const words = /^#w(\d+)-(\d+)$/.exec(location.hash);
  if (card) choose(card, true);
  else if (words) text.select(Number(words[1]), Number(words[2]));
}

addEventListener("hashchange", byAddress);
resettle(() => settle(page, cards, text, chosen));
settle(page, cards, text, null);
byAddress();
document.documentElement.dataset["ready"] = ""; // from here on keys are heard

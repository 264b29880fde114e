// Choosing words with the mouse or the keyboard, and recording what they tell.

import { fault, say } from "./calling";
import { decide } from "./deciding";
import type { Text, Words } from "./words";

const NO_COUNT = /^(type|mode|time|place|party\..*|add)$/;

export interface Choosing {
  begin(): void;
  active(): boolean;
}

export function choosing(
  text: Text, id: string, cards: Map<string, HTMLElement>, chosen: () => HTMLElement | null,
): Choosing {
  const form = document.getElementById("chosen") as HTMLFormElement;
  const button = document.getElementById("choose") as HTMLButtonElement;
  const mode = document.getElementById("mode")!;
  const fields = form.elements;
  let from = 0;
  let to = 0;
  let choosing = false;
  let words: Words | null = null;

  const field = (name: string): HTMLInputElement => fields.namedItem(name) as HTMLInputElement;

  function open(found: Words): void {
    words = found;
    end();
    const quote = text.quote(found.start, found.end);
    document.getElementById("chosen-words")!.textContent = quote;
    document.getElementById("chosen-fault")!.textContent = "";
    (document.getElementById("of-event") as HTMLOptGroupElement).disabled = !cards.size;
    const now = chosen()?.dataset["event"];
    if (now) field("event").value = now;
    field("name").value = quote;
    field("placename").value = quote;
    field("low").value = field("best").value = field("high").value = /^\d[\d,]*$/.test(quote) ? quote.replaceAll(",", "") : "";
    form.hidden = false;
    show();
    field("use").focus();
  }

  function show(): void {
    const use = field("use").value;
    const kinds = new Set([use === "add" ? "add" : "edit"]);
    if (use === "type" || use === "add") kinds.add("type");
    if (use === "mode" || use === "add") kinds.add("mode");
    if (use === "time") kinds.add("time");
    if (use === "place") kinds.add("place");
    if (use === "place" && !field("known").value) kinds.add("spot");
    if (use.startsWith("party.")) kinds.add("party");
    if (!NO_COUNT.test(use)) kinds.add("count");
    for (const label of form.querySelectorAll<HTMLElement>("[data-for]")) label.hidden = !kinds.has(label.dataset["for"]!);
  }

  function close(): void {
    form.hidden = true;
    words = null;
    button.focus();
  }

  function value(use: string): Record<string, unknown> {
    const number = (name: string): number | null => (field(name).value === "" ? null : Number(field(name).value));
    if (use === "time") {
      const first = field("earliest").value || null;
      return { earliest: first, latest: field("latest").value || first, precision: "day" };
    }
    if (use === "place") {
      if (field("known").value) return JSON.parse(field("known").value) as Record<string, unknown>;
      if (number("lat") === null || number("lon") === null) throw new Error("A latitude and a longitude are needed.");
      return { name: field("placename").value, lat: number("lat"), lon: number("lon") };
    }
    if (use === "type" || use === "mode") return { to: field(use).value };
    if (use.startsWith("party.")) return { name: field("name").value };
    const low = number("low") ?? number("best");
    return { low, best: number("best") ?? low, high: number("high") };
  }

  function verdict(found: Words): Record<string, unknown> {
    const use = field("use").value;
    const shared = { document: id, words: found, note: field("note").value };
    if (use === "add") {
      const about = { decision: "add", subject: id, type: field("type").value };
      const other = field("incident").value ? { other: field("incident").value } : {};
      return { ...shared, ...about, ...other, value: field("mode").value ? { mode: field("mode").value } : {} };
    }
    return { ...shared, decision: "edit", subject: field("event").value, field: use, value: value(use) };
  }

  async function record(): Promise<void> {
    if (!words) return;
    try {
      await decide(verdict(words));
    } catch (error) {
      document.getElementById("chosen-fault")!.textContent = fault(error);
      return;
    }
    say("Recorded");
    location.reload();
  }

  function move(): void {
    const one = text.words[Math.min(from, to)];
    const other = text.words[Math.max(from, to)];
    if (!one || !other) return;
    text.select(one.start, other.end);
    document.getElementById("heard")!.textContent = text.quote(one.start, other.end);
  }

  function begin(): void {
    if (!text.words.length) return;
    choosing = true;
    mode.hidden = false;
    button.setAttribute("aria-pressed", "true");
    const start = Number(chosen()?.dataset["start"] ?? -1);
    from = to = Math.max(0, text.words.findIndex((word) => word.end > start));
    move();
  }

  function end(): void {
    choosing = false;
    mode.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  function next(step: number): number {
    return Math.max(0, Math.min(text.words.length - 1, to + step));
  }

  function paragraph(step: number): number {
    const now = text.words[to]?.paragraph ?? 0;
    const found = text.words.findIndex((word) => word.paragraph === now + step);
    return found < 0 ? to : found;
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !form.hidden) {
      close();
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (!choosing) return;
    const right = getComputedStyle(text.pieces[0]!.element).direction === "rtl" ? -1 : 1;
    const steps: Record<string, () => number> = {
      ArrowRight: () => next(right),
      ArrowLeft: () => next(-right),
      ArrowDown: () => paragraph(1),
      ArrowUp: () => paragraph(-1),
    };
    const step = steps[event.key];
    if (step) {
      to = step();
      if (!event.shiftKey) from = to;
      move();
    } else if (event.key === "Enter") {
      const found = text.selected();
      if (found) open(found);
    } else if (event.key === "Escape") {
      end();
      getSelection()?.removeAllRanges();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.getElementById("page")!.addEventListener("mouseup", () => {
    const found = text.selected();
    if (found) open(found);
  });
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void record();
  });
  document.getElementById("chosen-close")!.addEventListener("click", close);
  button.addEventListener("click", () => (choosing ? end() : begin()));
  return { begin, active: () => choosing || !form.hidden };
}

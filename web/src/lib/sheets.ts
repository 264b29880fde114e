// The sheets of the Incident page: what is filled in becomes a decision.
import { fault, get, make } from "./calling";
import { isSingleKeysOn } from "./keys";
import { decide, tell, type Verdict } from "./deciding";

type Values = Record<string, string | number>;

export function open(name: string, field?: string): void {
  const sheet = document.getElementById(`sheet-${name}`);
  if (!(sheet instanceof HTMLDialogElement) || sheet.open) return;
  const choice = sheet.querySelector<HTMLSelectElement>("[data-field]");
  if (choice && field) choice.value = field;
  if (choice) show(sheet, choice.value);
  sheet.showModal();
  (sheet.querySelector<HTMLElement>("[data-pick]") ?? sheet.querySelector<HTMLElement>("input, select, textarea, a"))?.focus();
  if (sheet.querySelector("[data-pick]")) void find(sheet, "");
}

function show(sheet: HTMLElement, field: string): void {
  for (const part of sheet.querySelectorAll<HTMLElement>("[data-for]")) part.hidden = part.dataset["for"] !== field;
}

/** What a sheet says, as the API takes it. */
function told(form: HTMLFormElement, subject: string): Record<string, unknown> {
  const kind = form.dataset["decision"] ?? "";
  const given = new FormData(form);
  const out: Record<string, unknown> = { decision: kind, subject, note: String(given.get("note") ?? "") };
  if (kind === "edit") {
    out["field"] = String(given.get("field"));
    out["value"] = values(form, String(given.get("field")));
  } else if (kind === "assign") {
    const to = String(given.get("to") ?? "").trim();
    out["value"] = to ? { to } : {};
  } else if (kind === "link" || kind === "merge") {
    out["other"] = String(given.get("other") ?? "");
    if (!out["other"]) throw new Error("Choose the other incident.");
    if (kind === "link") out["value"] = { answer: String(given.get("answer")) };
  } else if (kind === "split") {
    const chosen = [...form.querySelectorAll<HTMLInputElement>('[name="telling"]:checked')];
    out["tellings"] = chosen.map((each) => [each.dataset["document"], each.dataset["event"]]);
  }
  return out;
}

function values(form: HTMLFormElement, field: string): Values {
  const out: Values = {};
  for (const input of form.querySelectorAll<HTMLInputElement>(`[data-for="${CSS.escape(field)}"] [name]`)) {
    const value = input.value.trim();
    if (value) out[input.name.slice(field.length + 1)] = "number" in input.dataset ? number(value) : value;
  }
  return out;
}

function number(value: string): number {
  const read = Number(value);
  if (!Number.isFinite(read)) throw new Error(`“${value}” is no number.`);
  return read;
}

let asked = 0;

/** Incidents that may be meant: by the words given, else those of the same place and days. */
async function find(sheet: HTMLElement, words: string): Promise<void> {
  const page = document.querySelector<HTMLElement>(".incident-page");
  const place = sheet.querySelector<HTMLElement>("[data-found]");
  if (!page || !place) return;
  const mine = ++asked;
  const query = new URLSearchParams({ limit: "9" });
  if (words) query.set("q", words);
  else {
    const near = page.dataset["place"] ? "place" : page.dataset["country"] ? "country" : "";
    if (near) query.set(near, page.dataset[near] ?? "");
    const [since, until] = [shifted(page.dataset["earliest"], -4), shifted(page.dataset["latest"], 4)];
    if (since) query.set("since", since);
    if (until) query.set("until", until);
  }
  interface Row { id: string; type: string; mode: string | null; place: string | null; earliest: string | null; summary: string }
  try {
    const found = await get<{ items: Row[] }>(`/api/incidents?${query}`);
    if (mine !== asked) return;
    const others = found.items.filter((each) => each.id !== page.dataset["id"]).slice(0, 8);
    place.replaceChildren(...others.map((each) => choice(each.id, heading(each), each.summary)));
    place.dataset["words"] = words;
    if (!others.length) place.append(make("p", words ? "No other incident holds these words." : "No other incident near it. Type words to find one.", "soft"));
  } catch (error) {
    place.replaceChildren(make("p", fault(error), "fault"));
  }
}

function heading(row: { type: string; mode: string | null; place: string | null; earliest: string | null }): string {
  const kind = row.mode ? `${row.type} · ${row.mode}` : row.type;
  return [kind.toLowerCase(), row.place, row.earliest?.slice(0, 10)].filter(Boolean).join(", ");
}

function choice(id: string, title: string, summary: string): HTMLElement {
  const label = make("label", "", "choice");
  const radio = make("input") as HTMLInputElement;
  radio.type = "radio";
  radio.name = "other";
  radio.value = id;
  const words = make("span", title);
  words.dir = "auto";
  words.append(make("br"), make("span", summary.slice(0, 160), "soft"));
  label.append(radio, words);
  return label;
}

function shifted(iso: string | undefined, days: number): string {
  const day = iso ? new Date(`${iso.slice(0, 10)}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime())) return "";
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

export function sheets(subject: string, then: (verdict: Verdict) => void): void {
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    const sheet = field.closest("dialog");
    if (!sheet || !field.matches("[data-pick]")) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void find(sheet, field.value.trim()), 200);
  });
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLSelectElement;
    const sheet = field.closest("dialog");
    if (sheet && field.matches("[data-field]")) show(sheet, field.value);
  });
  document.addEventListener("keydown", (event) => {
    const sheet = document.querySelector<HTMLDialogElement>("#sheet-link[open]");
    if (!sheet || !isSingleKeysOn() || !["1", "2", "3"].includes(event.key) || (event.target as HTMLElement).matches("input[type=search], input[name=note]")) return;
    const answer = sheet.querySelectorAll<HTMLInputElement>('[name="answer"]')[Number(event.key) - 1];
    if (answer) answer.checked = true;
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset["decision"]) return;
    event.preventDefault();
    const wrong = form.querySelector(".fault");
    if (wrong) wrong.textContent = "";
    Promise.resolve()
      .then(() => decide(told(form, subject)))
      .then((verdict) => {
        form.closest("dialog")?.close();
        tell("Recorded.");
        then(verdict);
      })
      .catch((error: unknown) => {
        if (wrong) wrong.textContent = fault(error);
      });
  });
}

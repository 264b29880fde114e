// Incidents, one incident, and changes: deciding with the keyboard.
import { fault, isFree } from "../lib/calling";
import { decide, tell, undo, type Verdict } from "../lib/deciding";
import { isSingleKeysOn } from "../lib/keys";
import { list, searching, stand } from "../lib/list";
import { beside, held, rename } from "../lib/queue";
import { open, sheets } from "../lib/sheets";

const SHEETS: Record<string, string> = { e: "edit", w: "add", l: "link", m: "merge", s: "split", o: "assign", c: "comment" };
const TOLD = "dateline.told";
let act: (key: string) => boolean = (key) => {
  if (key !== "u") return false;
  takeBack();
  return true;
};

function takeBack(id?: string): void {
  undo(id)
    .then((verdict) => (verdict ? reload("Taken back.", verdict.incident) : tell("There is no decision of yours to take back here.")))
    .catch((error: unknown) => tell(fault(error), true));
}

/** Shows the page anew, under the name that the incident has now, and tells what was done once it is there. */
function reload(words: string, incident: string | null): void {
  sessionStorage.setItem(TOLD, words);
  const page = document.querySelector<HTMLElement>(".incident-page");
  if (page && incident && incident !== page.dataset["id"]) {
    rename(page.dataset["id"] ?? "", incident);
    location.replace(`/incidents/${encodeURIComponent(incident)}`);
  } else location.reload();
}

function incident(page: HTMLElement): (key: string) => boolean {
  const id = page.dataset["id"] ?? "";
  const queue = held();
  const at = queue?.ids.indexOf(id) ?? -1;
  const place = page.querySelector(".where-in-list");
  if (queue && at >= 0 && place) place.textContent = `${at + 1} of ${queue.ids.length}${queue.next ? " and more" : ""}`;
  const back = page.querySelector<HTMLAnchorElement>("[data-back]");
  if (queue?.query && back) back.href = `/incidents?${queue.query}`;
  sheets(id, (verdict: Verdict) => reload("Recorded.", verdict.incident));

  const vote = (decision: "accept" | "reject"): void => {
    const state = decision === "accept" ? "accepted" : "rejected";
    const before = page.dataset["state"] ?? "new";
    stand(page, state, true);
    decide({ decision, subject: page.dataset["id"] })
      .then((verdict) => {
        stand(page, state, false);
        if (verdict.incident) {
          rename(page.dataset["id"] ?? "", verdict.incident);
          page.dataset["id"] = verdict.incident;
        }
        tell(`It is ${state}. j: next, u: undo`);
      })
      .catch((error: unknown) => {
        stand(page, before, false);
        tell(fault(error), true);
      });
  };
  const step = (by: 1 | -1): void => {
    beside(page.dataset["id"] ?? "", by)
      .then((other) => (other ? location.assign(`/incidents/${encodeURIComponent(other)}`) : tell("The list ends here.")))
      .catch((error: unknown) => tell(fault(error), true));
  };
  page.addEventListener("click", (event) => {
    const button = (event.target as HTMLElement).closest<HTMLElement>("[data-decide], [data-sheet], [data-edit]");
    if (!button) return;
    const { decide: decision, sheet, edit } = button.dataset;
    if (decision === "accept" || decision === "reject") vote(decision);
    else if (sheet) open(sheet);
    else if (edit) open("edit", edit);
  });
  return (key) => {
    if (key === "a") vote("accept");
    else if (key === "x") vote("reject");
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "u") takeBack();
    else if (key === "b") back?.click();
    else if (key === "v") {
      const all = [...page.querySelectorAll<HTMLDetailsElement>(".evidence, .other")];
      const opened = all.some((each) => !each.open);
      for (const each of all) each.open = opened;
    } else if (SHEETS[key] && !page.querySelector<HTMLButtonElement>(`[data-sheet="${SHEETS[key]}"]`)?.disabled) open(SHEETS[key]);
    else return false;
    return true;
  };
}

const cards = document.getElementById("cards");
const form = document.getElementById("ask");
const page = document.querySelector<HTMLElement>(".incident-page");
if (cards) act = list(cards);
if (form instanceof HTMLFormElement) searching(form);
if (page) act = incident(page);

document.addEventListener("click", (event) => {
  const id = (event.target as HTMLElement).closest<HTMLElement>("[data-undo]")?.dataset["undo"];
  if (id) takeBack(id);
});
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !isFree(event) || !isSingleKeysOn()) return;
  if (act(event.key)) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
const words = sessionStorage.getItem(TOLD);
if (words) {
  sessionStorage.removeItem(TOLD);
  tell(words);
}
document.documentElement.dataset["ready"] = ""; // from here on keys are heard

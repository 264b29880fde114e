// The list of incidents under the fingers: move, accept, reject, go on.
import { fault, get, post } from "./calling";
import { decide, tell, undo } from "./deciding";
import { keep } from "./queue";

export function list(cards: HTMLElement): (key: string) => boolean {
  const rows = [...cards.querySelectorAll<HTMLElement>(".incident")];
  const parameters = new URLSearchParams(location.search);
  parameters.delete("cursor");
  const next = document.getElementById("next-page") as HTMLAnchorElement | null;
  const after = next ? new URL(next.href).searchParams.get("cursor") : null;
  keep({ ids: rows.map((row) => row.dataset["id"] ?? ""), query: parameters.toString(), next: after });

  const link = (row: HTMLElement | undefined): HTMLAnchorElement | null => row?.querySelector<HTMLAnchorElement>("h2 a") ?? null;
  const current = (): number => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (at: number): void => {
    const target = at >= rows.length ? next : link(rows[Math.max(0, at)]);
    if (!target) return;
    target.focus({ preventScroll: true });
    (target.closest(".incident") ?? target).scrollIntoView({ block: "nearest" });
  };

  const vote = (decision: "accept" | "reject"): void => {
    const at = Math.max(0, current());
    const row = rows[at];
    if (!row) return;
    const before = row.dataset["state"] ?? "new";
    stand(row, decision === "accept" ? "accepted" : "rejected", true);
    go(at + 1);
    decide({ decision, subject: row.dataset["id"] })
      .then((verdict) => settle(row, verdict.incident))
      .catch((error: unknown) => {
        stand(row, before, false);
        tell(fault(error), true);
      });
  };

  return (key) => {
    if (key === "j") go(current() + 1);
    else if (key === "k") go(current() < 0 ? 0 : current() - 1);
    else if (key === "a") vote("accept");
    else if (key === "x") vote("reject");
    else if (key === "n") {
      const found = rows.findIndex((row, at) => at > current() && row.dataset["state"] === "new");
      go(found < 0 ? rows.length : found);
    } else if (key === "f") facets();
    else if (key === "]") next?.click();
    else if (key === "u") takeBack(rows);
    else return false;
    return true;
  };
}

function facets(): void {
  const side = document.getElementById("facets") as HTMLDetailsElement | null;
  if (!side) return;
  side.open = true;
  side.querySelector<HTMLElement>(".facet:not(.saved) summary")?.focus();
}

function takeBack(rows: HTMLElement[]): void {
  undo()
    .then(async (verdict) => {
      if (!verdict) return tell("There is no decision of yours to take back here.");
      tell("Taken back.");
      const row = rows.find((each) => each.dataset["id"] === verdict.incident);
      if (row) await settle(row, verdict.incident);
      row?.querySelector<HTMLAnchorElement>("h2 a")?.focus();
    })
    .catch((error: unknown) => tell(fault(error), true));
}

/** Shows how the incident stands now; it may have another name since. */
async function settle(row: HTMLElement, incident: string | null): Promise<void> {
  if (!incident) return stand(row, row.dataset["state"] ?? "new", false);
  const view = await get<{ row: { id: string; state: string } }>(`/api/incidents/${encodeURIComponent(incident)}`);
  row.dataset["id"] = view.row.id;
  stand(row, view.row.state, false);
}

export function stand(row: HTMLElement, state: string, saving: boolean): void {
  row.dataset["state"] = state;
  row.classList.toggle("was-rejected", state === "rejected");
  const mark = row.querySelector<HTMLElement>("[data-stand]");
  if (!mark) return;
  mark.className = `stand ${state}${state === "new" ? "" : " human"}${saving ? " saving" : ""}`;
  mark.textContent = state === "new" ? "not reviewed" : state;
}

/** Facets act at once, searches are kept and dropped. */
export function searching(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    if (field.matches('input[type="checkbox"], select[name="sort"]')) form.requestSubmit();
  });
  form.addEventListener("formdata", (event) => {
    for (const name of ["q", "since", "until"]) if (!event.formData.get(name)) event.formData.delete(name);
    if (event.formData.get("sort") === "newest") event.formData.delete("sort");
  });
  form.addEventListener("click", (event) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>("[data-drop-search]")?.dataset["dropSearch"];
    if (!id) return;
    const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
    void fetch(`/api/searches/${encodeURIComponent(id)}`, { method: "DELETE", headers: { "x-csrf-token": csrf } }).then(() =>
      location.reload(),
    );
  });
  document.querySelector("[data-save-search]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const sheet = event.target as HTMLFormElement;
    const query: Record<string, string[]> = {};
    for (const [name, value] of new URLSearchParams(location.search))
      if (value && name !== "cursor") (query[name] ??= []).push(value);
    post("/api/searches", { name: new FormData(sheet).get("name"), query })
      .then(() => location.reload())
      .catch((error: unknown) => {
        const place = sheet.querySelector(".fault");
        if (place) place.textContent = fault(error);
      });
  });
  if (matchMedia("(max-width: 61.99rem)").matches) (document.getElementById("facets") as HTMLDetailsElement | null)?.removeAttribute("open");
}

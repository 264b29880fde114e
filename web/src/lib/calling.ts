// Calls of the API from the map and the Reading page; a refusal becomes an Error in the server's own words.

export async function get<T>(address: string, signal?: AbortSignal): Promise<T> {
  return answer<T>(await fetch(address, { headers: { accept: "application/json" }, signal: signal ?? null }));
}

export async function post<T>(address: string, body: unknown): Promise<T> {
  const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
  const headers = { "content-type": "application/json", "x-csrf-token": csrf };
  return answer<T>(await fetch(address, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  let told = `The server answered ${response.status}.`;
  try {
    const problem = (await response.json()) as { title?: string; detail?: string };
    told = [problem.title, problem.detail].filter(Boolean).join(": ") || told;
  } catch {
    // no problem document: the status alone is told
  }
  throw new Error(told);
}

/** Tells something to the eye and to a screen reader. */
export function say(words: string): void {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}

export function fault(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function make(name: string, words = "", classes = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  if (classes) made.className = classes;
  return made;
}

/** Whether a key press is meant for the page and not for a field, a sheet or the browser. */
export function isFree(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  const typing = target?.closest("input, select, textarea, [contenteditable]");
  return !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]");
}

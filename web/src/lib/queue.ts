// The incidents of the list that was last seen, so that the page of one leads to the next; it goes on over pages.
import { get } from "./calling";

interface Queue {
  ids: string[];
  query: string;
  next: string | null;
}

const NAME = "dateline.queue";

export function held(): Queue | null {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null") as Queue | null;
  } catch {
    return null;
  }
}

export function keep(queue: Queue): void {
  sessionStorage.setItem(NAME, JSON.stringify(queue));
}

/** The incident before (-1) or after (1) this one in the list; null at its ends. */
export async function beside(id: string, step: 1 | -1): Promise<string | null> {
  const queue = held();
  if (!queue) return null;
  const at = queue.ids.indexOf(id);
  if (at < 0) return null;
  const found = queue.ids[at + step];
  if (found || step < 0 || !queue.next) return found ?? null;
  const more = await get<{ items: { id: string }[]; next: string | null }>(
    `/api/incidents?${queue.query}${queue.query ? "&" : ""}cursor=${encodeURIComponent(queue.next)}`,
  );
  keep({ ...queue, ids: [...queue.ids, ...more.items.map((each) => each.id)], next: more.next });
  return more.items[0]?.id ?? null;
}

/** Puts the name that an incident has now in the place of the one that it had. */
export function rename(from: string, to: string): void {
  const queue = held();
  if (queue) keep({ ...queue, ids: queue.ids.map((each) => (each === from ? to : each)) });
}

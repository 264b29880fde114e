// Decisions sent one after the other, and the last ones remembered so that `u` can take them back on any page.
import { post, say } from "./calling";

export interface Verdict {
  id: string;
  incident: string | null;
}

const DONE = "dateline.done";
let queue: Promise<unknown> = Promise.resolve();

function done(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(DONE) ?? "[]") as string[];
  } catch {
    return [];
  }
}

/** Sends a decision after those before it; gives the verdict, or throws with the server's words. */
export function decide(decision: Record<string, unknown>): Promise<Verdict> {
  const sent = queue.then(async () => {
    const verdict = await post<Verdict>("/api/verdicts", decision);
    sessionStorage.setItem(DONE, JSON.stringify([...done(), verdict.id].slice(-200)));
    return verdict;
  });
  queue = sent.catch(() => undefined);
  return sent;
}

/** Takes a decision back: the one named, or the last of this browser tab. */
export function undo(id?: string): Promise<Verdict | null> {
  const sent = queue.then(async () => {
    const held = done();
    const mine = id ?? held[held.length - 1];
    if (!mine) return null;
    const verdict = await post<Verdict>(`/api/verdicts/${encodeURIComponent(mine)}/undo`, {});
    sessionStorage.setItem(DONE, JSON.stringify(held.filter((each) => each !== mine)));
    return verdict;
  });
  queue = sent.catch(() => undefined);
  return sent;
}

let fading = 0;

/** Tells something for a while; a fault stays until the next word. */
export function tell(words: string, bad = false): void {
  document.getElementById("said")?.classList.toggle("bad", bad);
  say(words);
  clearTimeout(fading);
  if (!bad) fading = window.setTimeout(() => say(""), 4000);
}

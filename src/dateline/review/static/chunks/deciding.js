import { a as post, o as say } from "./calling.js";
// src/lib/deciding.ts
var DONE = "dateline.done";
var queue = Promise.resolve();
function done() {
	try {
		return JSON.parse(sessionStorage.getItem(DONE) ?? "[]");
	} catch {
		return [];
	}
}
/** Sends a decision after those before it; gives the verdict, or throws with the server's words. */
function decide(decision) {
	const sent = queue.then(async () => {
		const verdict = await post("/api/verdicts", decision);
		sessionStorage.setItem(DONE, JSON.stringify([...done(), verdict.id].slice(-200)));
		return verdict;
	});
	queue = sent.catch(() => void 0);
	return sent;
}
/** Takes a decision back: the one named, or the last of this browser tab. */
function undo(id) {
	const sent = queue.then(async () => {
		const held = done();
		const mine = id ?? held[held.length - 1];
		if (!mine) return null;
		const verdict = await post(`/api/verdicts/${encodeURIComponent(mine)}/undo`, {});
		sessionStorage.setItem(DONE, JSON.stringify(held.filter((each) => each !== mine)));
		return verdict;
	});
	queue = sent.catch(() => void 0);
	return sent;
}
var fading = 0;
/** Tells something for a while; a fault stays until the next word. */
function tell(words, bad = false) {
	document.getElementById("said")?.classList.toggle("bad", bad);
	say(words);
	clearTimeout(fading);
	if (!bad) fading = window.setTimeout(() => say(""), 4e3);
}
export { tell as n, undo as r, decide as t };

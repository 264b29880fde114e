// src/lib/calling.ts
async function get(address, signal) {
	return answer(await fetch(address, {
		headers: { accept: "application/json" },
		signal: signal ?? null
	}));
}
async function post(address, body) {
	const headers = {
		"content-type": "application/json",
		"x-csrf-token": document.querySelector("meta[name=\"csrf\"]")?.content ?? ""
	};
	return answer(await fetch(address, {
		method: "POST",
		headers,
		body: JSON.stringify(body)
	}));
}
async function answer(response) {
	if (response.ok) return await response.json();
	let told = `The server answered ${response.status}.`;
	try {
		const problem = await response.json();
		told = [problem.title, problem.detail].filter(Boolean).join(": ") || told;
	} catch {}
	throw new Error(told);
}
/** Tells something to the eye and to a screen reader. */
function say(words) {
	const place = document.getElementById("said");
	if (place) place.textContent = words;
}
function fault(error) {
	return error instanceof Error ? error.message : String(error);
}
function make(name, words = "", classes = "") {
	const made = document.createElement(name);
	made.textContent = words;
	if (classes) made.className = classes;
	return made;
}
/** Whether a key press is meant for the page and not for a field, a sheet or the browser. */
function isFree(event) {
	return !event.target?.closest("input, select, textarea, [contenteditable]") && !event.ctrlKey && !event.metaKey && !event.altKey && !document.querySelector("dialog[open]");
}
export { post as a, make as i, get as n, say as o, isFree as r, fault as t };

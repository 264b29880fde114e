import { a as post, i as make, n as get, r as isFree, t as fault } from "./chunks/calling.js";
import { n as tell, r as undo, t as decide } from "./chunks/deciding.js";
import { t as isSingleKeysOn } from "./chunks/keys.js";
// src/lib/queue.ts
var NAME = "dateline.queue";
function held() {
	try {
		return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
	} catch {
		return null;
	}
}
function keep(queue) {
	sessionStorage.setItem(NAME, JSON.stringify(queue));
}
/** The incident before (-1) or after (1) this one in the list; null at its ends. */
async function beside(id, step) {
	const queue = held();
	if (!queue) return null;
	const at = queue.ids.indexOf(id);
	if (at < 0) return null;
	const found = queue.ids[at + step];
	if (found || step < 0 || !queue.next) return found ?? null;
	const more = await get(`/api/incidents?${queue.query}${queue.query ? "&" : ""}cursor=${encodeURIComponent(queue.next)}`);
	keep({
		...queue,
		ids: [...queue.ids, ...more.items.map((each) => each.id)],
		next: more.next
	});
	return more.items[0]?.id ?? null;
}
/** Puts the name that an incident has now in the place of the one that it had. */
function rename(from, to) {
	const queue = held();
	if (queue) keep({
		...queue,
		ids: queue.ids.map((each) => each === from ? to : each)
	});
}
// src/lib/list.ts
function list(cards) {
	const rows = [...cards.querySelectorAll(".incident")];
	const parameters = new URLSearchParams(location.search);
	parameters.delete("cursor");
	const next = document.getElementById("next-page");
	const after = next ? new URL(next.href).searchParams.get("cursor") : null;
	keep({
		ids: rows.map((row) => row.dataset["id"] ?? ""),
		query: parameters.toString(),
		next: after
	});
	const link = (row) => row?.querySelector("h2 a") ?? null;
	const current = () => rows.findIndex((row) => row.contains(document.activeElement));
	const go = (at) => {
		const target = at >= rows.length ? next : link(rows[Math.max(0, at)]);
		if (!target) return;
		target.focus({ preventScroll: true });
		(target.closest(".incident") ?? target).scrollIntoView({ block: "nearest" });
	};
	const vote = (decision) => {
		const at = Math.max(0, current());
		const row = rows[at];
		if (!row) return;
		const before = row.dataset["state"] ?? "new";
		stand(row, decision === "accept" ? "accepted" : "rejected", true);
		go(at + 1);
		decide({
			decision,
			subject: row.dataset["id"]
		}).then((verdict) => settle(row, verdict.incident)).catch((error) => {
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
		else if (key === "u") takeBack$1(rows);
		else return false;
		return true;
	};
}
function facets() {
	const side = document.getElementById("facets");
	if (!side) return;
	side.open = true;
	side.querySelector(".facet:not(.saved) summary")?.focus();
}
function takeBack$1(rows) {
	undo().then(async (verdict) => {
		if (!verdict) return tell("There is no decision of yours to take back here.");
		tell("Taken back.");
		const row = rows.find((each) => each.dataset["id"] === verdict.incident);
		if (row) await settle(row, verdict.incident);
		row?.querySelector("h2 a")?.focus();
	}).catch((error) => tell(fault(error), true));
}
/** Shows how the incident stands now; it may have another name since. */
async function settle(row, incident) {
	if (!incident) return stand(row, row.dataset["state"] ?? "new", false);
	const view = await get(`/api/incidents/${encodeURIComponent(incident)}`);
	row.dataset["id"] = view.row.id;
	stand(row, view.row.state, false);
}
function stand(row, state, saving) {
	row.dataset["state"] = state;
	row.classList.toggle("was-rejected", state === "rejected");
	const mark = row.querySelector("[data-stand]");
	if (!mark) return;
	mark.className = `stand ${state}${state === "new" ? "" : " human"}${saving ? " saving" : ""}`;
	mark.textContent = state === "new" ? "not reviewed" : state;
}
/** Facets act at once, searches are kept and dropped. */
function searching(form) {
	form.addEventListener("change", (event) => {
		if (event.target.matches("input[type=\"checkbox\"], select[name=\"sort\"]")) form.requestSubmit();
	});
	form.addEventListener("formdata", (event) => {
		for (const name of [
			"q",
			"since",
			"until"
		]) if (!event.formData.get(name)) event.formData.delete(name);
		if (event.formData.get("sort") === "newest") event.formData.delete("sort");
	});
	form.addEventListener("click", (event) => {
		const id = event.target.closest("[data-drop-search]")?.dataset["dropSearch"];
		if (!id) return;
		const csrf = document.querySelector("meta[name=\"csrf\"]")?.content ?? "";
		fetch(`/api/searches/${encodeURIComponent(id)}`, {
			method: "DELETE",
			headers: { "x-csrf-token": csrf }
		}).then(() => location.reload());
	});
	document.querySelector("[data-save-search]")?.addEventListener("submit", (event) => {
		event.preventDefault();
		const sheet = event.target;
		const query = {};
		for (const [name, value] of new URLSearchParams(location.search)) if (value && name !== "cursor") (query[name] ??= []).push(value);
		post("/api/searches", {
			name: new FormData(sheet).get("name"),
			query
		}).then(() => location.reload()).catch((error) => {
			const place = sheet.querySelector(".fault");
			if (place) place.textContent = fault(error);
		});
	});
	if (matchMedia("(max-width: 61.99rem)").matches) document.getElementById("facets")?.removeAttribute("open");
}
// src/lib/sheets.ts
function open(name, field) {
	const sheet = document.getElementById(`sheet-${name}`);
	if (!(sheet instanceof HTMLDialogElement) || sheet.open) return;
	const choice = sheet.querySelector("[data-field]");
	if (choice && field) choice.value = field;
	if (choice) show(sheet, choice.value);
	sheet.showModal();
	(sheet.querySelector("[data-pick]") ?? sheet.querySelector("input, select, textarea, a"))?.focus();
	if (sheet.querySelector("[data-pick]")) find(sheet, "");
}
function show(sheet, field) {
	for (const part of sheet.querySelectorAll("[data-for]")) part.hidden = part.dataset["for"] !== field;
}
/** What a sheet says, as the API takes it. */
function told(form, subject) {
	const kind = form.dataset["decision"] ?? "";
	const given = new FormData(form);
	const out = {
		decision: kind,
		subject,
		note: String(given.get("note") ?? "")
	};
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
	} else if (kind === "split") out["tellings"] = [...form.querySelectorAll("[name=\"telling\"]:checked")].map((each) => [each.dataset["document"], each.dataset["event"]]);
	return out;
}
function values(form, field) {
	const out = {};
	for (const input of form.querySelectorAll(`[data-for="${CSS.escape(field)}"] [name]`)) {
		const value = input.value.trim();
		if (value) out[input.name.slice(field.length + 1)] = "number" in input.dataset ? number(value) : value;
	}
	return out;
}
function number(value) {
	const read = Number(value);
	if (!Number.isFinite(read)) throw new Error(`“${value}” is no number.`);
	return read;
}
var asked = 0;
/** Incidents that may be meant: by the words given, else those of the same place and days. */
async function find(sheet, words) {
	const page = document.querySelector(".incident-page");
	const place = sheet.querySelector("[data-found]");
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
	try {
		const found = await get(`/api/incidents?${query}`);
		if (mine !== asked) return;
		const others = found.items.filter((each) => each.id !== page.dataset["id"]).slice(0, 8);
		place.replaceChildren(...others.map((each) => choice(each.id, heading(each), each.summary)));
		place.dataset["words"] = words;
		if (!others.length) place.append(make("p", words ? "No other incident holds these words." : "No other incident near it. Type words to find one.", "soft"));
	} catch (error) {
		place.replaceChildren(make("p", fault(error), "fault"));
	}
}
function heading(row) {
	return [
		(row.mode ? `${row.type} · ${row.mode}` : row.type).toLowerCase(),
		row.place,
		row.earliest?.slice(0, 10)
	].filter(Boolean).join(", ");
}
function choice(id, title, summary) {
	const label = make("label", "", "choice");
	const radio = make("input");
	radio.type = "radio";
	radio.name = "other";
	radio.value = id;
	const words = make("span", title);
	words.dir = "auto";
	words.append(make("br"), make("span", summary.slice(0, 160), "soft"));
	label.append(radio, words);
	return label;
}
function shifted(iso, days) {
	const day = iso ? /* @__PURE__ */ new Date(`${iso.slice(0, 10)}T00:00:00Z`) : null;
	if (!day || Number.isNaN(day.getTime())) return "";
	day.setUTCDate(day.getUTCDate() + days);
	return day.toISOString().slice(0, 10);
}
function sheets(subject, then) {
	let waiting = 0;
	document.addEventListener("input", (event) => {
		const field = event.target;
		const sheet = field.closest("dialog");
		if (!sheet || !field.matches("[data-pick]")) return;
		clearTimeout(waiting);
		waiting = window.setTimeout(() => void find(sheet, field.value.trim()), 200);
	});
	document.addEventListener("change", (event) => {
		const field = event.target;
		const sheet = field.closest("dialog");
		if (sheet && field.matches("[data-field]")) show(sheet, field.value);
	});
	document.addEventListener("keydown", (event) => {
		const sheet = document.querySelector("#sheet-link[open]");
		if (!sheet || !isSingleKeysOn() || ![
			"1",
			"2",
			"3"
		].includes(event.key) || event.target.matches("input[type=search], input[name=note]")) return;
		const answer = sheet.querySelectorAll("[name=\"answer\"]")[Number(event.key) - 1];
		if (answer) answer.checked = true;
	});
	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (!form.dataset["decision"]) return;
		event.preventDefault();
		const wrong = form.querySelector(".fault");
		if (wrong) wrong.textContent = "";
		Promise.resolve().then(() => decide(told(form, subject))).then((verdict) => {
			form.closest("dialog")?.close();
			tell("Recorded.");
			then(verdict);
		}).catch((error) => {
			if (wrong) wrong.textContent = fault(error);
		});
	});
}
// src/entries/review.ts
var SHEETS = {
	e: "edit",
	w: "add",
	l: "link",
	m: "merge",
	s: "split",
	o: "assign",
	c: "comment"
};
var TOLD = "dateline.told";
var act = (key) => {
	if (key !== "u") return false;
	takeBack();
	return true;
};
function takeBack(id) {
	undo(id).then((verdict) => verdict ? reload("Taken back.", verdict.incident) : tell("There is no decision of yours to take back here.")).catch((error) => tell(fault(error), true));
}
/** Shows the page anew, under the name that the incident has now, and tells what was done once it is there. */
function reload(words, incident) {
	sessionStorage.setItem(TOLD, words);
	const page = document.querySelector(".incident-page");
	if (page && incident && incident !== page.dataset["id"]) {
		rename(page.dataset["id"] ?? "", incident);
		location.replace(`/incidents/${encodeURIComponent(incident)}`);
	} else location.reload();
}
function incident(page) {
	const id = page.dataset["id"] ?? "";
	const queue = held();
	const at = queue?.ids.indexOf(id) ?? -1;
	const place = page.querySelector(".where-in-list");
	if (queue && at >= 0 && place) place.textContent = `${at + 1} of ${queue.ids.length}${queue.next ? " and more" : ""}`;
	const back = page.querySelector("[data-back]");
	if (queue?.query && back) back.href = `/incidents?${queue.query}`;
	sheets(id, (verdict) => reload("Recorded.", verdict.incident));
	const vote = (decision) => {
		const state = decision === "accept" ? "accepted" : "rejected";
		const before = page.dataset["state"] ?? "new";
		stand(page, state, true);
		decide({
			decision,
			subject: page.dataset["id"]
		}).then((verdict) => {
			stand(page, state, false);
			if (verdict.incident) {
				rename(page.dataset["id"] ?? "", verdict.incident);
				page.dataset["id"] = verdict.incident;
			}
			tell(`It is ${state}. j: next, u: undo`);
		}).catch((error) => {
			stand(page, before, false);
			tell(fault(error), true);
		});
	};
	const step = (by) => {
		beside(page.dataset["id"] ?? "", by).then((other) => other ? location.assign(`/incidents/${encodeURIComponent(other)}`) : tell("The list ends here.")).catch((error) => tell(fault(error), true));
	};
	page.addEventListener("click", (event) => {
		const button = event.target.closest("[data-decide], [data-sheet], [data-edit]");
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
			const all = [...page.querySelectorAll(".evidence, .other")];
			const opened = all.some((each) => !each.open);
			for (const each of all) each.open = opened;
		} else if (SHEETS[key] && !page.querySelector(`[data-sheet="${SHEETS[key]}"]`)?.disabled) open(SHEETS[key]);
		else return false;
		return true;
	};
}
var cards = document.getElementById("cards");
var form = document.getElementById("ask");
var page = document.querySelector(".incident-page");
if (cards) act = list(cards);
if (form instanceof HTMLFormElement) searching(form);
if (page) act = incident(page);
document.addEventListener("click", (event) => {
	const id = event.target.closest("[data-undo]")?.dataset["undo"];
	if (id) takeBack(id);
});
document.addEventListener("keydown", (event) => {
	if (event.defaultPrevented || !isFree(event) || !isSingleKeysOn()) return;
	if (act(event.key)) event.preventDefault();
});
addEventListener("pageshow", (event) => {
	if (event.persisted) location.reload();
});
var words = sessionStorage.getItem(TOLD);
if (words) {
	sessionStorage.removeItem(TOLD);
	tell(words);
}
document.documentElement.dataset["ready"] = "";

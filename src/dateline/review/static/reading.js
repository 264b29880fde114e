import { i as make, n as get, o as say, r as isFree, t as fault } from "./chunks/calling.js";
import { r as undo, t as decide$1 } from "./chunks/deciding.js";
import { t as isSingleKeysOn } from "./chunks/keys.js";
// src/lib/choosing.ts
var NO_COUNT = /^(type|mode|time|place|party\..*|add)$/;
function choosing(text, id, cards, chosen) {
	const form = document.getElementById("chosen");
	const button = document.getElementById("choose");
	const mode = document.getElementById("mode");
	const fields = form.elements;
	let from = 0;
	let to = 0;
	let choosing = false;
	let words = null;
	const field = (name) => fields.namedItem(name);
	function open(found) {
		words = found;
		end();
		const quote = text.quote(found.start, found.end);
		document.getElementById("chosen-words").textContent = quote;
		document.getElementById("chosen-fault").textContent = "";
		document.getElementById("of-event").disabled = !cards.size;
		const now = chosen()?.dataset["event"];
		if (now) field("event").value = now;
		field("name").value = quote;
		field("placename").value = quote;
		field("low").value = field("best").value = field("high").value = /^\d[\d,]*$/.test(quote) ? quote.replaceAll(",", "") : "";
		form.hidden = false;
		show();
		field("use").focus();
	}
	function show() {
		const use = field("use").value;
		const kinds = /* @__PURE__ */ new Set([use === "add" ? "add" : "edit"]);
		if (use === "type" || use === "add") kinds.add("type");
		if (use === "mode" || use === "add") kinds.add("mode");
		if (use === "time") kinds.add("time");
		if (use === "place") kinds.add("place");
		if (use === "place" && !field("known").value) kinds.add("spot");
		if (use.startsWith("party.")) kinds.add("party");
		if (!NO_COUNT.test(use)) kinds.add("count");
		for (const label of form.querySelectorAll("[data-for]")) label.hidden = !kinds.has(label.dataset["for"]);
	}
	function close() {
		form.hidden = true;
		words = null;
		button.focus();
	}
	function value(use) {
		const number = (name) => field(name).value === "" ? null : Number(field(name).value);
		if (use === "time") {
			const first = field("earliest").value || null;
			return {
				earliest: first,
				latest: field("latest").value || first,
				precision: "day"
			};
		}
		if (use === "place") {
			if (field("known").value) return JSON.parse(field("known").value);
			if (number("lat") === null || number("lon") === null) throw new Error("A latitude and a longitude are needed.");
			return {
				name: field("placename").value,
				lat: number("lat"),
				lon: number("lon")
			};
		}
		if (use === "type" || use === "mode") return { to: field(use).value };
		if (use.startsWith("party.")) return { name: field("name").value };
		const low = number("low") ?? number("best");
		return {
			low,
			best: number("best") ?? low,
			high: number("high")
		};
	}
	function verdict(found) {
		const use = field("use").value;
		const shared = {
			document: id,
			words: found,
			note: field("note").value
		};
		if (use === "add") {
			const about = {
				decision: "add",
				subject: id,
				type: field("type").value
			};
			const other = field("incident").value ? { other: field("incident").value } : {};
			return {
				...shared,
				...about,
				...other,
				value: field("mode").value ? { mode: field("mode").value } : {}
			};
		}
		return {
			...shared,
			decision: "edit",
			subject: field("event").value,
			field: use,
			value: value(use)
		};
	}
	async function record() {
		if (!words) return;
		try {
			await decide$1(verdict(words));
		} catch (error) {
			document.getElementById("chosen-fault").textContent = fault(error);
			return;
		}
		say("Recorded");
		location.reload();
	}
	function move() {
		const one = text.words[Math.min(from, to)];
		const other = text.words[Math.max(from, to)];
		if (!one || !other) return;
		text.select(one.start, other.end);
		document.getElementById("heard").textContent = text.quote(one.start, other.end);
	}
	function begin() {
		if (!text.words.length) return;
		choosing = true;
		mode.hidden = false;
		button.setAttribute("aria-pressed", "true");
		const start = Number(chosen()?.dataset["start"] ?? -1);
		from = to = Math.max(0, text.words.findIndex((word) => word.end > start));
		move();
	}
	function end() {
		choosing = false;
		mode.hidden = true;
		button.setAttribute("aria-pressed", "false");
	}
	function next(step) {
		return Math.max(0, Math.min(text.words.length - 1, to + step));
	}
	function paragraph(step) {
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
		const right = getComputedStyle(text.pieces[0].element).direction === "rtl" ? -1 : 1;
		const step = {
			ArrowRight: () => next(right),
			ArrowLeft: () => next(-right),
			ArrowDown: () => paragraph(1),
			ArrowUp: () => paragraph(-1)
		}[event.key];
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
	document.getElementById("page").addEventListener("mouseup", () => {
		const found = text.selected();
		if (found) open(found);
	});
	form.addEventListener("change", show);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		record();
	});
	document.getElementById("chosen-close").addEventListener("click", close);
	button.addEventListener("click", () => choosing ? end() : begin());
	return {
		begin,
		active: () => choosing || !form.hidden
	};
}
// src/lib/margin.ts
var GAP = 8;
var wide = matchMedia("(min-width: 66rem)");
function settle(page, cards, text, chosen) {
	page.classList.toggle("laid", wide.matches);
	if (!wide.matches) {
		for (const card of cards) card.style.removeProperty("top");
		page.style.removeProperty("min-height");
		return;
	}
	const top = page.getBoundingClientRect().top;
	const heights = cards.map((card) => card.offsetHeight);
	const tops = [...cards.map((card) => {
		const piece = text.over(Number(card.dataset["start"]), Number(card.dataset["start"]) + 1)[0];
		return piece ? (piece.element.getClientRects()[0]?.top ?? top) - top : 0;
	})];
	const first = chosen ? cards.indexOf(chosen) : -1;
	for (let k = first - 1; k >= 0; k--) tops[k] = Math.min(tops[k], tops[k + 1] - heights[k] - GAP);
	let free = 0;
	cards.forEach((card, k) => {
		tops[k] = Math.max(tops[k], free);
		free = tops[k] + heights[k] + GAP;
		card.style.top = `${tops[k]}px`;
	});
	page.style.minHeight = `${free}px`;
}
function resettle(act) {
	wide.addEventListener("change", act);
	addEventListener("resize", act);
	document.fonts.ready.then(act);
}
// src/lib/words.ts
var points = (text) => [...text].length;
var Text = class {
	pieces;
	words = [];
	constructor(page) {
		this.pieces = [...page.querySelectorAll(".s")].map((element) => {
			const start = Number(element.dataset["s"]);
			return {
				element,
				start,
				end: start + points(element.textContent ?? "")
			};
		});
		[...page.querySelectorAll(".para")].forEach((paragraph, number) => {
			const parts = [...paragraph.querySelectorAll(".s")];
			const first = Number(parts[0]?.dataset["s"] ?? 0);
			const whole = parts.map((part) => part.textContent ?? "").join("");
			for (const found of whole.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’.,-][\p{L}\p{N}\p{M}]+)*/gu)) {
				const start = first + points(whole.slice(0, found.index));
				this.words.push({
					start,
					end: start + points(found[0]),
					paragraph: number
				});
			}
		});
	}
	/** The pieces that hold some of these positions. */
	over(start, end) {
		return this.pieces.filter((piece) => piece.start < end && piece.end > start);
	}
	/** What is selected, without white space at its ends; null where it is not the text's. */
	selected() {
		const selection = getSelection();
		if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
		const range = selection.getRangeAt(0);
		const held = this.pieces.filter((piece) => range.intersectsNode(piece.element));
		const first = held[0];
		const last = held[held.length - 1];
		if (!first || !last) return null;
		let start = first.element.contains(range.startContainer) ? first.start + inside(range.startContainer, range.startOffset) : first.start;
		let end = last.element.contains(range.endContainer) ? last.start + inside(range.endContainer, range.endOffset) : last.end;
		const letters = this.letters(start, end);
		while (start < end && !letters[0]?.trim()) letters.shift(), start++;
		while (end > start && !letters[letters.length - 1]?.trim()) letters.pop(), end--;
		return start < end ? {
			start,
			end
		} : null;
	}
	/** Selects positions as if by the mouse. */
	select(start, end) {
		const first = this.pieces.find((piece) => piece.end > start);
		const last = [...this.pieces].reverse().find((piece) => piece.start < end);
		if (!first || !last) return;
		const range = document.createRange();
		range.setStart(...at(first, start));
		range.setEnd(...at(last, end));
		const selection = getSelection();
		selection?.removeAllRanges();
		selection?.addRange(range);
		last.element.scrollIntoView({ block: "nearest" });
	}
	quote(start, end) {
		return this.letters(start, end).join("");
	}
	letters(start, end) {
		const out = [];
		let reached = start;
		for (const piece of this.over(start, end)) {
			if (piece.start > reached) out.push(...new Array(piece.start - reached).fill(" "));
			const letters = [...piece.element.textContent ?? ""];
			out.push(...letters.slice(Math.max(0, start - piece.start), end - piece.start));
			reached = piece.end;
		}
		return out;
	}
};
function inside(node, offset) {
	if (node.nodeType === Node.TEXT_NODE) return points((node.textContent ?? "").slice(0, offset));
	return offset ? points(node.textContent ?? "") : 0;
}
function at(piece, position) {
	return [piece.element.firstChild ?? piece.element, [...piece.element.textContent ?? ""].slice(0, Math.max(0, position - piece.start)).join("").length];
}
// src/entries/reading.ts
var reading = document.querySelector(".reading");
var page = document.getElementById("page");
var id = reading.dataset["document"];
var text = new Text(page);
var cards = [...page.querySelectorAll(".card")];
var byEvent = new Map(cards.map((card) => [card.dataset["event"], card]));
var chosen = null;
function light(card) {
	for (const { element } of text.pieces) {
		element.classList.remove("hit", "part");
		delete element.dataset["role"];
	}
	if (!card) return;
	const roles = JSON.parse(card.dataset["roles"] ?? "[]");
	for (const [start, end, role] of roles) text.over(start, end).forEach(({ element }, k) => {
		element.classList.add("part");
		if (!k && !element.dataset["role"]) element.dataset["role"] = role;
	});
	for (const { element } of text.over(Number(card.dataset["start"]), Number(card.dataset["end"]))) element.classList.add("hit");
}
function choose(card, look = false) {
	for (const each of cards) {
		each.classList.toggle("on", each === card);
		each.querySelector(".open")?.setAttribute("aria-expanded", String(each === card));
	}
	chosen = card;
	light(card);
	settle(page, cards, text, card);
	if (card && look) {
		card.querySelector(".open")?.focus({ preventScroll: true });
		text.over(Number(card.dataset["start"]), Number(card.dataset["end"]))[0]?.element.scrollIntoView({ block: "center" });
	}
}
async function decide(card, decision) {
	try {
		await decide$1({
			decision,
			subject: card.dataset["event"],
			document: id
		});
		const state = card.querySelector("[data-state]");
		state.textContent = decision === "accept" ? "accepted" : "rejected";
		state.className = `stand state human ${state.textContent}`;
		say(`Event ${card.dataset["number"]} ${state.textContent}`);
	} catch (error) {
		say(fault(error));
		card.querySelector(".why").replaceChildren(make("p", fault(error), "fault"));
		card.querySelector(".why").hidden = false;
	}
	settle(page, cards, text, chosen);
}
function takeBack() {
	undo().then((verdict) => verdict ? location.reload() : say("There is no decision of yours to take back here.")).catch((error) => say(fault(error)));
}
async function why(card) {
	const place = card.querySelector(".why");
	const button = card.querySelector("[data-act=\"why\"]");
	if (!place || !button) return;
	place.hidden = !place.hidden;
	button.setAttribute("aria-expanded", String(!place.hidden));
	if (!place.hidden && !place.dataset["held"]) {
		place.replaceChildren(make("p", "Asking the models that read it; the first answer takes some seconds …", "faint"));
		try {
			const address = `/api/readings/${encodeURIComponent(id)}/events/${encodeURIComponent(card.dataset["event"])}/why`;
			const told = await get(address);
			place.replaceChildren(...told.note ? [make("p", told.note, "faint")] : [], table(told.reasons));
			place.dataset["held"] = "1";
		} catch (error) {
			place.replaceChildren(make("p", fault(error), "fault"));
		}
	}
	settle(page, cards, text, chosen);
}
function table(reasons) {
	const list = make("dl");
	for (const reason of reasons) {
		const row = make("div");
		const told = make("dd");
		const value = make("bdi", reason.value ?? "nothing");
		told.append(value);
		if (reason.quote) told.append(" from ", make("q", reason.quote));
		if (reason.because) told.append(make("span", reason.because, "because"));
		told.append(make("span", reason.row ? `${reason.by} · ${reason.row}` : reason.by, "by"));
		row.append(make("dt", reason.field.replaceAll("_", " ")), told);
		list.append(row);
	}
	return list;
}
page.addEventListener("click", (event) => {
	const target = event.target;
	const card = target.closest(".card");
	const act = target.closest("[data-act]")?.dataset["act"];
	if (card && (act === "accept" || act === "reject")) decide(card, act);
	else if (card && act === "why") why(card);
	else if (card && target.closest(".open")) choose(card === chosen ? null : card);
	else if (card && card !== chosen) choose(card);
	else if (!card && getSelection()?.isCollapsed) {
		const found = byEvent.get(target.closest(".s[data-event]")?.dataset["event"] ?? "");
		if (found) choose(found);
	}
});
for (const card of cards) {
	card.addEventListener("mouseenter", () => light(card));
	card.addEventListener("mouseleave", () => light(chosen));
	card.querySelector(".open").addEventListener("focus", () => light(card));
}
var modal = choosing(text, id, byEvent, () => chosen);
document.addEventListener("keydown", (event) => {
	if (!isFree(event) || event.defaultPrevented || modal.active()) return;
	if (event.key !== "Escape" && !isSingleKeysOn()) return;
	const at = chosen ? cards.indexOf(chosen) : -1;
	if (event.key === "j" && cards.length) choose(cards[Math.min(at + 1, cards.length - 1)], true);
	else if (event.key === "k" && cards.length) choose(cards[Math.max(at - 1, 0)], true);
	else if (event.key === "Escape") choose(null);
	else if (event.key === "w") modal.begin();
	else if (event.key === "u") takeBack();
	else if (event.key === "y" && chosen) why(chosen);
	else if ((event.key === "a" || event.key === "x") && chosen) decide(chosen, event.key === "a" ? "accept" : "reject");
	else return;
	event.preventDefault();
});
function byAddress() {
	const card = byEvent.get(decodeURIComponent(location.hash.replace(/^#e-/, "")));
	const words = /^#w(\d+)-(\d+)$/.exec(location.hash);
	if (card) choose(card, true);
	else if (words) text.select(Number(words[1]), Number(words[2]));
}
addEventListener("hashchange", byAddress);
resettle(() => settle(page, cards, text, chosen));
settle(page, cards, text, null);
byAddress();
document.documentElement.dataset["ready"] = "";

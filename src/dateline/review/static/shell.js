import { n as setSingleKeys, t as isSingleKeysOn } from "./chunks/keys.js";
import { a as post, o as say, r as isFree, t as fault } from "./chunks/calling.js";
// src/entries/shell.ts
var going = 0;
function open(name) {
	const sheet = document.getElementById(name);
	if (sheet instanceof HTMLDialogElement && !sheet.open) sheet.showModal();
}
function keep(name, value) {
	document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
}
document.addEventListener("click", (event) => {
	const target = event.target;
	const opener = target.closest("[data-opens]");
	if (opener?.dataset["opens"]) open(opener.dataset["opens"]);
	if (target.closest("[data-closes]")) target.closest("dialog")?.close();
	if (target.closest("[data-theme-switch]")) {
		const root = document.documentElement;
		const dark = (root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
		root.dataset["theme"] = dark ? "light" : "dark";
		keep("dateline_theme", root.dataset["theme"]);
	}
	if (target.closest("[data-notice-read]")) {
		keep("dateline_notice", "read");
		document.getElementById("notice")?.remove();
		document.getElementById("main")?.focus();
	}
});
document.addEventListener("submit", (event) => {
	const form = event.target;
	if (!form.matches("[data-who], [data-login]")) return;
	event.preventDefault();
	const given = new FormData(form);
	const token = given.get("token");
	const reviewer = String(given.get("reviewer") ?? "").trim();
	post("/api/session", {
		...token ? { token } : {},
		...reviewer ? { reviewer } : {}
	}).then(() => form.matches("[data-login]") ? location.assign("/incidents") : location.reload()).catch((error) => {
		const place = form.querySelector(".fault");
		if (place) place.textContent = fault(error);
		else say(fault(error));
	});
});
document.addEventListener("keydown", (event) => {
	if (!isFree(event) || !isSingleKeysOn() || event.defaultPrevented) return;
	if (going && event.timeStamp - going < 5e3) {
		going = 0;
		const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
		if (link) {
			event.preventDefault();
			event.stopImmediatePropagation();
			link.click();
		}
		return;
	}
	if (event.key === "g") going = event.timeStamp;
	else if (event.key === "?") open("keys-sheet");
	else if (event.key === "/") {
		const field = document.querySelector("main input[type=\"search\"]");
		if (!field) return;
		field.focus();
		field.select();
	} else return;
	event.preventDefault();
	event.stopImmediatePropagation();
}, true);
var single = document.querySelector("[data-keys-switch]");
if (single) {
	single.checked = isSingleKeysOn();
	single.addEventListener("change", () => setSingleKeys(single.checked));
}

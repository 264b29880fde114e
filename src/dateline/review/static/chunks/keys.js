// src/lib/keys.ts
var NAME = "dateline.keys";
function isSingleKeysOn() {
	return localStorage.getItem(NAME) !== "off";
}
function setSingleKeys(on) {
	localStorage.setItem(NAME, on ? "on" : "off");
}
export { setSingleKeys as n, isSingleKeysOn as t };

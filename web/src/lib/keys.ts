// Whether single letters act: people who speak to their computer, or whose hands slip, can turn them off.
const NAME = "dateline.keys";

export function isSingleKeysOn(): boolean {
  return localStorage.getItem(NAME) !== "off";
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(NAME, on ? "on" : "off");
}

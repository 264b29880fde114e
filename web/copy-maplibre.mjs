// MapLibre GL as its makers built it, module and worker apart, so that the pages' policy needs no blob: and no eval;
// with its own licence and those of the packages that are built into it.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const modules = new URL("./node_modules/", import.meta.url);
const from = new URL("maplibre-gl/", modules);
const to = new URL("../src/dateline/review/static/maplibre/", import.meta.url);

mkdirSync(to, { recursive: true });
for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"]) {
  const text = readFileSync(new URL(`dist/${name}`, from), "utf-8");
  writeFileSync(new URL(name, to), text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
}
copyFileSync(new URL("dist/maplibre-gl.css", from), new URL("maplibre-gl.css", to));
copyFileSync(new URL("LICENSE.txt", from), new URL("LICENSE.txt", to));

const about = (name) => JSON.parse(readFileSync(new URL(`${name}/package.json`, modules), "utf-8"));
const found = new Map();
function walk(name) {
  for (const each of Object.keys(about(name).dependencies ?? {})) {
    if (each.startsWith("@types/") || found.has(each) || !existsSync(new URL(`${each}/package.json`, modules))) continue;
    found.set(each, about(each));
    walk(each);
  }
}
walk("maplibre-gl");

function notice([name, { version, license, author }]) {
  const folder = new URL(`${name}/`, modules);
  const file = readdirSync(folder).find((each) => /^licen[cs]e|^copying/i.test(each));
  const by = typeof author === "string" ? author : author?.name;
  const text = file ? readFileSync(new URL(file, folder), "utf-8").trim() : `The package names the licence ${license} and ships no text of it.`;
  return `${name} ${version} (${license})${by ? `, by ${by}` : ""}\n\n${text}\n`;
}
const rule = `\n${"-".repeat(100)}\n\n`;
const head = `Packages that are built into MapLibre GL JS ${about("maplibre-gl").version}, or that it is built with.\n`;
const listed = [...found].sort(([one], [two]) => (one < two ? -1 : 1));
writeFileSync(new URL("NOTICES.txt", to), [head, ...listed.map(notice)].join(rule).replaceAll("\r", ""));

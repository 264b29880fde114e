// MapLibre GL as its makers built it, module and worker apart, so that the pages' policy needs no blob: and no eval.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const from = new URL("./node_modules/maplibre-gl/", import.meta.url);
const to = new URL("../src/dateline/review/static/maplibre/", import.meta.url);

mkdirSync(to, { recursive: true });
for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"]) {
  const text = readFileSync(new URL(`dist/${name}`, from), "utf-8");
  writeFileSync(new URL(name, to), text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ""));
}
copyFileSync(new URL("dist/maplibre-gl.css", from), new URL("maplibre-gl.css", to));
copyFileSync(new URL("LICENSE.txt", from), new URL("LICENSE.txt", to));

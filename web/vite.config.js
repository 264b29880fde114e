// Every file of src/entries becomes one module of the same name in the package's static folder; what several of
// them share becomes a module in static/chunks. Names carry no hash: the server answers with ETags.
import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

const entries = readdirSync(new URL("./src/entries", import.meta.url)).filter((name) => name.endsWith(".ts"));

export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "../src/dateline/review/static",
    emptyOutDir: false,
    minify: false,
    modulePreload: false,
    rollupOptions: {
      input: Object.fromEntries(entries.map((name) => [name.replace(/\.ts$/, ""), `src/entries/${name}`])),
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "chunks/[name].js" },
    },
  },
});

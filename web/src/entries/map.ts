// The map page: the map, the list of what is in view, and the timeline whose brush filters both.

import { fault, get, make } from "../lib/calling";
import { canDraw, Drawing, type Box, type Spot } from "../lib/drawing-map";
import { Sketch } from "../lib/sketch";
import { Timeline, type Bin } from "../lib/timeline";

interface MapAnswer {
  total: number;
  placed: number;
  clustered: boolean;
  spots: Spot[];
}

interface Row {
  id: string;
  type: string;
  mode: string | null;
  earliest: string | null;
  place: string | null;
  killed: number | null;
  summary: string;
}

const told = document.getElementById("told")!;
const over = document.getElementById("over")!;
const list = document.getElementById("list")!;
const form = document.getElementById("narrow") as HTMLFormElement;
let drawing: Drawing | null = null;
let gathered = false;
let asking = new AbortController();

function query(more: Record<string, string> = {}, without: string[] = []): string {
  const kept = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && !without.includes(name)) kept.append(name, String(value));
  for (const [name, value] of Object.entries(more)) kept.set(name, value);
  return kept.toString();
}

function words(code: string): string {
  return code.replaceAll(/[_-]/g, " ").toLowerCase();
}

function tell(answer: MapAnswer): void {
  const without = answer.total - answer.placed;
  const counted = (n: number): string => n.toLocaleString("en");
  const head = answer.total === 1 ? "1 incident" : `${counted(answer.total)} incidents`;
  told.textContent = `${head}${without > 0 ? `, ${counted(without)} without a place` : ""}`;
  over.hidden = answer.placed > 0;
  over.textContent = answer.total ? "None of these incidents has a place." : "No incident fits.";
}

async function spots(first = false): Promise<void> {
  const box = drawing && gathered && !first ? drawing.box() : null;
  const level = String(drawing && !first ? drawing.level() : 1);
  const answer = await get<MapAnswer>(`/api/map?${query({ zoom: level, ...(box ? { bbox: box.join(",") } : {}) })}`, asking.signal);
  if (!box) {
    gathered = answer.clustered;
    tell(answer);
  }
  drawing?.show(answer.spots, answer.clustered);
  if (first) drawing?.fit();
}

async function rows(box: Box | null): Promise<void> {
  const where: Record<string, string> = box ? { bbox: box.join(",") } : {};
  const answer = await get<{ total: number; items: Row[] }>(`/api/incidents?${query({ ...where, limit: "40" })}`, asking.signal);
  list.replaceChildren(...answer.items.map(entry));
  if (!answer.items.length) list.append(make("li", "Nothing in this view.", "empty"));
  const all = document.getElementById("all") as HTMLAnchorElement;
  all.href = `/incidents?${query(where)}`;
  all.textContent = answer.total > answer.items.length ? `All ${answer.total.toLocaleString("en")} as a list` : "As a list";
}

function entry(row: Row): HTMLElement {
  const item = make("li");
  const link = make("a", row.mode ? `${words(row.type)} · ${words(row.mode)}` : words(row.type)) as HTMLAnchorElement;
  link.href = `/incidents/${encodeURIComponent(row.id)}`;
  const told = [row.earliest ?? "day not told", row.place ?? "place not told", row.killed === null ? "" : `${row.killed} killed`];
  const facts = make("span", "", "faint");
  facts.append(make("bdi", told.filter(Boolean).join(" · ")));
  item.append(link, facts);
  for (const name of ["mouseenter", "focusin"]) item.addEventListener(name, () => drawing?.light(row.id));
  for (const name of ["mouseleave", "focusout"]) item.addEventListener(name, () => drawing?.light(""));
  return item;
}

async function look(act: () => Promise<unknown>): Promise<void> {
  asking.abort();
  asking = new AbortController();
  try {
    await act();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    told.textContent = `The incidents could not be loaded. ${fault(error)}`;
  }
}

const timeline = new Timeline(document.getElementById("bins")!, (since, until) => {
  (form.elements.namedItem("since") as HTMLInputElement).value = since;
  (form.elements.namedItem("until") as HTMLInputElement).value = until;
  renew();
});

async function bins(): Promise<void> {
  const answer = await get<{ undated: number; bins: Bin[] }>(`/api/timeline?${query({}, ["since", "until"])}`);
  const value = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement).value;
  timeline.draw(answer.bins, [value("since"), value("until")]);
  const hint = document.getElementById("hint")!;
  if (answer.undated) hint.append(` ${answer.undated.toLocaleString("en")} have no day.`);
  if (!answer.bins.length) hint.textContent = "No incident has a day.";
}

/** After the brush: the address, the spots and the list; the timeline keeps its bars. */
function renew(): void {
  history.replaceState(null, "", `/map?${query()}`);
  void look(() => Promise.all([spots(), rows(drawing?.box() ?? null)]));
}

function hit(spot: Spot): void {
  const [west, south, east, north] = spot.bbox;
  if (gathered && spot.count > 1 && (east - west > 0.01 || north - south > 0.01)) drawing?.to(spot.bbox);
  else void look(() => rows([west - 1e-5, south - 1e-5, east + 1e-5, north + 1e-5]));
}

/** The land and the discs are painted as soon as they are here, long before the map can be moved. */
async function paint(sketch: Sketch | null, first: Promise<MapAnswer>): Promise<void> {
  if (!sketch) return;
  const [land, answer] = await Promise.all([get<Parameters<Sketch["draw"]>[0]>("/map/land.json"), first]);
  tell(answer);
  if (!sketch.draw(land, answer.spots, answer.clustered)) return;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  performance.mark("map-painted");
}

async function begin(): Promise<void> {
  const place = document.getElementById("map")!;
  const first = get<MapAnswer>(`/api/map?${query({ zoom: "1" })}`);
  const able = canDraw();
  const sketch = able ? new Sketch(place) : null;
  const sketched = paint(sketch, first).catch(() => undefined);
  void sketched
    .then(bins)
    .catch((error: unknown) => (document.getElementById("hint")!.textContent = fault(error)));
  if (able) {
    try {
      drawing = await Drawing.begin(place, sketched);
    } catch {
      drawing = null;
      sketch?.gone();
    }
  }
  const answer = await first;
  gathered = answer.clustered;
  tell(answer);
  if (!drawing) {
    document.querySelector(".mapsheet")!.classList.add("plain");
    (document.getElementById("table") as HTMLDetailsElement).open = true;
    told.append(" This browser draws no map (WebGL is off): the table tells the places.");
    await rows(null);
    return;
  }
  drawing.show(answer.spots, answer.clustered);
  drawing.fit();
  drawing.hit(hit);
  drawing.drawn(() => {
    performance.mark("map-drawn");
    place.dataset["drawn"] = "";
    sketch?.gone();
  });
  const moved = (): void => void look(() => Promise.all([gathered ? spots() : null, rows(drawing!.box())]));
  drawing.moved(moved);
  moved();
  for (const button of document.querySelectorAll<HTMLElement>("[data-zoom]")) {
    const step = Number(button.dataset["zoom"]);
    button.addEventListener("click", () => (step ? drawing!.zoom(step) : drawing!.fit()));
  }
}

void look(begin).then(() => (document.documentElement.dataset["ready"] = ""));

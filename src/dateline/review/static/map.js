import { i as make, n as get, t as fault } from "./chunks/calling.js";
// src/lib/drawing-map.ts
var WIDEST = 78271.517;
var MODULE = "/static/maplibre/maplibre-gl.mjs";
var WORKER = "/static/maplibre/maplibre-gl-worker.mjs";
var FONT = ["system-ui, sans-serif"];
function canDraw() {
	try {
		return Boolean(document.createElement("canvas").getContext("webgl2"));
	} catch {
		return false;
	}
}
/** The map's colours, as the style sheet has them now. */
function colours() {
	const held = getComputedStyle(document.getElementById("map"));
	const of = (name) => held.getPropertyValue(`--map-${name}`).trim();
	return {
		land: of("land"),
		sea: of("sea"),
		border: of("border"),
		accent: of("accent"),
		soft: of("soft"),
		paper: of("paper")
	};
}
function reach(least) {
	const stops = [];
	for (let zoom = 0; zoom <= 16; zoom++) stops.push(zoom, [
		"max",
		least,
		[
			"*",
			2 ** zoom,
			["get", "reach"]
		]
	]);
	return [
		"interpolate",
		["exponential", 2],
		["zoom"],
		...stops
	];
}
function style() {
	const c = colours();
	return {
		version: 8,
		sources: {
			land: {
				type: "geojson",
				data: "/map/land.json",
				tolerance: .2
			},
			spots: {
				type: "geojson",
				data: {
					type: "FeatureCollection",
					features: []
				},
				buffer: 256,
				tolerance: 0
			}
		},
		layers: [
			{
				id: "sea",
				type: "background",
				paint: { "background-color": c.sea }
			},
			{
				id: "land",
				type: "fill",
				source: "land",
				filter: [
					"==",
					["geometry-type"],
					"Polygon"
				],
				paint: {
					"fill-color": c.land,
					"fill-antialias": false
				}
			},
			{
				id: "borders",
				type: "line",
				source: "land",
				filter: [
					"==",
					["geometry-type"],
					"Polygon"
				],
				paint: {
					"line-color": c.border,
					"line-width": .8
				}
			},
			{
				id: "names",
				type: "symbol",
				source: "land",
				filter: [
					"all",
					[
						"==",
						["geometry-type"],
						"Point"
					],
					[
						">",
						["get", "area"],
						[
							"interpolate",
							["linear"],
							["zoom"],
							0,
							400,
							3,
							30,
							5,
							0
						]
					]
				],
				layout: {
					"text-field": ["get", "name"],
					"text-font": FONT,
					"text-size": 11,
					"text-letter-spacing": .08,
					"text-max-width": 7
				},
				paint: {
					"text-color": c.soft,
					"text-halo-color": c.land,
					"text-halo-width": 1.2
				}
			},
			{
				id: "doubt",
				type: "circle",
				source: "spots",
				filter: ["!", ["get", "gathered"]],
				paint: {
					"circle-radius": reach(4),
					"circle-color": c.accent,
					"circle-opacity": .16,
					"circle-stroke-color": c.accent,
					"circle-stroke-width": 1.2,
					"circle-stroke-opacity": .75
				}
			},
			{
				id: "several",
				type: "circle",
				source: "spots",
				filter: [
					">",
					["get", "count"],
					1
				],
				paint: {
					"circle-radius": [
						"+",
						7,
						[
							"*",
							4,
							["log10", ["get", "count"]]
						]
					],
					"circle-color": c.accent,
					"circle-opacity": .9,
					"circle-stroke-color": c.paper,
					"circle-stroke-width": 1
				}
			},
			{
				id: "lit",
				type: "circle",
				source: "spots",
				filter: [
					"==",
					["get", "incident"],
					""
				],
				paint: {
					"circle-radius": reach(7),
					"circle-color": c.accent,
					"circle-opacity": .35,
					"circle-stroke-color": c.accent,
					"circle-stroke-width": 2.5
				}
			},
			{
				id: "numbers",
				type: "symbol",
				source: "spots",
				filter: [
					">",
					["get", "count"],
					1
				],
				layout: {
					"text-field": ["to-string", ["get", "count"]],
					"text-font": FONT,
					"text-size": 11,
					"text-allow-overlap": true,
					"text-ignore-placement": true
				},
				paint: { "text-color": c.paper }
			}
		]
	};
}
function features(spots, gathered) {
	return {
		type: "FeatureCollection",
		features: spots.map((spot, number) => ({
			type: "Feature",
			geometry: {
				type: "Point",
				coordinates: [spot.lon, spot.lat]
			},
			properties: {
				number,
				count: spot.count,
				incident: spot.incident ?? "-",
				gathered: gathered && spot.count > 1,
				reach: spot.radius_km * 1e3 / (WIDEST * Math.max(.05, Math.cos(spot.lat * Math.PI / 180)))
			}
		}))
	};
}
var Drawing = class Drawing {
	map;
	spots = [];
	constructor(map) {
		this.map = map;
	}
	/** Makes the map; `when` is waited for before it takes the machine's time. */
	static async begin(place, when) {
		await when;
		const gl = await import(
			/* @vite-ignore */
			MODULE
);
		gl.setWorkerUrl(new URL(WORKER, location.href).href);
		const map = new gl.Map({
			container: place,
			style: style(),
			center: [20, 25],
			zoom: .8,
			minZoom: 0,
			maxZoom: 14,
			attributionControl: false,
			dragRotate: false,
			pitchWithRotate: false,
			fadeDuration: 0,
			renderWorldCopies: true
		});
		map.touchZoomRotate.disableRotation();
		map.keyboard.disableRotation();
		map.getCanvas().setAttribute("aria-label", "Map of incidents; arrow keys move it, plus and minus change its scale");
		await new Promise((done) => map.once("style.load", () => done()));
		const drawing = new Drawing(map);
		const again = () => drawing.colour();
		matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
		new MutationObserver(again).observe(document.documentElement, {
			attributes: true,
			attributeFilter: ["data-theme"]
		});
		return drawing;
	}
	show(spots, gathered) {
		this.spots = spots;
		this.map.getSource("spots").setData(features(spots, gathered));
	}
	/** Looks at all spots at once; nothing glides. */
	fit() {
		if (!this.spots.length) return;
		const fine = this.spots.filter((spot) => spot.radius_km <= 300);
		const held = fine.length ? fine : this.spots;
		const west = Math.min(...held.map((spot) => spot.bbox[0]));
		const south = Math.min(...held.map((spot) => spot.bbox[1]));
		const east = Math.max(...held.map((spot) => spot.bbox[2]));
		const north = Math.max(...held.map((spot) => spot.bbox[3]));
		this.map.fitBounds([
			west,
			south,
			east,
			north
		], {
			padding: 48,
			maxZoom: 5.5,
			animate: false
		});
	}
	to(box) {
		this.map.fitBounds(box, {
			padding: 60,
			maxZoom: 12,
			animate: false
		});
	}
	zoom(step) {
		this.map.jumpTo({ zoom: this.map.getZoom() + step });
	}
	level() {
		return Math.max(0, Math.min(20, Math.round(this.map.getZoom())));
	}
	/** West, south, east, north of what is seen; null where that is the whole world. */
	box() {
		const bounds = this.map.getBounds();
		const [west, east] = [bounds.getWest(), bounds.getEast()];
		if (east - west >= 360) return null;
		const turned = (lon) => ((lon + 180) % 360 + 360) % 360 - 180;
		const south = Math.max(-90, bounds.getSouth());
		const north = Math.min(90, bounds.getNorth());
		return [
			turned(west),
			south,
			turned(east),
			north
		].map((each) => Number(each.toFixed(4)));
	}
	light(incident) {
		this.map.setFilter("lit", [
			"==",
			["get", "incident"],
			incident
		]);
	}
	moved(act) {
		this.map.on("moveend", act);
	}
	/** Once everything asked for has been drawn. */
	drawn(act) {
		this.map.once("idle", act);
	}
	hit(act) {
		this.map.on("click", (event) => {
			const found = this.map.queryRenderedFeatures(event.point, { layers: ["several", "doubt"] });
			found.sort((one, two) => this.wide(one) - this.wide(two));
			const spot = this.spots[Number(found[0]?.properties["number"] ?? -1)];
			if (spot) act(spot);
		});
		this.map.on("mousemove", (event) => {
			const found = this.map.queryRenderedFeatures(event.point, { layers: ["several", "doubt"] });
			this.map.getCanvas().style.cursor = found.length ? "pointer" : "";
		});
	}
	wide(feature) {
		return this.spots[Number(feature.properties["number"])]?.radius_km ?? 0;
	}
	colour() {
		const fresh = style();
		for (const layer of fresh.layers) for (const [name, value] of Object.entries(layer.paint ?? {})) if (name.endsWith("color")) this.map.setPaintProperty(layer.id, name, value);
	}
};
// src/lib/sketch.ts
var TILE = 512;
var CLOSEST = 5.5;
var FLAT = 40075016.686;
var START = [
	20,
	25,
	.8
];
var across = (lon) => (lon + 180) / 360;
var down = (lat) => {
	const held = Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI / 180;
	return .5 - Math.log(Math.tan(Math.PI / 4 + held / 2)) / (2 * Math.PI);
};
/** Centre (0 to 1 across and down the world) and pixels of the whole world, as fitting all spots would have it. */
function view(spots, wide, high) {
	const fine = spots.filter((spot) => spot.radius_km <= 300);
	const held = fine.length ? fine : spots;
	let [x, y, zoom] = [
		across(START[0]),
		down(START[1]),
		START[2]
	];
	if (held.length) {
		const west = across(Math.min(...held.map((spot) => spot.bbox[0])));
		const east = across(Math.max(...held.map((spot) => spot.bbox[2])));
		const north = down(Math.max(...held.map((spot) => spot.bbox[3])));
		const south = down(Math.min(...held.map((spot) => spot.bbox[1])));
		const room = (pixels, share) => Math.log2(Math.max(1, pixels - 96) / (TILE * Math.max(share, 1e-9)));
		zoom = Math.min(room(wide, east - west), room(high, south - north), CLOSEST);
		[x, y] = [(west + east) / 2, (north + south) / 2];
	}
	const world = TILE * 2 ** Math.max(zoom, 0, Math.log2(high / TILE));
	const half = high / 2 / world;
	return [
		x,
		Math.max(half, Math.min(1 - half, y)),
		world
	];
}
var Sketch = class {
	place;
	canvas = document.createElement("canvas");
	constructor(place) {
		this.place = place;
		this.canvas.className = "sketch";
		this.canvas.setAttribute("aria-hidden", "true");
	}
	/** Draws; false where this browser cannot. */
	draw(land, spots, gathered) {
		const pen = this.canvas.getContext("2d");
		const [wide, high] = [this.place.clientWidth, this.place.clientHeight];
		if (!pen || !wide || !high) return false;
		const fine = devicePixelRatio || 1;
		this.canvas.width = wide * fine;
		this.canvas.height = high * fine;
		pen.scale(fine, fine);
		const c = colours();
		const [x, y, world] = view(spots, wide, high);
		const left = (lon) => (across(lon) - x) * world + wide / 2;
		const top = (lat) => (down(lat) - y) * world + high / 2;
		pen.fillStyle = c.sea;
		pen.fillRect(0, 0, wide, high);
		pen.beginPath();
		for (const copy of [
			-world,
			0,
			world
		]) for (const feature of land.features) {
			if (feature.geometry.type !== "MultiPolygon") continue;
			for (const polygon of feature.geometry.coordinates) for (const ring of polygon) trace(pen, ring, (lon) => left(lon) + copy, top);
		}
		pen.fillStyle = c.land;
		pen.fill("evenodd");
		pen.strokeStyle = c.border;
		pen.lineWidth = .8;
		pen.stroke();
		for (const copy of [
			-world,
			0,
			world
		]) for (const spot of spots) this.disc(pen, spot, left(spot.lon) + copy, top(spot.lat), world, gathered, c);
		this.place.append(this.canvas);
		return true;
	}
	gone() {
		this.canvas.remove();
	}
	disc(pen, spot, x, y, world, gathered, c) {
		const circle = (radius) => {
			pen.beginPath();
			pen.arc(x, y, radius, 0, 2 * Math.PI);
		};
		if (!(gathered && spot.count > 1)) {
			circle(Math.max(4, spot.radius_km * 1e3 * world / FLAT / Math.max(.05, Math.cos(spot.lat * Math.PI / 180))));
			pen.globalAlpha = .16;
			pen.fillStyle = pen.strokeStyle = c.accent;
			pen.fill();
			pen.globalAlpha = .75;
			pen.lineWidth = 1.2;
			pen.stroke();
		}
		if (spot.count > 1) {
			circle(7 + 4 * Math.log10(spot.count));
			pen.globalAlpha = .9;
			pen.fillStyle = c.accent;
			pen.fill();
			pen.globalAlpha = 1;
			pen.strokeStyle = pen.fillStyle = c.paper;
			pen.lineWidth = 1;
			pen.stroke();
			pen.font = "11px system-ui, sans-serif";
			pen.textAlign = "center";
			pen.textBaseline = "middle";
			pen.fillText(String(spot.count), x, y);
		}
		pen.globalAlpha = 1;
	}
};
function trace(pen, ring, left, top) {
	ring.forEach(([lon, lat], k) => k ? pen.lineTo(left(lon), top(lat)) : pen.moveTo(left(lon), top(lat)));
	pen.closePath();
}
// src/lib/timeline.ts
var NS = "http://www.w3.org/2000/svg";
var DAY = 864e5;
var HEIGHT = 96;
function shape(name, values, words = "") {
	const made = document.createElementNS(NS, name);
	for (const [key, value] of Object.entries(values)) made.setAttribute(key, String(value));
	made.textContent = words;
	return made;
}
var time = (iso) => Date.parse(`${iso}T00:00:00Z`);
var iso = (moment) => new Date(moment).toISOString().slice(0, 10);
var Timeline = class {
	place;
	brushed;
	low = 0;
	high = 1;
	bins = [];
	from = null;
	constructor(place, brushed) {
		this.place = place;
		this.brushed = brushed;
		place.addEventListener("pointerdown", (event) => {
			if (!this.bins.length || event.button) return;
			this.from = this.day(event);
			place.setPointerCapture(event.pointerId);
		});
		place.addEventListener("pointermove", (event) => {
			if (this.from !== null) this.mark(...this.span(this.day(event)));
		});
		place.addEventListener("pointerup", (event) => {
			if (this.from === null) return;
			const [since, until] = this.span(this.day(event));
			this.from = null;
			this.brushed(since, until);
		});
		place.addEventListener("pointercancel", () => this.from = null);
		addEventListener("resize", () => this.draw(this.bins, this.chosen));
	}
	chosen = ["", ""];
	draw(bins, chosen) {
		this.bins = bins;
		this.chosen = chosen;
		const wide = Math.max(200, this.place.clientWidth);
		const first = bins[0];
		if (!first) {
			this.place.replaceChildren();
			return;
		}
		this.low = time(first.first);
		this.high = Math.max(time(bins[bins.length - 1].last) + DAY, this.low + 7 * DAY);
		const most = Math.max(...bins.map((bin) => bin.count));
		const about = `${bins.reduce((sum, bin) => sum + bin.count, 0)} incidents from ${first.first} to ${bins[bins.length - 1].last}, at most ${most} in one bar`;
		const svg = shape("svg", {
			viewBox: `0 0 ${wide} 114`,
			width: wide,
			height: 114,
			role: "img",
			"aria-label": about
		});
		svg.append(shape("rect", {
			class: "brush",
			y: 0,
			height: HEIGHT,
			x: 0,
			width: 0
		}));
		for (const bin of bins) {
			const x = this.x(time(bin.first), wide);
			const width = Math.max(2, this.x(time(bin.last) + DAY, wide) - x - 1);
			const high = Math.max(2, Math.sqrt(bin.count) / Math.sqrt(most) * 90);
			const bar = shape("rect", {
				class: "bin",
				x,
				width,
				y: HEIGHT - high,
				height: high
			});
			bar.append(shape("title", {}, `${bin.first === bin.last ? bin.first : `${bin.first} – ${bin.last}`}: ${bin.count}`));
			svg.append(bar);
		}
		svg.append(shape("line", {
			class: "axis",
			x1: 0,
			x2: wide,
			y1: HEIGHT,
			y2: HEIGHT
		}));
		const ticks = Math.max(2, Math.floor(wide / 160));
		for (let k = 0; k <= ticks; k++) {
			const moment = this.low + (this.high - DAY - this.low) * k / ticks;
			const anchor = k === 0 ? "start" : k === ticks ? "end" : "middle";
			svg.append(shape("text", {
				class: "tick",
				x: wide * k / ticks,
				y: 110,
				"text-anchor": anchor
			}, iso(moment)));
		}
		this.place.replaceChildren(svg);
		this.mark(...chosen);
	}
	mark(since, until) {
		const brush = this.place.querySelector(".brush");
		const wide = Math.max(200, this.place.clientWidth);
		const start = since ? Math.max(0, this.x(time(since), wide)) : 0;
		const end = until ? Math.min(wide, this.x(time(until) + DAY, wide)) : wide;
		brush?.setAttribute("x", String(start));
		brush?.setAttribute("width", String(since || until ? Math.max(2, end - start) : 0));
	}
	x(moment, wide) {
		return (moment - this.low) / (this.high - this.low) * wide;
	}
	day(event) {
		const box = this.place.getBoundingClientRect();
		const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
		return Math.min(this.high - DAY, this.low + Math.floor(share * (this.high - this.low) / DAY) * DAY);
	}
	span(to) {
		const from = this.from ?? to;
		return [iso(Math.min(from, to)), iso(Math.max(from, to))];
	}
};
// src/entries/map.ts
var told = document.getElementById("told");
var over = document.getElementById("over");
var list = document.getElementById("list");
var form = document.getElementById("narrow");
var drawing = null;
var gathered = false;
var asking = new AbortController();
function query(more = {}, without = []) {
	const kept = new URLSearchParams();
	for (const [name, value] of new FormData(form)) if (value && !without.includes(name)) kept.append(name, String(value));
	for (const [name, value] of Object.entries(more)) kept.set(name, value);
	return kept.toString();
}
function words(code) {
	return code.replaceAll(/[_-]/g, " ").toLowerCase();
}
function tell(answer) {
	const without = answer.total - answer.placed;
	const counted = (n) => n.toLocaleString("en");
	told.textContent = `${answer.total === 1 ? "1 incident" : `${counted(answer.total)} incidents`}${without > 0 ? `, ${counted(without)} without a place` : ""}`;
	over.hidden = answer.placed > 0;
	over.textContent = answer.total ? "None of these incidents has a place." : "No incident fits.";
}
async function spots(first = false) {
	const box = drawing && gathered && !first ? drawing.box() : null;
	const level = String(drawing && !first ? drawing.level() : 1);
	const answer = await get(`/api/map?${query({
		zoom: level,
		...box ? { bbox: box.join(",") } : {}
	})}`, asking.signal);
	if (!box) {
		gathered = answer.clustered;
		tell(answer);
	}
	drawing?.show(answer.spots, answer.clustered);
	if (first) drawing?.fit();
}
async function rows(box) {
	const where = box ? { bbox: box.join(",") } : {};
	const answer = await get(`/api/incidents?${query({
		...where,
		limit: "40"
	})}`, asking.signal);
	list.replaceChildren(...answer.items.map(entry));
	if (!answer.items.length) list.append(make("li", "Nothing in this view.", "empty"));
	const all = document.getElementById("all");
	all.href = `/incidents?${query(where)}`;
	all.textContent = answer.total > answer.items.length ? `All ${answer.total.toLocaleString("en")} as a list` : "As a list";
}
function entry(row) {
	const item = make("li");
	const link = make("a", row.mode ? `${words(row.type)} · ${words(row.mode)}` : words(row.type));
	link.href = `/incidents/${encodeURIComponent(row.id)}`;
	const told = [
		row.earliest ?? "day not told",
		row.place ?? "place not told",
		row.killed === null ? "" : `${row.killed} killed`
	];
	const facts = make("span", "", "faint");
	facts.append(make("bdi", told.filter(Boolean).join(" · ")));
	item.append(link, facts);
	for (const name of ["mouseenter", "focusin"]) item.addEventListener(name, () => drawing?.light(row.id));
	for (const name of ["mouseleave", "focusout"]) item.addEventListener(name, () => drawing?.light(""));
	return item;
}
async function look(act) {
	asking.abort();
	asking = new AbortController();
	try {
		await act();
	} catch (error) {
		if (error instanceof DOMException && error.name === "AbortError") return;
		told.textContent = `The incidents could not be loaded. ${fault(error)}`;
	}
}
var timeline = new Timeline(document.getElementById("bins"), (since, until) => {
	form.elements.namedItem("since").value = since;
	form.elements.namedItem("until").value = until;
	renew();
});
async function bins() {
	const answer = await get(`/api/timeline?${query({}, ["since", "until"])}`);
	const value = (name) => form.elements.namedItem(name).value;
	timeline.draw(answer.bins, [value("since"), value("until")]);
	const hint = document.getElementById("hint");
	if (answer.undated) hint.append(` ${answer.undated.toLocaleString("en")} have no day.`);
	if (!answer.bins.length) hint.textContent = "No incident has a day.";
}
/** After the brush: the address, the spots and the list; the timeline keeps its bars. */
function renew() {
	history.replaceState(null, "", `/map?${query()}`);
	look(() => Promise.all([spots(), rows(drawing?.box() ?? null)]));
}
function hit(spot) {
	const [west, south, east, north] = spot.bbox;
	if (gathered && spot.count > 1 && (east - west > .01 || north - south > .01)) drawing?.to(spot.bbox);
	else look(() => rows([
		west - 1e-5,
		south - 1e-5,
		east + 1e-5,
		north + 1e-5
	]));
}
/** The land and the discs are painted as soon as they are here, long before the map can be moved. */
async function paint(sketch, first) {
	if (!sketch) return;
	const [land, answer] = await Promise.all([get("/map/land.json"), first]);
	tell(answer);
	if (!sketch.draw(land, answer.spots, answer.clustered)) return;
	await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	performance.mark("map-painted");
}
async function begin() {
	const place = document.getElementById("map");
	const first = get(`/api/map?${query({ zoom: "1" })}`);
	const able = canDraw();
	const sketch = able ? new Sketch(place) : null;
	const sketched = paint(sketch, first).catch(() => void 0);
	sketched.then(bins).catch((error) => document.getElementById("hint").textContent = fault(error));
	if (able) try {
		drawing = await Drawing.begin(place, sketched);
	} catch {
		drawing = null;
		sketch?.gone();
	}
	const answer = await first;
	gathered = answer.clustered;
	tell(answer);
	if (!drawing) {
		document.querySelector(".mapsheet").classList.add("plain");
		document.getElementById("table").open = true;
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
	const moved = () => void look(() => Promise.all([gathered ? spots() : null, rows(drawing.box())]));
	drawing.moved(moved);
	moved();
	for (const button of document.querySelectorAll("[data-zoom]")) {
		const step = Number(button.dataset["zoom"]);
		button.addEventListener("click", () => step ? drawing.zoom(step) : drawing.fit());
	}
}
look(begin).then(() => document.documentElement.dataset["ready"] = "");

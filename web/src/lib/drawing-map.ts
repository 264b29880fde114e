// The map itself: grey land, discs as large as the doubt, full discs with a number for several incidents.

import type * as MapLibre from "maplibre-gl";

export interface Spot {
  lat: number;
  lon: number;
  count: number;
  type: string;
  incident: string | null;
  bbox: [number, number, number, number];
  radius_km: number;
}

export type Box = [number, number, number, number];

const WIDEST = 78_271.517; // metres a pixel on the equator at zoom 0, tiles of 512 pixels
const MODULE = "/static/maplibre/maplibre-gl.mjs";
const WORKER = "/static/maplibre/maplibre-gl-worker.mjs";
const FONT = ["system-ui, sans-serif"];

export function canDraw(): boolean {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

/** The map's colours, as the style sheet has them now. */
export function colours(): Record<"land" | "sea" | "border" | "accent" | "soft" | "paper", string> {
  const held = getComputedStyle(document.getElementById("map")!);
  const of = (name: string): string => held.getPropertyValue(`--map-${name}`).trim();
  return { land: of("land"), sea: of("sea"), border: of("border"), accent: of("accent"), soft: of("soft"), paper: of("paper") };
}

function reach(least: number): MapLibre.ExpressionSpecification {
  const stops: unknown[] = [];
  for (let zoom = 0; zoom <= 16; zoom++) stops.push(zoom, ["max", least, ["*", 2 ** zoom, ["get", "reach"]]]);
  return ["interpolate", ["exponential", 2], ["zoom"], ...stops] as unknown as MapLibre.ExpressionSpecification;
}

function style(): MapLibre.StyleSpecification {
  const c = colours();
  const size = ["+", 7, ["*", 4, ["log10", ["get", "count"]]]] as unknown as MapLibre.ExpressionSpecification;
  const empty = { type: "FeatureCollection" as const, features: [] };
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: "/map/land.json", tolerance: 0.2 },
      spots: { type: "geojson", data: empty, buffer: 256, tolerance: 0 },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c.sea } },
      { id: "land", type: "fill", source: "land", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": c.land, "fill-antialias": false } },
      { id: "borders", type: "line", source: "land", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": c.border, "line-width": 0.8 } },
      { id: "names", type: "symbol", source: "land", filter: ["all", ["==", ["geometry-type"], "Point"], [">", ["get", "area"], ["interpolate", ["linear"], ["zoom"], 0, 400, 3, 30, 5, 0]]], layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-letter-spacing": 0.08, "text-max-width": 7 }, paint: { "text-color": c.soft, "text-halo-color": c.land, "text-halo-width": 1.2 } },
      { id: "doubt", type: "circle", source: "spots", filter: ["!", ["get", "gathered"]], paint: { "circle-radius": reach(4), "circle-color": c.accent, "circle-opacity": 0.16, "circle-stroke-color": c.accent, "circle-stroke-width": 1.2, "circle-stroke-opacity": 0.75 } },
      { id: "several", type: "circle", source: "spots", filter: [">", ["get", "count"], 1], paint: { "circle-radius": size, "circle-color": c.accent, "circle-opacity": 0.9, "circle-stroke-color": c.paper, "circle-stroke-width": 1 } },
      { id: "lit", type: "circle", source: "spots", filter: ["==", ["get", "incident"], ""], paint: { "circle-radius": reach(7), "circle-color": c.accent, "circle-opacity": 0.35, "circle-stroke-color": c.accent, "circle-stroke-width": 2.5 } },
      { id: "numbers", type: "symbol", source: "spots", filter: [">", ["get", "count"], 1], layout: { "text-field": ["to-string", ["get", "count"]], "text-font": FONT, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": c.paper } },
    ],
  };
}

function features(spots: Spot[], gathered: boolean) {
  return {
    type: "FeatureCollection" as const,
    features: spots.map((spot, number) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [spot.lon, spot.lat] },
      properties: {
        number,
        count: spot.count,
        incident: spot.incident ?? "-",
        gathered: gathered && spot.count > 1,
        reach: (spot.radius_km * 1000) / (WIDEST * Math.max(0.05, Math.cos((spot.lat * Math.PI) / 180))),
      },
    })),
  };
}

export class Drawing {
  private spots: Spot[] = [];

  private constructor(private readonly map: MapLibre.Map) {}

  /** Makes the map; `when` is waited for before it takes the machine's time. */
  static async begin(place: HTMLElement, when: Promise<unknown>): Promise<Drawing> {
    await when;
    const gl = (await import(/* @vite-ignore */ MODULE)) as typeof MapLibre;
    gl.setWorkerUrl(new URL(WORKER, location.href).href);
    const map = new gl.Map({
      container: place,
      style: style(),
      center: [20, 25],
      zoom: 0.8,
      minZoom: 0,
      maxZoom: 14,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      renderWorldCopies: true,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.getCanvas().setAttribute("aria-label", "Map of incidents; arrow keys move it, plus and minus change its scale");
    await new Promise<void>((done) => map.once("style.load", () => done()));
    const drawing = new Drawing(map);
    const again = (): void => drawing.colour();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return drawing;
  }

  show(spots: Spot[], gathered: boolean): void {
    this.spots = spots;
    (this.map.getSource("spots") as MapLibre.GeoJSONSource).setData(features(spots, gathered));
  }

  /** Looks at all spots at once; nothing glides. */
  fit(): void {
    if (!this.spots.length) return;
    const fine = this.spots.filter((spot) => spot.radius_km <= 300);
    const held = fine.length ? fine : this.spots;
    const west = Math.min(...held.map((spot) => spot.bbox[0]));
    const south = Math.min(...held.map((spot) => spot.bbox[1]));
    const east = Math.max(...held.map((spot) => spot.bbox[2]));
    const north = Math.max(...held.map((spot) => spot.bbox[3]));
    this.map.fitBounds([west, south, east, north], { padding: 48, maxZoom: 5.5, animate: false });
  }

  to(box: Box): void {
    this.map.fitBounds(box, { padding: 60, maxZoom: 12, animate: false });
  }

  zoom(step: number): void {
    this.map.jumpTo({ zoom: this.map.getZoom() + step });
  }

  level(): number {
    return Math.max(0, Math.min(20, Math.round(this.map.getZoom())));
  }

  /** West, south, east, north of what is seen; null where that is the whole world. */
  box(): Box | null {
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()];
    if (east - west >= 360) return null;
    const turned = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;
    const south = Math.max(-90, bounds.getSouth());
    const north = Math.min(90, bounds.getNorth());
    return [turned(west), south, turned(east), north].map((each) => Number(each.toFixed(4))) as Box;
  }

  light(incident: string): void {
    this.map.setFilter("lit", ["==", ["get", "incident"], incident]);
  }

  moved(act: () => void): void {
    this.map.on("moveend", act);
  }

  /** Once everything asked for has been drawn. */
  drawn(act: () => void): void {
    this.map.once("idle", act);
  }

  hit(act: (spot: Spot) => void): void {
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

  private wide(feature: MapLibre.MapGeoJSONFeature): number {
    return this.spots[Number(feature.properties["number"])]?.radius_km ?? 0;
  }

  private colour(): void {
    const fresh = style();
    for (const layer of fresh.layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        if (name.endsWith("color")) this.map.setPaintProperty(layer.id, name as "fill-color", value as string);
      }
    }
  }
}

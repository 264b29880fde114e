// A first drawing of the map while the real one is still being made ready: the same land, discs and view, on a flat
// canvas that hears nothing. It goes once the map has been drawn.

import { colours, type Spot } from "./drawing-map";

type Ring = [number, number][];
interface Land {
  features: { geometry: { type: string; coordinates: unknown } }[];
}

const TILE = 512;
const PADDING = 48;
const CLOSEST = 5.5;
const FLAT = 40_075_016.686; // metres round the equator
const START: [number, number, number] = [20, 25, 0.8];

const across = (lon: number): number => (lon + 180) / 360;
const down = (lat: number): number => {
  const held = (Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180;
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + held / 2)) / (2 * Math.PI);
};

/** Centre (0 to 1 across and down the world) and pixels of the whole world, as fitting all spots would have it. */
export function view(spots: Spot[], wide: number, high: number): [number, number, number] {
  const fine = spots.filter((spot) => spot.radius_km <= 300);
  const held = fine.length ? fine : spots;
  let [x, y, zoom] = [across(START[0]), down(START[1]), START[2]];
  if (held.length) {
    const west = across(Math.min(...held.map((spot) => spot.bbox[0])));
    const east = across(Math.max(...held.map((spot) => spot.bbox[2])));
    const north = down(Math.max(...held.map((spot) => spot.bbox[3])));
    const south = down(Math.min(...held.map((spot) => spot.bbox[1])));
    const room = (pixels: number, share: number): number => Math.log2(Math.max(1, pixels - 2 * PADDING) / (TILE * Math.max(share, 1e-9)));
    zoom = Math.min(room(wide, east - west), room(high, south - north), CLOSEST);
    [x, y] = [(west + east) / 2, (north + south) / 2];
  }
  const world = TILE * 2 ** Math.max(zoom, 0, Math.log2(high / TILE));
  const half = high / 2 / world;
  return [x, Math.max(half, Math.min(1 - half, y)), world];
}

export class Sketch {
  private readonly canvas = document.createElement("canvas");

  constructor(private readonly place: HTMLElement) {
    this.canvas.className = "sketch";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  /** Draws; false where this browser cannot. */
  draw(land: Land, spots: Spot[], gathered: boolean): boolean {
    const pen = this.canvas.getContext("2d");
    const [wide, high] = [this.place.clientWidth, this.place.clientHeight];
    if (!pen || !wide || !high) return false;
    const fine = devicePixelRatio || 1;
    this.canvas.width = wide * fine;
    this.canvas.height = high * fine;
    pen.scale(fine, fine);
    const c = colours();
    const [x, y, world] = view(spots, wide, high);
    const left = (lon: number): number => (across(lon) - x) * world + wide / 2;
    const top = (lat: number): number => (down(lat) - y) * world + high / 2;
    pen.fillStyle = c.sea;
    pen.fillRect(0, 0, wide, high);
    pen.beginPath();
    for (const copy of [-world, 0, world]) {
      for (const feature of land.features) {
        if (feature.geometry.type !== "MultiPolygon") continue;
        for (const polygon of feature.geometry.coordinates as Ring[][]) for (const ring of polygon) trace(pen, ring, (lon) => left(lon) + copy, top);
      }
    }
    pen.fillStyle = c.land;
    pen.fill("evenodd");
    pen.strokeStyle = c.border;
    pen.lineWidth = 0.8;
    pen.stroke();
    for (const copy of [-world, 0, world]) for (const spot of spots) this.disc(pen, spot, left(spot.lon) + copy, top(spot.lat), world, gathered, c);
    this.place.append(this.canvas);
    return true;
  }

  gone(): void {
    this.canvas.remove();
  }

  private disc(
    pen: CanvasRenderingContext2D, spot: Spot, x: number, y: number, world: number, gathered: boolean, c: ReturnType<typeof colours>,
  ): void {
    const circle = (radius: number): void => {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
    };
    if (!(gathered && spot.count > 1)) {
      circle(Math.max(4, (spot.radius_km * 1000 * world) / FLAT / Math.max(0.05, Math.cos((spot.lat * Math.PI) / 180))));
      pen.globalAlpha = 0.16;
      pen.fillStyle = pen.strokeStyle = c.accent;
      pen.fill();
      pen.globalAlpha = 0.75;
      pen.lineWidth = 1.2;
      pen.stroke();
    }
    if (spot.count > 1) {
      circle(7 + 4 * Math.log10(spot.count));
      pen.globalAlpha = 0.9;
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
}

function trace(pen: CanvasRenderingContext2D, ring: Ring, left: (lon: number) => number, top: (lat: number) => number): void {
  ring.forEach(([lon, lat], k) => (k ? pen.lineTo(left(lon), top(lat)) : pen.moveTo(left(lon), top(lat))));
  pen.closePath();
}

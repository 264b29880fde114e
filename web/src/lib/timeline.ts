// The timeline: bars of how many incidents began when, and a brush over them.

const NS = "http://www.w3.org/2000/svg";
const DAY = 86_400_000;
const HEIGHT = 96;

export interface Bin {
  first: string;
  last: string;
  count: number;
}

function shape(name: string, values: Record<string, string | number>, words = ""): SVGElement {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, String(value));
  made.textContent = words;
  return made;
}

const time = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);
const iso = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

export class Timeline {
  private low = 0;
  private high = 1;
  private bins: Bin[] = [];
  private from: number | null = null;

  constructor(private readonly place: HTMLElement, private readonly brushed: (since: string, until: string) => void) {
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
    place.addEventListener("pointercancel", () => (this.from = null));
    addEventListener("resize", () => this.draw(this.bins, this.chosen));
  }

  private chosen: [string, string] = ["", ""];

  draw(bins: Bin[], chosen: [string, string]): void {
    this.bins = bins;
    this.chosen = chosen;
    const wide = Math.max(200, this.place.clientWidth);
    const first = bins[0];
    if (!first) {
      this.place.replaceChildren();
      return;
    }
    this.low = time(first.first);
    this.high = Math.max(time(bins[bins.length - 1]!.last) + DAY, this.low + 7 * DAY);
    const most = Math.max(...bins.map((bin) => bin.count));
    const total = bins.reduce((sum, bin) => sum + bin.count, 0);
    const about = `${total} incidents from ${first.first} to ${bins[bins.length - 1]!.last}, at most ${most} in one bar`;
    const svg = shape("svg", { viewBox: `0 0 ${wide} ${HEIGHT + 18}`, width: wide, height: HEIGHT + 18, role: "img", "aria-label": about });
    svg.append(shape("rect", { class: "brush", y: 0, height: HEIGHT, x: 0, width: 0 }));
    for (const bin of bins) {
      const x = this.x(time(bin.first), wide);
      const width = Math.max(2, this.x(time(bin.last) + DAY, wide) - x - 1);
      const high = Math.max(2, (Math.sqrt(bin.count) / Math.sqrt(most)) * (HEIGHT - 6));
      const bar = shape("rect", { class: "bin", x, width, y: HEIGHT - high, height: high });
      bar.append(shape("title", {}, `${bin.first === bin.last ? bin.first : `${bin.first} – ${bin.last}`}: ${bin.count}`));
      svg.append(bar);
    }
    svg.append(shape("line", { class: "axis", x1: 0, x2: wide, y1: HEIGHT, y2: HEIGHT }));
    const ticks = Math.max(2, Math.floor(wide / 160));
    for (let k = 0; k <= ticks; k++) {
      const moment = this.low + ((this.high - DAY - this.low) * k) / ticks;
      const anchor = k === 0 ? "start" : k === ticks ? "end" : "middle";
      svg.append(shape("text", { class: "tick", x: (wide * k) / ticks, y: HEIGHT + 14, "text-anchor": anchor }, iso(moment)));
    }
    this.place.replaceChildren(svg);
    this.mark(...chosen);
  }

  private mark(since: string, until: string): void {
    const brush = this.place.querySelector(".brush");
    const wide = Math.max(200, this.place.clientWidth);
    const start = since ? Math.max(0, this.x(time(since), wide)) : 0;
    const end = until ? Math.min(wide, this.x(time(until) + DAY, wide)) : wide;
    brush?.setAttribute("x", String(start));
    brush?.setAttribute("width", String(since || until ? Math.max(2, end - start) : 0));
  }

  private x(moment: number, wide: number): number {
    return ((moment - this.low) / (this.high - this.low)) * wide;
  }

  private day(event: PointerEvent): number {
    const box = this.place.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.min(this.high - DAY, this.low + Math.floor((share * (this.high - this.low)) / DAY) * DAY);
  }

  private span(to: number): [string, string] {
    const from = this.from ?? to;
    return [iso(Math.min(from, to)), iso(Math.max(from, to))];
  }
}

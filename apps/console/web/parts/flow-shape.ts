import { CITIES, type Place } from '@bayway/domain';

/** A city in the picture, with the place of its name. */
export type Node = Readonly<{
  place: Place;
  x: number;
  y: number;
  r: number;
  isOut: boolean;
  label: Readonly<{ x: number; y: number; anchor: 'start' | 'middle' | 'end' }>;
}>;

/** The shore is an arc, open to the south; the water is inside. */
const WATER = { x: 400, y: 262 };
const ARC = { rx: 268, ry: 178, from: 0.69, to: -3.83 };
/** Cities outside the Bay stand apart, in a row below. */
const ROW_Y = 452;

const at = (angle: number): { x: number; y: number } => ({
  x: WATER.x + ARC.rx * Math.cos(angle),
  y: WATER.y + ARC.ry * Math.sin(angle),
});
const round = (value: number): string => value.toFixed(1);

const STEPS = 48;
/** A little longer than from the first city to the last. */
export const shoreline = Array.from({ length: STEPS + 1 }, (_, no) => {
  const { x, y } = at(ARC.from + 0.12 + ((ARC.to - ARC.from - 0.24) * no) / STEPS);
  return `${no === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`;
}).join('');

const wave = (x: number, y: number, times: number): string => `M${x} ${y}${'q10-5 20 0t20 0'.repeat(times)}`;
/** Waves in the water, and the chevron that says the direction. */
export const marks = {
  water: wave(330, 318, 4) + wave(300, 340, 5) + wave(344, 362, 3),
  chevron: 'M-5-6L4 0L-5 6',
};

const BAY = CITIES.filter(({ bay }) => bay);

/** Every city of the Bay in the order of the shore, from east to west; then those outside, as they come. */
export function nodesOf(volumes: ReadonlyMap<Place, number>, others: readonly Place[]): Map<Place, Node> {
  const most = Math.max(1, ...volumes.values());
  const radius = (place: Place): number => 7 + 10 * Math.sqrt((volumes.get(place) ?? 0) / most);
  const bay = BAY.map(({ place }, no): Node => {
    const angle = ARC.from + ((ARC.to - ARC.from) * no) / (BAY.length - 1);
    const r = radius(place);
    return { place, ...at(angle), r, isOut: false, label: beside(at(angle), r) };
  });
  const outside = [...CITIES.filter((city) => !city.bay).map(({ place }): Place => place), ...others];
  const out = outside.map((place, no): Node => {
    const x = WATER.x + (no - (outside.length - 1) / 2) * 150;
    const r = radius(place);
    return { place, x, y: ROW_Y, r, isOut: true, label: { x: x + r + 10, y: ROW_Y + 5, anchor: 'start' } };
  });
  return new Map([...bay, ...out].map((node) => [node.place, node]));
}

/** The name stands outside the shore. */
function beside({ x, y }: { x: number; y: number }, r: number): Node['label'] {
  const [dx, dy] = [(x - WATER.x) / ARC.rx, (y - WATER.y) / ARC.ry];
  const far = r + 12;
  const anchor = dx > 0.25 ? 'start' : dx < -0.25 ? 'end' : 'middle';
  return { x: x + dx * far, y: y + (dy < -0.6 ? dy * (far + 16) : dy * far) + (anchor === 'middle' ? -8 : 2), anchor };
}

/** How far to the side of the middle a line bends, by its length: the two directions, and what was refused, keep apart. */
const SIDE = { inner: 0.13, outer: 0.3 };
/** A line bends into the water, a short one as well. */
const bend = (length: number): number => Math.min(90, 34 + length * 0.12);

/** The bent line from one city to another, and where its chevron stands; a city to itself is a loop on the land side. */
export function curve(from: Node, to: Node, which: keyof typeof SIDE): { d: string; chevron: string } {
  if (from.place === to.place) return loop(from, which);
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const aside = 10 + length * SIDE[which];
  const [nx, ny] = [-(to.y - from.y) / length, (to.x - from.x) / length];
  const inland = Math.hypot(WATER.x - mx, WATER.y - my) || 1;
  const c = {
    x: mx + ((WATER.x - mx) / inland) * bend(length) + nx * aside,
    y: my + ((WATER.y - my) / inland) * bend(length) + ny * aside,
  };
  const d = `M${round(from.x)} ${round(from.y)}Q${round(c.x)} ${round(c.y)} ${round(to.x)} ${round(to.y)}`;
  const [px, py] = [(from.x + 2 * c.x + to.x) / 4, (from.y + 2 * c.y + to.y) / 4];
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return { d, chevron: `translate(${round(px)} ${round(py)}) rotate(${round(degrees)})` };
}

function loop({ x, y, r }: Node, which: keyof typeof SIDE): { d: string; chevron: string } {
  const size = which === 'inner' ? 34 : 50;
  const [dx, dy] = [(WATER.x - x) / ARC.rx, (WATER.y - y) / ARC.ry];
  const [cx, cy] = [x + dx * size * 1.6, y + dy * size * 1.6];
  const d = `M${round(x)} ${round(y)}C${round(cx - dy * size)} ${round(cy + dx * size)} ${round(cx + dy * size)} ${round(cy - dx * size)} ${round(x)} ${round(y)}`;
  const [px, py] = [x + dx * size * 1.2, y + dy * size * 1.2];
  return {
    d,
    chevron: `translate(${round(px)} ${round(py)}) rotate(${round((Math.atan2(-dx, dy) * 180) / Math.PI)}) scale(${r > 0 ? 1 : 0})`,
  };
}

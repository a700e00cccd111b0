/**
 * Leave to release, over the bus: permits a second against the same statements and one ES256 signature by the bare driver,
 * milliseconds at half of that load, and how both change from ten thousand consents to as many as asked for.
 */
import { permits } from './support/permits.mjs';

export const alone = true;

const SMALL = 10_000;

export default async ({ sizes: { consents, seconds }, say }) => {
  const measured = await permits({ sizes: [SMALL, consents], seconds, say });
  const [small, large] = [measured[0], measured.at(-1)];
  // Against the floor of the same minute, so that a machine that became busier is not taken for slower permits.
  const share = ({ rate, floor }) => rate / floor;
  return [
    ...measured.map(({ consents: count, rate, floor, statements }) => ({
      name: `permits, ${count} consents`,
      unit: '1/s',
      value: rate,
      floor,
      note: `goal half of the floor: the same ${statements} statements and one ES256 signature; 8 at once`,
    })),
    ...['p50', 'p99'].map((part) => ({
      name: `permit at half load, ${part}`,
      unit: 'ms',
      value: large.half[part],
      floor: large.bareHalf[part],
      note: `goal 20 ms (p99); ${large.consents} consents, ${large.half.count} permits at a steady rate`,
    })),
    { name: 'permits, growth', unit: '1', value: share(small) / share(large), note: 'budget 1.3' },
  ];
};

/** The log: entries a second, from entry to witnessed checkpoint, a proof, an audit's reads, and how each changes as it grows. */
import { measureLog } from './support/log.mjs';
import { startThreeLogs } from './support/three-logs.mjs';

/** It starts the three evidence services, and nothing else of the system. */
export const alone = true;

const GROWTH = 1.3;
/** Figures of each size: what they are named, and the part of what was measured. */
const SPREADS = [
  {
    part: 'proof',
    name: 'proof',
    note: 'goal 5 ms; over HTTP, entries of all parts of the log; floor: the same without work',
  },
  { part: 'bundle', name: 'entry bundle', note: '256 entries as an audit reads them; floor: the same without work' },
];

export default async ({ sizes: { entries }, say }) => {
  const world = await startThreeLogs({ say });
  try {
    return figuresOf(await measureLog(world, { entries, say }));
  } finally {
    await world.stop();
  }
};

function figuresOf(sizes) {
  const [small, large] = [sizes[0], sizes.at(-1)];
  // Against the floor of the same minute, so that a machine that became busier is not taken for a slower log.
  const share = ({ rate, floor }) => rate / floor;
  const growths = [
    ['sequencing', share(small) / share(large)],
    ...SPREADS.map(({ part, name }) => [
      name,
      large[part].p50 / large.nothing.p50 / (small[part].p50 / small.nothing.p50),
    ]),
    ['entry to witnessed checkpoint, p99', large.witness.p99 / small.witness.p99],
  ];
  return [
    ...sizes.flatMap(ofSize),
    ...growths.map(([name, value]) => ({
      name: `log, ${name}, growth`,
      unit: '1',
      value,
      note: `budget ${GROWTH}; ${small.size} to ${large.size} entries, by the shares of the floor`,
    })),
  ];
}

function ofSize(measured) {
  const { size, rate, delivered, floor, nothing, witness } = measured;
  const name = (what) => `log of ${size} entries, ${what}`;
  return [
    {
      ...{ name: name('sequenced'), unit: '1/s', value: rate, floor },
      note: 'goal 10,000/s or half of the floor: batched inserts of the same columns, same cluster',
    },
    {
      ...{ name: name('delivered by the bus and sequenced'), unit: '1/s', value: delivered, floor },
      note: 'eight relays at once, 50 facts a delivery',
    },
    ...['p50', 'p99'].map((at) => ({
      ...{ name: name(`entry to witnessed checkpoint, ${at}`), unit: 'ms', value: witness[at] },
      note: `goal 2,000 ms (p99); 1,000 entries/s, both others have signed, ${witness.count} samples`,
    })),
    ...Object.entries(witness.cpu).map(([process, ms]) => ({
      ...{ name: name(`1,000 entries/s, cpu, ${process}`), unit: 'ms/s', value: ms },
      note: 'with its idle work',
    })),
    ...SPREADS.flatMap(({ part, name: what, note }) =>
      ['p50', 'p99'].map((at) => ({
        ...{ name: name(`${what}, ${at}`), unit: 'ms', value: measured[part][at], floor: nothing[at] },
        note: `${note}; ${measured[part].count} samples`,
      })),
    ),
  ];
}

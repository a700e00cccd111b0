/** The log: entries a second, from entry to witnessed checkpoint, a proof, and how each changes as the log grows. */
const GROWTH = 1.3;

export default ({ log: { sizes, delivered, witnessed } }) => {
  const [small, large] = [sizes[0], sizes.at(-1)];
  // Against the floor of the same minute, so that a machine that became busier is not taken for a slower log.
  const share = ({ rate, floor }) => rate / floor;
  const rates = sizes.map(({ size, rate, floor }) => ({
    name: `log of ${size} entries, sequenced`,
    unit: '1/s',
    value: rate,
    floor,
    note: 'goal 10,000/s or half of the floor: batched inserts of the same columns, same cluster',
  }));
  const proofs = sizes.map(({ size, proof }) => ({
    name: `log of ${size} entries, proof, p50`,
    unit: 'ms',
    value: proof,
    note: 'goal 5 ms; over HTTP',
  }));
  const latency = ['p50', 'p99'].map((part) => ({
    name: `entry to witnessed checkpoint, ${part}`,
    unit: 'ms',
    value: witnessed[part],
    note: `goal 2,000 ms (p99); 1,000 entries/s, both others have signed, ${witnessed.count} samples`,
  }));
  return [
    ...rates,
    { name: 'log, delivered by the bus and sequenced', unit: '1/s', value: delivered, floor: large.floor },
    ...latency,
    ...proofs,
    { name: 'log, sequencing, growth', unit: '1', value: share(small) / share(large), note: `budget ${GROWTH}` },
    { name: 'log, proof, growth', unit: '1', value: large.proof / small.proof, note: `budget ${GROWTH}` },
  ];
};

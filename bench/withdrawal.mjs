/**
 * From the moment a withdrawal is confirmed to her until what was staged is refused: by the connector to its own broker,
 * and to the recipient across the border. Both ask all the time; a record that is on its way while she confirms still counts.
 */
import { withdrawals } from './support/withdrawals.mjs';

export const alone = true;

const GOALS = { within: 1_000, across: 3_000 };
const WHERE = { within: 'at the connector', across: 'to the recipient' };

export default async ({ sizes: { seconds }, say }) => {
  const { count, late, ...times } = await withdrawals({ seconds, say });
  return [
    ...Object.entries(times).flatMap(([way, at]) =>
      ['p50', 'p99'].map((part) => ({
        name: `withdrawal to refusal ${WHERE[way]}, ${part}`,
        unit: 'ms',
        value: at[part],
        note: `goal ${GOALS[way]} ms (p99); ${count} withdrawals`,
      })),
    ),
    { name: 'permits after a confirmed withdrawal', unit: '1', value: late, note: `goal 0; asked for ${count} times` },
  ];
};

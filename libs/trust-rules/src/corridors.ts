import { CORRIDORS, DIFFERENCES, ordinary, type Corridor, type Difference } from './corridor-facts.js';
import { withSettings } from './cures.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { Channel, Facts } from './facts.js';
import { PROGRAMME } from './provisions/programme.js';
import { stepsOf } from './walk.js';

export const MODES = ['transfer', 'answer', 'verify'] as const;
export type CorridorMode = (typeof MODES)[number];
const OUTCOMES = ['permit', 'hold', 'forbid', 'escalate'] as const;
type Reached = (typeof OUTCOMES)[number];

/** Whether an outcome can come about in a corridor and mode: by which facts, or why not. */
export type Reach = Corridor &
  Readonly<{
    mode: CorridorMode;
    outcome: Reached;
    facts: Facts | null;
    differences: readonly string[];
    why: string | null;
  }>;

/** An answer says something about her like the items it is drawn from; what is to be compared must first be carried. */
const CHANNELS: Readonly<Record<CorridorMode, readonly Channel[]>> = {
  transfer: ['transfer'],
  answer: ['transfer'],
  verify: ['subject-carry', 'verify'],
};

/** The first of a mode's channels that is not permitted decides, else the last. */
export function decideMode(facts: Facts, mode: CorridorMode): { facts: Facts; decision: Decision } {
  const decided = CHANNELS[mode].map((channel) => {
    const asked = { ...facts, channel };
    return { facts: asked, decision: decide(asked) };
  });
  const last = decided.at(-1) as (typeof decided)[number];
  return decided.find(({ decision }) => !decision.allowed) ?? last;
}

/** No difference, each one, and each pair of two: the fewest first. */
const COMBINATIONS: readonly (readonly Difference[])[] = [
  [],
  ...DIFFERENCES.map((one) => [one]),
  ...DIFFERENCES.flatMap((one, i) => DIFFERENCES.slice(i + 1).map((other) => [one, other])),
];

/**
 * Every corridor, mode and outcome: the facts with the fewest differences from an ordinary request that lead there, found
 * by trying all of them; where none do, whether any line of the law in question could.
 */
export function reachOfCorridors(): Reach[] {
  return CORRIDORS.flatMap((corridor) =>
    MODES.flatMap((mode) => {
      const found = search(corridor, mode);
      return OUTCOMES.map((outcome) => {
        const hit = found.get(outcome);
        const why = hit ? null : whyNot(corridor, { mode, outcome });
        return { ...corridor, mode, outcome, facts: hit?.facts ?? null, differences: hit?.differences ?? [], why };
      });
    }),
  );
}

type Hit = Readonly<{ facts: Facts; differences: readonly string[] }>;

function search(corridor: Corridor, mode: CorridorMode): Map<string, Hit> {
  const found = new Map<string, Hit>();
  for (const differences of COMBINATIONS) {
    if (OUTCOMES.every((outcome) => found.has(outcome))) break;
    const facts = withSettings(
      ordinary(corridor),
      differences.flatMap(({ set }) => set),
    );
    const decided = decideMode(facts, mode);
    const { outcome } = decided.decision;
    if (!found.has(outcome))
      found.set(outcome, { facts: decided.facts, differences: differences.map(({ words }) => words) });
  }
  return found;
}

/** @returns whether a line that runs for this corridor has the effect at all */
function whyNot({ from, to }: Corridor, { mode, outcome }: { mode: CorridorMode; outcome: Reached }): string {
  const lines = CHANNELS[mode]
    .flatMap((channel) => PROGRAMME[channel])
    .filter(({ exporter, importer }) => (exporter?.includes(from) ?? true) && (importer?.includes(to) ?? true))
    .flatMap(({ steps }) => [...stepsOf(steps)])
    .filter((step) => outcome in step);
  if (lines.length === 0) return 'no rule of this pair has this effect';
  return `${lines.length} ${lines.length === 1 ? 'line has' : 'lines have'} this effect, none in this pair within two differences of ${DIFFERENCES.length}`;
}

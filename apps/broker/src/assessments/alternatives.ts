import type { ModeOffer } from '@bayway/contracts';
import type { ItemId, Mode } from '@bayway/domain';
import type { DatasetEntity } from '../participants/dataset.entity.js';

/** From the one that brings most to the one that brings least. */
const STRONGEST_FIRST: readonly Mode[] = ['transfer', 'answer', 'verify'];

/**
 * What else a dataset offers about the items asked for: the answers drawn from them, or the items that answers are drawn
 * from. Whether it would be lawful is another question.
 */
export function alternativesTo(
  wanted: { mode: Mode; items: readonly ItemId[] },
  { modes, answers }: Pick<DatasetEntity, 'modes' | 'answers'>,
): ModeOffer[] {
  const sources =
    wanted.mode === 'answer'
      ? [...new Set(answers.filter(({ id }) => wanted.items.includes(id)).flatMap(({ of }) => of))]
      : [...wanted.items];
  const drawn = answers.filter(({ of }) => of.some((item) => sources.includes(item))).map(({ id }) => id);
  return STRONGEST_FIRST.filter((mode) => mode !== wanted.mode && modes.includes(mode))
    .map((mode) => ({ mode, items: mode === 'answer' ? drawn : sources }))
    .filter(({ items }) => items.length > 0);
}

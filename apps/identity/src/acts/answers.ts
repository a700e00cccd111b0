import { Answer, ItemId, type ActKind } from '@bayway/domain';

/** Fields of the form: `act.<kind>`, `kept.<kind>`, `optional.<item>`, `do`. */
export type Form = Readonly<Record<string, unknown>>;

export type Answers = Readonly<{
  acts: Readonly<Partial<Record<ActKind, Answer>>>;
  optionalItems: readonly ItemId[];
  complete: boolean;
}>;

const MOST_ITEMS = 50;

/**
 * Her answers. `none` refuses every act and needs no other answer; an answer kept from a page before counts unless she
 * chose again. Optional items she ticked go along only with a whole yes.
 */
export function readAnswers(form: Form, asked: readonly ActKind[]): Answers {
  if (form.do === 'none') {
    const acts = Object.fromEntries(asked.map((kind) => [kind, 'refuse' as const]));
    return { acts, optionalItems: [], complete: true };
  }
  const given = asked.flatMap((kind) => {
    const answer = Answer.safeParse(form[`act.${kind}`] ?? form[`kept.${kind}`]);
    return answer.success ? [[kind, answer.data] as const] : [];
  });
  const optionalItems = Object.keys(form)
    .filter((name) => name.startsWith('optional.'))
    .flatMap((name) => ItemId.safeParse(name.slice('optional.'.length)).data ?? [])
    .slice(0, MOST_ITEMS);
  return { acts: Object.fromEntries(given), optionalItems, complete: given.length === asked.length };
}

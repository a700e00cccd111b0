import { DomainError, type AssessmentClaims, type ActClaims, type ItemView } from '@bayway/contracts';
import { ActKind, type RequiredAct, type RoutedDetail, type Subject } from '@bayway/domain';
import { canonicalDigest, digestOf } from '@bayway/envelope';
import type { Parties } from './ask.entity.js';

/** She has this long to answer what she is shown. */
export const ASK_MS = 30 * 60_000;

/** Everything that an ask is about, in no language: the same flow gives the same digest whichever she reads. */
export type AskContent = Readonly<{
  detail: RoutedDetail;
  acts: readonly RequiredAct[];
  items: readonly ItemView[];
  parties: Parties;
  notice: Readonly<{ id: string; version: number; digest: string }>;
  assessments: Readonly<{ exporter: string; importer: string | null }>;
}>;

/** Digest of the canonical ask (RFC 8785), base64url. */
export const digestOfAsk = (content: AskContent): string => canonicalDigest(content);

/**
 * The separate acts that both laws require together: each kind once, with the rules of both, in one fixed order.
 * INVARIANT: never fewer than either side requires, never two merged into one.
 */
export function requiredActs(assessments: readonly Pick<AssessmentClaims, 'acts'>[]): RequiredAct[] {
  const rules = new Map<string, Set<string>>();
  for (const act of assessments.flatMap((assessment) => assessment.acts))
    rules.set(act.kind, new Set([...(rules.get(act.kind) ?? []), ...act.rules]));
  return ActKind.options.flatMap((kind) => {
    const found = rules.get(kind);
    return found ? [{ kind, rules: [...found].sort() }] : [];
  });
}

/** What the rules need of an ask to take an answer. */
export type Ask = Readonly<{
  id: string;
  digest: string;
  subjectKind: Subject['kind'];
  subjectId: string;
  /** Who answers for the subject; null: she herself. */
  actorId: string | null;
  acts: readonly RequiredAct[];
  items: readonly ItemView[];
  level: number;
  createdAt: Date;
  expiresAt: Date;
  answeredAt: Date | null;
}>;

/** One rendering of the ask. */
export type Shown = Readonly<{ digest: string; language: string }>;

/** Whose answers count. */
const answererOf = (ask: Ask): string => ask.actorId ?? ask.subjectId;

/** How an act names whoever acts for the subject: a name that is good under this ask only. */
export const nameOfActor = (askId: string, actorId: string): string => digestOf(`${askId} ${actorId}`);

/** Her answers, and the handle under which this request names her. */
export type Given = Readonly<{ answers: readonly ActClaims[]; handle: string }>;

/** @throws DomainError when the ask is somebody else's, answered or expired */
export function assertOpen(ask: Ask, actor: string, at: Date): void {
  if (answererOf(ask) !== actor) throw new DomainError('ask-not-found', { askId: ask.id });
  if (ask.answeredAt) throw new DomainError('ask-answered', { askId: ask.id });
  if (at >= ask.expiresAt) throw new DomainError('ask-expired', { askId: ask.id });
}

/**
 * The answers must be exactly those the ask requires, each to this ask, by its subject, about bytes that were shown.
 * @throws DomainError naming the first thing that does not fit
 */
export function assertAnswers(ask: Ask, shown: readonly Shown[], { answers, handle }: Given): void {
  for (const answer of answers) assertBelongs(ask, { shown, handle }, answer);
  const answered = answers.map((answer) => answer.act);
  if (new Set(answered).size !== answered.length || new Set(answers.map((a) => a.jti)).size !== answers.length)
    throw new DomainError('act-invalid', { askId: ask.id, detail: 'an act is given twice' });
  const missing = ask.acts.filter(({ kind }) => !answered.includes(kind)).map(({ kind }) => kind);
  if (missing.length > 0) throw new DomainError('acts-incomplete', { askId: ask.id, missing });
  if (new Set(answers.map((answer) => answer.shownDigest)).size !== 1)
    throw new DomainError('act-invalid', { askId: ask.id, detail: 'acts are about different pages' });
}

const LEEWAY_MS = 60_000;

function assertBelongs(
  ask: Ask,
  { shown, handle }: { shown: readonly Shown[]; handle: string },
  answer: ActClaims,
): void {
  const problems: [boolean, string][] = [
    [answer.askId === ask.id && answer.askDigest === ask.digest, 'act is about another ask'],
    [ask.acts.some(({ kind }) => kind === answer.act), 'act is not among those asked for'],
    [answer.subject.handle === handle && answer.subject.kind === ask.subjectKind, 'act is another subject’s'],
    [(answer.by ?? null) === (ask.actorId && nameOfActor(ask.id, ask.actorId)), 'act is another person’s'],
    [
      shown.some(({ digest, language }) => digest === answer.shownDigest && language === answer.language),
      'act is about a page that was never shown',
    ],
    [
      answer.iat * 1000 >= ask.createdAt.getTime() - LEEWAY_MS && answer.iat * 1000 < ask.expiresAt.getTime(),
      'act was given at another time',
    ],
  ];
  const found = problems.find(([holds]) => !holds);
  if (found) throw new DomainError('act-invalid', { askId: ask.id, detail: found[1] });
  if (answer.level < ask.level) throw new DomainError('level-too-low', { needed: ask.level });
}

/**
 * What would be sent if she agrees: every necessary item, and the optional ones she ticked.
 * @throws DomainError `item-unknown` for an item that was not hers to choose
 */
export function chosenItems(ask: Ask, optional: readonly string[]): ItemView[] {
  const unknown = optional.find((id) => !ask.items.some((item) => item.optional && item.id === id));
  if (unknown !== undefined) throw new DomainError('item-unknown', { item: unknown });
  return ask.items.filter((item) => !item.optional || optional.includes(item.id));
}

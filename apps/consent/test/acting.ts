import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { composeAsk, decideAsk } from '@bayway/contracts';
import { bayDay } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { mainlandActs, newActs, newAssessed, newDetail, newHandle, type ActOver } from './factories.js';
import { officer, World, type Resident } from './world.js';

const signatory = [{ kind: 'signatory' as const, rules: ['PLAT.SIGNATORY'] }];
const ACTS_OF: Readonly<Record<string, typeof mainlandActs>> = {
  'credit-report': [...mainlandActs, { kind: 'guardian', rules: ['CN.PIPL.31'] }],
  'bank-statement': signatory,
  'tax-record': signatory,
};

/** A world in which brokers ask a guardian for a credit report, and a signatory for statements and tax records. */
export async function startActingWorld(): Promise<World> {
  const world = await World.start();
  world.assessed = (detail) => newAssessed(world.trust, detail, { acts: ACTS_OF[detail.dataset] ?? mainlandActs });
  return world;
}

/** The day of the Bay in so many days. */
export const dayIn = (days: number): string => bayDay(new Date(Date.now() + days * 86_400_000));
/** The administrator's role, as her token says it. */
export const role = officer('consent-administrator');
export const proof = { kind: 'birth-certificate', digest: digestOf('a certificate') };

/** Somebody who may act, for whom, and what the assessments know of the subject. */
export type Side = Readonly<{
  actor: Resident;
  subject: { kind: 'person' | 'organisation'; id: string };
  facts: object;
}>;

/** What people do who act for others, in the world that has been started by then. */
export function acting(world: () => World) {
  let known: Resident | undefined;
  const administrator = (): Resident => (known ??= world().resident());
  const record = (body: Record<string, unknown>, by = administrator(), token: Record<string, unknown> = role) =>
    by.call('POST', '/admin/representations', token, body);

  const guardianOf = async (bornOn: string): Promise<Side> => {
    const [actor, child] = [world().resident(), world().resident()];
    const subject = { kind: 'person' as const, id: child.id };
    const power = { kind: 'guardian', relation: 'parent', proof, bornOn, validUntil: '2040-01-01', actorId: actor.id };
    expect(await record({ ...power, subject })).toMatchObject({ status: 201 });
    return { actor, subject, facts: { kind: 'person', bornOn } };
  };
  const signatoryOf = async (datasets?: string[]): Promise<Side> => {
    const actor = world().resident();
    const subject = { kind: 'organisation' as const, id: randomUUID() };
    const company = { kind: 'signatory', relation: 'officer', proof: { ...proof, kind: 'company-register' } };
    const limits = { validUntil: dayIn(300), ...(datasets ? { datasets } : {}) };
    expect(await record({ ...company, ...limits, subject, actorId: actor.id })).toMatchObject({ status: 201 });
    return { actor, subject, facts: { kind: 'organisation' } };
  };

  const compose = async ({ actor, subject, facts }: Side, over: Record<string, unknown> = {}) => {
    const names = { displayName: 'Chan Mei Yee', subjectName: 'Chan Siu Ming' };
    const body = { detail: newDetail(), subject, facts, ...names, level: 3, language: 'en', ...over };
    const answer = await world().bus.ask(composeAsk, body as never, { actor: await world().actorToken(actor.id) });
    if (answer.outcome !== 'ask') throw new RangeError('refused');
    return answer;
  };
  const decide = async (
    { actor, subject }: Side,
    composed: Awaited<ReturnType<typeof compose>>,
    over: ActOver = {},
  ) => {
    const subjectHandle = newHandle();
    const named = { kind: subject.kind, handle: subjectHandle as never };
    const acts = await newActs(world().trust, composed, { subject: named, actor: actor.id, ...over });
    const body = { askId: composed.askId, acts, optionalItems: [], subjectHandle };
    return world().bus.ask(decideAsk, body as never, { actor: await world().actorToken(actor.id) });
  };
  return { administrator, record, guardianOf, signatoryOf, compose, decide };
}

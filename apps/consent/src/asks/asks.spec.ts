import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { composeAsk, DomainError } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { mainlandActs, newAssessed, newAssessment, newDetail } from '../../test/factories.js';
import { codeOf, World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => {
  world.assessed = (detail) => newAssessed(world.trust, detail);
});
afterAll(() => world.stop());

describe('compose', () => {
  it('answers what she is shown, and keeps the exact bytes first', async () => {
    const detail = newDetail();
    const composed = await world.resident().compose(detail);
    expect(composed).toMatchObject({
      title: 'May Tsing Wan Bank get your Shenzhen credit report?',
      acts: ['other-handler', 'sensitive', 'overseas'],
      shownDigest: digestOf(composed.html),
    });
    const minutes = (Date.parse(composed.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(29);
    expect(minutes).toBeLessThanOrEqual(30);
    const [kept] = await world.query('select html, language from ask_shown where digest = $1', [composed.shownDigest]);
    expect(kept).toEqual({ html: composed.html, language: 'en' });
  });

  it('gives the same ask in every language, each with a digest of its own bytes', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    const asked = world.asked;
    const all = [];
    for (const language of LANGUAGES) all.push(await her.compose(detail, { language }));
    all.push(await her.compose(detail, { language: 'en' }));
    expect(new Set(all.map(({ askId, askDigest }) => `${askId} ${askDigest}`)).size).toBe(1);
    expect(new Set(all.map(({ shownDigest }) => shownDigest)).size).toBe(4);
    expect(world.asked).toBe(asked + 1);
    const { askId } = all[0] as { askId: string };
    const shown = await world.query<{ language: string }>('select language from ask_shown where ask_id = $1', [askId]);
    expect(shown.map(({ language }) => language).sort()).toEqual([...LANGUAGES].sort());
  });

  it('makes one ask of two that come at once', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    const [one, other] = await Promise.all([her.compose(detail), her.compose(detail)]);
    expect(one.askDigest).toBe(other.askDigest);
  });

  it('leaves evidence of ids and digests only', async () => {
    const composed = await world.resident().compose();
    const { record } = await world.row<{ record: Record<string, unknown> }>(
      "select record from evidence_record where type = 'ask.composed' and record->>'askId' = $1",
      [composed.askId],
    );
    expect(record).toMatchObject({ askDigest: composed.askDigest });
    expect(JSON.stringify(record)).not.toMatch(/Chan|1990|credit|bank/i);
  });

  it('asks for what either side requires, whatever the broker summed up', async () => {
    world.assessed = async (detail) => ({
      ...(await newAssessed(world.trust, detail)),
      acts: mainlandActs.slice(0, 1),
      peer: await newAssessment(world.trust, detail, {
        by: 'hk/broker',
        acts: [{ kind: 'prescribed', rules: ['HK.DPP3'] }],
      }),
    });
    const { acts } = await world.resident().compose();
    expect(acts).toEqual(['other-handler', 'sensitive', 'overseas', 'prescribed']);
  });

  it('serves records inside one jurisdiction without a peer', async () => {
    const composed = await world.resident().compose(newDetail({ importer: 'cn' }));
    expect(composed.acts).toHaveLength(3);
  });

  it('says why nothing is asked when the rules refuse, and keeps nothing', async () => {
    const refusal = {
      code: 'request-not-lawful' as const,
      jurisdiction: 'cn' as const,
      rule: 'CN.PIPL.38',
      article: 'art 38',
      reasons: [],
    };
    world.assessed = async (detail) => ({ ...(await newAssessed(world.trust, detail)), proceeds: false, refusal });
    const before = await world.counts();
    const answer = await world.resident().composeAny(newDetail(), { language: 'zh-Hant' });
    expect(answer).toMatchObject({ outcome: 'refused', refusal });
    expect(answer.html).toContain('法律不容許直接傳送');
    expect(await world.counts()).toEqual(before);
  });

  it('asks nothing of a child herself, and says that her guardian has to be asked', async () => {
    const acts = [...mainlandActs, { kind: 'guardian' as const, rules: ['CN.PIPL.31'] }];
    world.assessed = (detail) => newAssessed(world.trust, detail, { acts });
    const answer = await world.resident().composeAny(newDetail());
    expect(answer).toMatchObject({
      outcome: 'refused',
      refusal: { rule: 'CN.PIPL.31', reasons: ['guardian-consent'] },
    });
  });

  it('asks nobody about a record of an organisation who does not sign for it, and says that Bayway asks for that', async () => {
    const acts = [{ kind: 'signatory' as const, rules: ['PLAT.SIGNATORY'] }];
    world.assessed = (detail) => newAssessed(world.trust, detail, { acts });
    const before = await world.counts();
    const answer = await world.resident().composeAny(newDetail({ dataset: 'business-registration' }));
    expect(answer).toMatchObject({
      outcome: 'refused',
      refusal: { rule: 'PLAT.SIGNATORY', reasons: ['agent-authorisation'] },
    });
    expect(answer.html).toContain('A rule of Bayway itself, not the law, asks for a step first');
    expect(answer.html).not.toContain('The law of');
    expect(await world.counts()).toEqual(before);
  });
});

describe('compose refuses, and stores nothing', () => {
  const cases: [string, string, (her: ReturnType<World['resident']>) => Promise<unknown>][] = [
    [
      'another subject than the actor',
      'representation-missing',
      (her) => her.compose(newDetail(), { subject: world.resident().subject }),
    ],
    ['a record of another side', 'transit-refused', (her) => her.compose(newDetail({ exporter: 'mo' }))],
    ['a consent that would be over', 'request-invalid', (her) => her.compose(newDetail({ valid_until: '2020-01-01' }))],
    [
      'facts of another kind of subject',
      'request-invalid',
      (her) => her.compose(newDetail(), { facts: { kind: 'organisation' } }),
    ],
    ['a sign-in that is too weak', 'level-too-low', (her) => her.compose(newDetail(), { level: 2 })],
    ['an unknown key', 'request-invalid', (her) => her.compose(newDetail(), { more: 1 })],
    ['a name that is too long', 'request-invalid', (her) => her.compose(newDetail(), { displayName: 'x'.repeat(121) })],
    [
      'a hundred items',
      'request-invalid',
      (her) => her.compose({ ...newDetail(), items: Array.from({ length: 100 }, (_, n) => `i${n}`) as never }),
    ],
  ];
  it.each(cases)('%s: %s', async (_name, code, work) => {
    const before = await world.counts();
    expect(await codeOf(work(world.resident()))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it.each([
    ['no actor token', () => Promise.resolve(undefined), 'token-missing'],
    [
      'a token for another service',
      (id: string) => world.actorToken(id, { aud: 'urn:bayway:cn:broker' }),
      'token-audience-mismatch',
    ],
    ['a token of another jurisdiction', (id: string) => world.actorToken(id, {}, 'hk/identity'), 'signer-not-allowed'],
    ['a token that is over', (id: string) => world.actorToken(id, { exp: 1 }), 'signed-object-expired'],
  ] as const)('%s', async (_name, token, code) => {
    const her = world.resident();
    const actor = await token(her.id);
    const body = {
      detail: newDetail(),
      subject: her.subject,
      facts: { kind: 'person' as const },
      displayName: 'x',
      level: 3,
      language: 'en' as const,
    };
    const before = await world.counts();
    expect(await codeOf(world.bus.ask(composeAsk, body, actor ? { actor } : {}))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it.each([
    ['own side’s signed by the other', { by: 'hk/broker' }],
    ['about another request', { by: 'cn/broker', requestDigest: digestOf('another') }],
    ['at another stage', { by: 'cn/broker', stage: 'release' as const }],
    ['that does not let it go on', { by: 'cn/broker', proceeds: false }],
    ['signed by another service', { by: 'cn/consent' }],
  ])('an assessment %s', async (_name, over) => {
    world.assessed = async (detail) => ({
      ...(await newAssessed(world.trust, detail)),
      own: await newAssessment(world.trust, detail, { acts: mainlandActs, ...over }),
    });
    const before = await world.counts();
    expect(await codeOf(world.resident().compose())).toBe('assessment-invalid');
    expect(await world.counts()).toEqual(before);
  });

  it('a request over the border with one side’s assessment only', async () => {
    world.assessed = async (detail) => ({ ...(await newAssessed(world.trust, detail)), peer: null });
    expect(await codeOf(world.resident().compose())).toBe('assessment-invalid');
  });

  it('the flow of somebody else, a changed request, and an ask that is over', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    const { askId } = await her.compose(detail);
    expect(await codeOf(world.resident().compose(detail))).toBe('ask-not-found');
    expect(await codeOf(her.compose({ ...detail, max_uses: 9 }))).toBe('request-invalid');
    await world.query("update ask set created_at = now() - interval '31 minutes', expires_at = now() where id = $1", [
      askId,
    ]);
    expect(await codeOf(her.compose(detail))).toBe('ask-expired');
  });

  it.each(['dataset-unknown', 'participant-unknown', 'item-unknown'] as const)(
    'what the broker says is not on offer: %s',
    async (code) => {
      world.assessed = () => Promise.reject(new DomainError(code));
      const before = await world.counts();
      expect(await codeOf(world.resident().compose())).toBe(code);
      expect(await world.counts()).toEqual(before);
    },
  );

  it('an ask whose notice has changed since', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    const { askId } = await her.compose(detail);
    await world.query('update ask set notice_digest = $2 where id = $1', [askId, digestOf(randomUUID())]);
    expect(await codeOf(her.compose(detail))).toBe('ask-expired');
  });
});

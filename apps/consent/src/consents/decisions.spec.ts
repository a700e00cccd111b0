import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentReceiptClaims, decideAsk, type ActClaims } from '@bayway/contracts';
import { digestOf, verify } from '@bayway/envelope';
import { newAct, newActs, newDetail, newHandle, type ActOver } from '../../test/factories.js';
import { codeOf, World, type Resident } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

type Composed = Awaited<ReturnType<Resident['compose']>>;
const actsOf = (composed: Composed, her: Resident, over: ActOver & { refuse?: ActClaims['act'][] } = {}) =>
  newActs(world.trust, composed, { subject: her.subjectIn(composed), ...over });
const read = async (receipt: string) =>
  verify(receipt, {
    type: 'receipt',
    schema: ConsentReceiptClaims,
    by: 'cn/consent',
    keys: await world.trust.directory(),
    at: new Date(),
  });

describe('her answers', () => {
  it('become a pending consent with a signed receipt when she agrees to all', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    const composed = await her.compose(detail);
    const acts = await actsOf(composed, her);
    const subjectHandle = her.handleFor(composed.askId);
    const answer = await her.decide({ askId: composed.askId, acts, optionalItems: ['enquiries'], subjectHandle });
    expect(answer.state).toBe('pending');
    expect(answer.items).toEqual(['subject-name', 'repayment-history', 'defaults', 'enquiries']);

    const receipt = await read(answer.receipt);
    expect(receipt).toMatchObject({
      consentId: answer.consentId,
      state: 'pending',
      subject: { kind: 'person', handle: subjectHandle },
      exporter: 'cn',
      importer: 'hk',
      flowId: detail.request_id,
      notice: {
        id: 'credit-report/credit-underwriting/cn-hk',
        version: 1,
        language: 'en',
        askDigest: composed.askDigest,
        shown: composed.shownDigest,
      },
      holder: { id: 'pengwan-credit', role: 'data-exporter' },
      recipient: { id: 'tsing-wan-bank', place: 'HK', role: 'data-importer' },
      events: [{ state: 'requested' }, { state: 'pending' }],
      withdrawal: { url: `http://cn-console.test/consents/${answer.consentId}` },
    });
    expect(receipt.processing).toMatchObject({
      validUntil: '2027-04-30',
      maxUses: 3,
      retentionUntil: '2027-07-31',
      storageLocation: 'HK',
    });
    expect(receipt.acts.map(({ kind, rules }) => [kind, ...rules])).toEqual([
      ['other-handler', 'CN.PIPL.23'],
      ['sensitive', 'CN.PIPL.29', 'CN.PIPL.30'],
      ['overseas', 'CN.PIPL.39'],
    ]);
    expect(receipt.acts.map(({ digest }) => digest).sort()).toEqual(acts.map((act) => digestOf(act)).sort());
    expect(JSON.stringify(receipt)).not.toMatch(new RegExp(`${her.id}|Chan|1990`));
  });

  it('are recorded as a refusal when she refuses one, with a receipt of it', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const acts = await actsOf(composed, her, { refuse: ['overseas'] });
    const answer = await her.decide({ askId: composed.askId, acts, optionalItems: ['enquiries'] });
    expect(answer).toMatchObject({ state: 'refused', items: [] });
    const receipt = await read(answer.receipt);
    expect(receipt.acts.map(({ answer: given }) => given)).toEqual(['agree', 'agree', 'refuse']);
    expect(receipt).toMatchObject({ state: 'refused', processing: { items: [] } });
  });

  it('about the page in another language are as good', async () => {
    const [her, detail] = [world.resident(), newDetail()];
    await her.compose(detail);
    const composed = await her.compose(detail, { language: 'pt' });
    const answer = await her.decide({ askId: composed.askId, acts: await actsOf(composed, her, { language: 'pt' }) });
    expect((await read(answer.receipt)).notice).toMatchObject({ language: 'pt', shown: composed.shownDigest });
  });

  it('leave evidence of both outcomes, without anything she could be known by', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const { consentId } = await her.decide({ askId: composed.askId, acts: await actsOf(composed, her) });
    const { record } = await world.row<{ record: Record<string, unknown> }>(
      "select record from evidence_record where type = 'consent.pending' and record->>'consentId' = $1",
      [consentId],
    );
    expect(record).toMatchObject({ askDigest: composed.askDigest, shownDigest: composed.shownDigest });
    expect(record['actDigests']).toHaveLength(3);
    expect(JSON.stringify(record)).not.toMatch(new RegExp(`${her.id}|Chan|credit|bank`));
  });
});

describe('bad answers are refused, and nothing is stored', () => {
  type Make = (her: Resident, composed: Composed) => Promise<Record<string, unknown>>;
  const withActs = async (composed: Composed, her: Resident, over: ActOver) => ({
    askId: composed.askId,
    acts: [
      ...(await actsOf(composed, her)).slice(1),
      await newAct(world.trust, composed, { subject: her.subjectIn(composed), act: 'other-handler', ...over }),
    ],
  });
  const altered = (jws: string): string => {
    const [head, body, signature] = jws.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    const other = Buffer.from(JSON.stringify({ ...claims, answer: 'refuse' })).toString('base64url');
    return [head, other, signature].join('.');
  };
  const cases: [string, string, Make][] = [
    [
      'an altered act',
      'signature-invalid',
      async (her, c) => ({ askId: c.askId, acts: (await actsOf(c, her)).map(altered) }),
    ],
    [
      'an act by another jurisdiction’s identity',
      'signer-not-allowed',
      (her, c) => withActs(c, her, { by: 'hk/identity' }),
    ],
    ['an act by another service', 'signer-not-allowed', (her, c) => withActs(c, her, { by: 'cn/broker' })],
    [
      'an actor token in place of an act',
      'signature-invalid',
      async (her, c) => ({ askId: c.askId, acts: [await world.actorToken(her.id)] }),
    ],
    ['a wrong ask digest', 'act-invalid', (her, c) => withActs(c, her, { askDigest: digestOf('another') })],
    ['a page never shown', 'act-invalid', (her, c) => withActs(c, her, { shownDigest: digestOf('another') })],
    ['another subject’s act', 'act-invalid', (her, c) => withActs(c, her, { subject: world.resident().subjectIn(c) })],
    ['an act at too low a level', 'level-too-low', (her, c) => withActs(c, her, { level: 2 })],
    [
      'an act from the future',
      'signed-object-expired',
      (her, c) => withActs(c, her, { iat: Math.floor(Date.now() / 1000) + 600 }),
    ],
    ['a missing act', 'acts-incomplete', async (her, c) => ({ askId: c.askId, acts: (await actsOf(c, her)).slice(1) })],
    [
      'an act too many',
      'act-invalid',
      async (her, c) => ({
        askId: c.askId,
        acts: [...(await actsOf(c, her)), await newAct(world.trust, c, { subject: her.subjectIn(c), act: 'written' })],
      }),
    ],
    [
      'the same act twice',
      'act-invalid',
      async (her, c) => {
        const acts = await actsOf(c, her);
        return { askId: c.askId, acts: [...acts, acts[0]] };
      },
    ],
    [
      'an item that was not hers to choose',
      'item-unknown',
      async (her, c) => ({ askId: c.askId, acts: await actsOf(c, her), optionalItems: ['defaults'] }),
    ],
    ['an unknown ask', 'ask-not-found', async (her, c) => ({ askId: randomUUID(), acts: await actsOf(c, her) })],
    ['an unknown key', 'request-invalid', async (her, c) => ({ askId: c.askId, acts: await actsOf(c, her), more: 1 })],
    ['no acts', 'request-invalid', (_her, c) => Promise.resolve({ askId: c.askId, acts: [] })],
    [
      'a signed object that is too long',
      'request-invalid',
      (_her, c) => Promise.resolve({ askId: c.askId, acts: [`a.${'b'.repeat(64_000)}.c`] }),
    ],
  ];
  it.each(cases)('%s: %s', async (_name, code, make) => {
    const her = world.resident();
    const composed = await her.compose();
    const body = await make(her, composed);
    const before = await world.counts();
    expect(await codeOf(her.decide(body))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it('somebody else’s ask', async () => {
    const [her, other] = [world.resident(), world.resident()];
    const composed = await her.compose();
    const before = await world.counts();
    expect(await codeOf(other.decide({ askId: composed.askId, acts: await actsOf(composed, her) }))).toBe(
      'ask-not-found',
    );
    expect(await world.counts()).toEqual(before);
  });

  it('a replay of acts: to the same ask, and to another one', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const acts = await actsOf(composed, her);
    await her.decide({ askId: composed.askId, acts });
    const again = await her.compose();
    const before = await world.counts();
    expect(await codeOf(her.decide({ askId: composed.askId, acts }))).toBe('ask-answered');
    expect(await codeOf(her.decide({ askId: again.askId, acts }))).toBe('act-invalid');
    expect(await world.counts()).toEqual(before);
  });

  it('an act whose id was used before', async () => {
    const her = world.resident();
    const first = await her.compose();
    const jti = randomUUID();
    const one = await withActs(first, her, { jti });
    await her.decide(one);
    const second = await her.compose();
    const before = await world.counts();
    expect(await codeOf(her.decide(await withActs(second, her, { jti })))).toBe('act-invalid');
    expect(await world.counts()).toEqual(before);
  });

  it('a handle that names another request already', async () => {
    const her = world.resident();
    const { subjectHandle } = await her.consent();
    const composed = await her.compose();
    const before = await world.counts();
    const acts = await actsOf(composed, her, { subject: { kind: 'person', handle: subjectHandle as never } });
    const body = { askId: composed.askId, acts, subjectHandle };
    expect(await codeOf(her.decide(body))).toBe('request-invalid');
    expect(await world.counts()).toEqual(before);
  });

  it('an ask that has expired', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const acts = await actsOf(composed, her);
    await world.query(
      "update ask set created_at = now() - interval '31 minutes', expires_at = now() - interval '1 second' where id = $1",
      [composed.askId],
    );
    const before = await world.counts();
    expect(await codeOf(her.decide({ askId: composed.askId, acts }))).toBe('ask-expired');
    expect(await world.counts()).toEqual(before);
  });

  it('an ask whose notice changed between ask and act', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const acts = await actsOf(composed, her);
    await world.query('update ask set notice_digest = $2 where id = $1', [composed.askId, digestOf('another')]);
    const before = await world.counts();
    expect(await codeOf(her.decide({ askId: composed.askId, acts }))).toBe('ask-expired');
    expect(await world.counts()).toEqual(before);
  });

  it('two answers at once: one counts', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const [yes, no] = [await actsOf(composed, her), await actsOf(composed, her, { refuse: ['overseas'] })];
    const codes = await Promise.all([yes, no].map((acts) => codeOf(her.decide({ askId: composed.askId, acts }))));
    expect(codes.sort()).toEqual(['accepted', 'ask-answered']);
  });

  it('an answer without a token', async () => {
    const her = world.resident();
    const composed = await her.compose();
    const body = {
      askId: composed.askId,
      acts: await actsOf(composed, her),
      optionalItems: [],
      subjectHandle: newHandle() as never,
    };
    const before = await world.counts();
    expect(await codeOf(world.bus.ask(decideAsk, body))).toBe('token-missing');
    expect(await world.counts()).toEqual(before);
  });
});

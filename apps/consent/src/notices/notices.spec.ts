import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issuePermit, NoticeDifference, NoticeVersionView } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { newDetail, newPermitRequest } from '../../test/factories.js';
import { codeOf, officer, problemIn, World, type Resident } from '../../test/world.js';
import { aboutOf, noticeFor } from './notice.js';

let world: World;
let rules: Resident;
let her: Resident;
beforeAll(async () => {
  world = await World.start();
  rules = world.resident();
  her = world.resident();
});
afterAll(() => world.stop());

const role = officer('rules-officer');
const built = (id: string) => noticeFor(aboutOf(id)).texts;
const put = (id: string, texts: unknown) => rules.call('PUT', '/admin/notices/draft', role, { id, texts });
const publish = (id: string, effectiveFrom?: string) =>
  rules.call('POST', '/admin/notices/publication', role, { id, ...(effectiveFrom ? { effectiveFrom } : {}) });
const changed = (id: string, part: string, text: string) =>
  Object.fromEntries(LANGUAGES.map((language) => [language, { ...built(id)[language], [part]: text }]));
const get = (path: string, token: Record<string, unknown> = role) => rules.call('GET', `/admin/notices/${path}`, token);
const permit = ({ consentId, subjectHandle }: { consentId: string; subjectHandle: string }) =>
  codeOf(world.bus.ask(issuePermit, newPermitRequest({ consentId, subjectHandle }) as never));

describe('a version', () => {
  const id = 'bank-statement/account-review/cn-hk';
  const about = { dataset: 'bank-statement', purpose: { code: 'account-review' } };

  it('is drafted in pieces, and cannot be published while anything is missing', async () => {
    const { en, pt } = built(id);
    const { body } = await put(id, { en, pt: { ...pt, how: undefined } });
    const difference = NoticeDifference.parse(body);
    expect(difference).toMatchObject({ version: 1, materiality: null });
    expect(difference.faults).toContainEqual({ language: 'zh-Hant', part: '*', fault: 'language is missing' });
    expect(difference.faults).toContainEqual({ language: 'pt', part: 'how', fault: 'part is missing' });
    const before = await world.counts();
    const refused = await publish(id);
    expect([refused.status, problemIn(refused)]).toEqual([422, 'notice-incomplete']);
    expect(await world.counts()).toEqual(before);
  });

  it('once published is shown to whoever is asked from then on, as the next version, and never changes', async () => {
    await put(id, changed(id, 'kept', 'Gone by {date}.'));
    const { status, body } = await publish(id);
    const view = NoticeVersionView.parse(body);
    expect([status, view.version, view.materiality, view.matters]).toEqual([201, 2, 'inform', []]);
    const composed = await her.compose(newDetail(about));
    expect(composed.html).toContain('Gone by 31 July 2027.');
    const row = await world.row('select notice_id, notice_version, notice_digest from ask where id = $1', [
      composed.askId,
    ]);
    expect(row).toEqual({ notice_id: id, notice_version: 2, notice_digest: view.digest });
    expect(await get(`versions?id=${id}`)).toMatchObject({ body: { items: [{ version: 2 }] } });
    for (const sql of ['update notice_version set version = 9', 'delete from notice_version'])
      await expect(world.query(sql)).rejects.toThrow('permission denied');
    expect(problemIn(await publish(id))).toBe('notice-not-found');
  });

  it('is not shown before it takes effect, and cannot take effect in the past', async () => {
    await put(id, changed(id, 'kept', 'Soon gone by {date}.'));
    expect(problemIn(await publish(id, '2026-01-01T00:00:00Z'))).toBe('request-invalid');
    const later = new Date(Date.now() + 86_400_000).toISOString();
    expect(await publish(id, later)).toMatchObject({ status: 201, body: { version: 3 } });
    expect((await her.compose(newDetail(about))).html).toContain('Gone by 31 July 2027.');
  });

  it('is previewed in every language before it is published, as the page will be', async () => {
    await put(id, changed(id, 'how', 'Only {recipient} opens it.'));
    for (const language of LANGUAGES) {
      const { body } = await get(`preview?id=${id}&language=${language}`);
      expect(body['html']).toContain('opens it.');
      expect(body['html']).not.toMatch(/\{\w+\}|undefined/);
    }
  });

  it('closes an ask that was composed under the one before', async () => {
    const general = 'driving-licence/employment-check/cn-hk';
    const detail = newDetail({
      dataset: 'driving-licence',
      purpose: { code: 'employment-check' },
      valid_until: '2026-12-31',
      max_uses: 1,
    });
    await her.compose(detail);
    await put(general, changed(general, 'kept', 'Gone by {date}.'));
    await publish(general);
    const before = await world.counts();
    expect(await codeOf(her.compose(detail))).toBe('ask-expired');
    expect(await world.counts()).toEqual(before);
  });
});

describe('what a change asks for', () => {
  const id = 'credit-report/credit-underwriting/cn-hk';

  it('is shown before publication with the consents it concerns; typography asks for nothing, a duty to inform for no new consent', async () => {
    const consent = await her.consent();
    for (const [part, text, materiality] of [
      ['how', `${built(id).en.how} `, null],
      ['kept', 'Gone by {date}.', 'inform'],
    ] as const) {
      await put(id, { ...built(id), ...(materiality ? changed(id, part, text) : {}) });
      const { body } = await get(`difference?id=${id}`);
      expect(body).toMatchObject({ materiality: materiality ?? 'nothing' });
      expect(NoticeDifference.parse(body).affected).toBeGreaterThan(0);
      await publish(id);
      expect(await permit(consent)).toBe('accepted');
    }
  });

  it('of purpose, method, categories, recipient or place is consent again: nothing starts under the old one until then', async () => {
    const consent = await her.consent();
    expect(await permit(consent)).toBe('accepted');
    await put(id, changed(id, 'how', 'Read out to {recipient} by telephone.'));
    const later = new Date(Date.now() + 3_000).toISOString();
    expect(await publish(id, later)).toMatchObject({ body: { materiality: 'ask-again', matters: ['method'] } });
    expect(await permit(consent)).toBe('accepted');
    await new Promise((done) => setTimeout(done, Math.max(0, Date.parse(later) - Date.now()) + 50));
    expect(await permit(consent)).toBe('consent-renewal-needed');
    const renewal = await her.consent({ optional_items: [], renews: consent.consentId });
    expect(await permit(renewal)).toBe('accepted');
  });
});

describe('deny', () => {
  const id = 'credit-report/credit-underwriting/cn-mo';
  it.each([
    ['a resident', {}],
    ['a consent administrator', officer('consent-administrator')],
    ['a regulator', officer('regulator')],
    ['a rules officer of another scope', { ...role, scope: 'openid consent' }],
  ])('writing by %s', async (_name, token) => {
    const before = await world.counts();
    const as = { ...token, jti: crypto.randomUUID() };
    for (const [method, path, body] of [
      ['PUT', 'draft', { id, texts: {} }],
      ['POST', 'publication', { id }],
    ] as const)
      expect(problemIn(await world.resident().call(method, `/admin/notices/${path}`, as, body))).toBe('access-denied');
    expect(await world.counts()).toEqual(before);
  });

  it('reading by a resident; a regulator may', async () => {
    expect(problemIn(await her.call('GET', `/admin/notices/versions?id=${id}`))).toBe('access-denied');
    expect(await get(`versions?id=${id}`, officer('regulator'))).toMatchObject({ status: 200, body: { items: [] } });
  });

  it('a name that is none, and texts of another shape', async () => {
    expect(problemIn(await put('credit-report/nothing/cn-hk', {}))).toBe('request-invalid');
    expect(problemIn(await put(id, { en: { how: 'x'.repeat(401) } }))).toBe('request-invalid');
    expect(problemIn(await put(id, { fr: {} }))).toBe('request-invalid');
  });
});

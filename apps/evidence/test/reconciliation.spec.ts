import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVIDENCE_PAGE, type RecordKeeper } from '@bayway/contracts';
import { randomName } from '@bayway/envelope';
import type { Report } from '../src/reconciliation/report.js';
import {
  deliver,
  endWorld,
  eventOf,
  getJson,
  newWorld,
  proofOf,
  rows,
  start,
  stop,
  until,
  type World,
} from './fixture.js';
import {
  CLEAN,
  endKeepers,
  enterConnector,
  HOLDER,
  type Keepers,
  newRelease,
  say,
  startKeepers,
  STEPS,
  take,
} from './keepers.js';

let world: World;
let keepers: Keepers;
let others: Keepers;
const cn = () => world.sides.cn;

// The Mainland is the exporter, Hong Kong the importer; the services of both do nothing but state.
beforeAll(async () => {
  world = await newWorld();
  await enterConnector(world, world.sides.cn);
  for (const side of Object.values(world.sides))
    Object.assign(side.environment, { RECONCILE_SECONDS: '1', RECONCILE_GRACE_SECONDS: '3' });
  // The Mainland reads everything again each time; Hong Kong only what is new.
  world.sides.cn.environment['RECONCILE_ALL_SECONDS'] = '1';
  await Promise.all(Object.values(world.sides).map(start));
  keepers = await startKeepers(world, cn(), ['identity', 'consent', 'broker', 'connector']);
  others = await startKeepers(world, world.sides.hk, ['identity', 'consent', 'broker']);
}, 180_000);
afterAll(async () => {
  await endKeepers([...Object.values(keepers), ...Object.values(others)]);
  await endWorld(world);
}, 60_000);

/** The first report that judges everything up to this call, and looks like that. */
async function report(
  looksSo: (one: Report) => boolean = (one) => one.isComplete,
  jurisdiction: 'cn' | 'hk' = 'cn',
): Promise<Report> {
  const since = new Date().toISOString();
  const { url } = world.sides[jurisdiction];
  return until(async () => {
    const { latest } = (await getJson(`${url}/reconciliation`)) as { latest: Report | null };
    return latest && latest.until > since && looksSo(latest) ? latest : undefined;
  }, 30_000);
}

type Alarm = Readonly<{ kind: string; subject: string; evidence: string }>;
const alarmsAbout = async (commitment: string): Promise<[string, string][]> => {
  const { alarms } = (await getJson(`${cn().url}/alarms`)) as { alarms: Alarm[] };
  return alarms.filter(({ evidence }) => evidence === commitment).map(({ kind, subject }) => [kind, subject]);
};

/** Makes a release with some of its steps, known to both logs, and answers its commitment. */
async function release(steps: readonly (typeof STEPS)[number][], about = newRelease(), abroad = true): Promise<string> {
  let commitment = '';
  for (const step of STEPS) if (steps.includes(step)) commitment = await take(keepers, step, about);
  await proofOf(cn(), commitment, false);
  if (abroad) {
    await deliver(world.sides.hk, [eventOf(commitment)]);
    await proofOf(world.sides.hk, commitment, false);
  }
  return commitment;
}

/** As the database's administrator. */
const administer = (keeper: RecordKeeper, sql: string, values: unknown[]) =>
  rows(keepers[keeper].db.ownerUrl, sql, values);

/** What was found stays so, for evidence is not taken back: each test expects what it adds. */
let before: Report['findings'] = CLEAN;
async function expectMore(more: Partial<Report['findings']>): Promise<Report> {
  const names = Object.keys(CLEAN) as (keyof typeof CLEAN)[];
  const sum = names.map((name) => [name, (before[name] ?? 0) + (more[name] ?? 0)]);
  const found = await report();
  before = found.findings;
  expect(before).toEqual(Object.fromEntries(sum));
  return found;
}

describe('a reconciliation', () => {
  it('of a side that did all it should is zero, and says over what', async () => {
    for (let i = 0; i < 3; i++) await release(STEPS);
    // Each of the lines of the key directory is a statement too; they are entered beside all this.
    const lines = world.trust.lines.get('cn')?.length ?? 0;
    const found = await report((one) => one.isComplete && one.entries === 15 + lines);
    expect(found).toMatchObject({ findings: CLEAN, releases: 3, unanswered: [], erased: 0, received: 0 });
    expect([found.statements, found.entries]).toEqual([15 + lines, 15 + lines]);
    expect((found.from ?? '') < found.until && found.until <= found.at).toBe(true);
    const hk = await report((one) => one.isComplete, 'hk');
    expect(hk).toMatchObject({ findings: CLEAN, releases: 0, received: 3 });
  }, 60_000);

  it('reads more than one page of a service', async () => {
    const first = await report();
    const count = EVIDENCE_PAGE * 2 + 1;
    for (let i = 0; i < count; i++) await say(keepers.identity, 'link.bound', { link: randomUUID(), peer: 'hk' });
    const after = await report((one) => one.isComplete && one.entries === first.entries + count);
    expect([after.statements - first.statements, after.findings]).toEqual([count, CLEAN]);
  }, 90_000);

  it('goes on where it was, and finds in what is new what it would find in all', async () => {
    const first = await report(undefined, 'hk');
    await say(others.identity, 'link.bound', { link: randomUUID(), peer: 'cn' });
    const unlogged = randomName();
    await rows(
      others.broker.db.ownerUrl,
      `insert into evidence_record (id, type, record, salt, commitment, recorded_at)
       values (gen_random_uuid(), 'link.bound', jsonb_build_object('at', $2::text), null, $1, $2::timestamptz)`,
      [unlogged, new Date().toISOString()],
    );
    const found = await report(undefined, 'hk');
    expect(found.readAgainAt).toBe(first.readAgainAt);
    expect(found.statements - first.statements).toBe(2);
    expect(found.findings).toEqual({ ...CLEAN, statementsNotInLog: 1, statementsAltered: 1 });
    const again = await report(undefined, 'hk');
    expect([again.statements, again.findings]).toEqual([found.statements, found.findings]);
    const mainland = await report();
    expect(mainland.readAgainAt > first.readAgainAt).toBe(true);
  }, 60_000);

  it.each([
    ['a consent', 'given'],
    ['a permit', 'permitted'],
  ] as const)(
    'finds a release without %s',
    async (_, missing) => {
      const commitment = await release(STEPS.filter((step) => step !== missing));
      await expectMore({ releasesWithoutConsent: 1 });
      expect(await alarmsAbout(commitment)).toEqual([['release-without-consent', `cn/connector/${HOLDER}`]]);
    },
    60_000,
  );

  it('finds a release whose consent had been withdrawn before its permit', async () => {
    const about = newRelease();
    await take(keepers, 'given', about);
    await say(keepers.consent, 'consent.ended', { consentId: about.consentId, state: 'withdrawn', cause: 'subject' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await release(['arrived', 'assessed', 'permitted', 'released'], about);
    await expectMore({ releasesWithoutConsent: 1 });
  }, 60_000);

  it('finds nothing wrong with one whose consent was withdrawn after its permit, or used up by it', async () => {
    const [about, last] = [newRelease(), newRelease()];
    await release(STEPS, about);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await say(keepers.consent, 'consent.ended', { consentId: about.consentId, state: 'withdrawn', cause: 'subject' });
    await say(keepers.consent, 'consent.ended', { consentId: last.consentId, state: 'used-up', cause: 'release' });
    await release(STEPS, last);
    await expectMore({});
  }, 60_000);

  it.each([
    ['its own broker’s assessment', 'assessed'],
    ['the other side’s assessment', 'arrived'],
  ] as const)(
    'finds a release without %s',
    async (_, missing) => {
      const commitment = await release(STEPS.filter((step) => step !== missing));
      await expectMore({ releasesWithoutBothAssessments: 1 });
      expect(await alarmsAbout(commitment)).toEqual([['release-without-assessments', `cn/connector/${HOLDER}`]]);
    },
    60_000,
  );

  it('finds a release over another request than the one assessed', async () => {
    const about = newRelease();
    for (const step of ['given', 'arrived', 'assessed', 'permitted'] as const) await take(keepers, step, about);
    await release(['released'], { ...about, requestDigest: randomName() });
    await expectMore({ releasesWithoutConsent: 1, releasesWithoutBothAssessments: 1 });
  }, 60_000);

  it('finds a release that the other side’s log does not have', async () => {
    const commitment = await release(STEPS, newRelease(), false);
    await expectMore({ releasesMissingAtOtherSide: 1 });
    expect(await alarmsAbout(commitment)).toEqual([['release-missing-abroad', `cn/connector/${HOLDER}`]]);
    // It is missed only as long as it is not there.
    await deliver(world.sides.hk, [eventOf(commitment)]);
    await proofOf(world.sides.hk, commitment, false);
    await expectMore({ releasesMissingAtOtherSide: -1 });
  }, 60_000);

  it('finds a record that never reached the log, and one that was taken out of a service’s database', async () => {
    const kept = await say(keepers.identity, 'link.bound', { link: randomUUID(), peer: 'hk' });
    await proofOf(cn(), kept, false);
    await administer('identity', 'delete from evidence_record where commitment = $1', [kept]);
    const unlogged = randomName();
    await administer(
      'identity',
      `insert into evidence_record (id, type, record, salt, commitment, recorded_at)
       select gen_random_uuid(), type, record, null, $1, recorded_at from evidence_record limit 1`,
      [unlogged],
    );
    await expectMore({ entriesWithoutStatement: 1, statementsNotInLog: 1, statementsAltered: 1 });
    expect(await alarmsAbout(kept)).toEqual([['entry-without-statement', 'cn/evidence']]);
    expect((await alarmsAbout(unlogged)).sort()).toEqual([
      ['statement-altered', 'cn/identity'],
      ['statement-missing', 'cn/identity'],
    ]);
  }, 60_000);

  it('finds a record that was changed afterwards, which vouches for nothing any more', async () => {
    const about = newRelease();
    await release(STEPS, about);
    const changed = await administer(
      'consent',
      `update evidence_record set record = record || '{"cause":"made up"}'
        where type = 'consent.given' and record->>'consentId' = $1 returning commitment`,
      [about.consentId],
    );
    await expectMore({ statementsAltered: 1, releasesWithoutConsent: 1 });
    expect(await alarmsAbout(String(changed[0]?.['commitment']))).toEqual([['statement-altered', 'cn/consent']]);
  }, 60_000);

  it('takes a salt that is gone as erased when that was attested, and as an alteration otherwise', async () => {
    const about = newRelease();
    await release(STEPS, about);
    const gone = `update evidence_record set salt = null where record->>'consentId' = $1 returning id`;
    const { length } = await administer('consent', gone, [about.consentId]);
    expect(length).toBe(2);
    await expectMore({ statementsAltered: 2 });
    await say(keepers.consent, 'salts.destroyed', { ended: about.consentId, salts: length });
    expect((await expectMore({ statementsAltered: -2 })).erased).toBe(2);
    // A broker's records name the request; its own attestation counts for them, and only for them.
    const others = `update evidence_record set salt = null where record->>'dataRequestId' = $1 returning id`;
    const { length: held } = await administer('broker', others, [about.dataRequestId]);
    await say(keepers.consent, 'salts.destroyed', { ended: about.consentId, requests: [about.dataRequestId] });
    await expectMore({ statementsAltered: held });
    await say(keepers.broker, 'salts.destroyed', { ended: about.consentId, requests: [about.dataRequestId] });
    expect((await expectMore({ statementsAltered: -held })).erased).toBe(2 + held);
  }, 90_000);

  it('says who did not answer, and does not judge what it would take them for', async () => {
    await stop(world.sides.hk);
    const withoutLog = await report(({ unanswered }) => unanswered.length > 0);
    expect(withoutLog).toMatchObject({ isComplete: false, unanswered: ['hk/evidence'], received: null });
    expect(withoutLog.findings).toEqual({
      ...before,
      releasesMissingAtOtherSide: null,
      entriesWithoutStatement: null,
    });
    await start(world.sides.hk);
    await report();
  }, 90_000);

  it('judges no release while a service is silent', async () => {
    const { identity } = keepers;
    await identity.running.stop();
    const found = await report(({ isComplete }) => !isComplete);
    expect(found.unanswered).toEqual(['cn/identity']);
    expect(Object.entries(found.findings).flatMap(([name, count]) => (count === null ? [] : [name]))).toEqual([
      'statementsNotInLog',
    ]);
  }, 60_000);

  it('shows what it found in the metrics', async () => {
    const text = await (await fetch(`${cn().url}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('reconciliation_'));
    for (const line of [
      /^reconciliation_findings\{kind="releasesWithoutConsent"[^}]*\} \d+$/,
      /^reconciliation_items\{of="statements"[^}]*\} [1-9]\d*$/,
      /^reconciliation_complete_timestamp_seconds\{[^}]*\} \d{10}(\.\d+)?$/,
    ])
      expect(lines).toContainEqual(expect.stringMatching(line));
  });
});

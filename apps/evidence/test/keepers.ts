import { writeFile } from 'node:fs/promises';
import { Module } from '@nestjs/common';
import type { RecordKeeper } from '@bayway/contracts';
import { randomName } from '@bayway/envelope';
import { type EvidenceRecord, readConfig, recordEvidence, type Running, serve, ServiceConfig } from '@bayway/service';
import { testDatabase, type TestDatabase } from '@bayway/testing';
import { DataSource } from 'typeorm';
import type { Side, World } from './fixture.js';

@Module({})
class NothingElse {}

/** A service that does nothing but keep evidence records and send them to its log, with its own database. */
export type Keeper = { readonly db: TestDatabase; readonly running: Running };

export type Keepers = Readonly<Record<RecordKeeper, Keeper>>;

/** What a report finds where nothing is wrong. */
export const CLEAN = {
  releasesWithoutConsent: 0,
  releasesWithoutBothAssessments: 0,
  releasesMissingAtOtherSide: 0,
  statementsNotInLog: 0,
  statementsAltered: 0,
  entriesWithoutStatement: 0,
};

export const HOLDER = 'pengwan-credit';

/** Enters the holder's connector in its side's key directory. Before the sides start. */
export async function enterConnector({ trust }: World, side: Side): Promise<void> {
  await trust.enter(`${side.jurisdiction}/connector/${HOLDER}`, ['sig', 'enc']);
  await writeFile(side.directoryFile, `${(trust.lines.get(side.jurisdiction) ?? []).join('\n')}\n`);
}

/** Starts one keeper of a side on its nats-server. */
async function startKeeper(world: World, side: Side, name: RecordKeeper): Promise<Keeper> {
  const db = await testDatabase();
  const owner = `${side.jurisdiction}/${name}${name === 'connector' ? `/${HOLDER}` : ''}`;
  const config = readConfig(ServiceConfig, {
    ...side.environment,
    ...world.trust.settings(owner),
    EVIDENCE_URLS: side.environment['EVIDENCE_URLS'],
    PORT: '0',
    BASE_URL: `http://${side.jurisdiction}-${name}.test`,
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    DATABASE_POOL: '3',
    NATS_USER: `${side.jurisdiction}-${name}`,
  });
  const address = name === 'connector' ? { address: HOLDER } : {};
  const service = { name, module: NothingElse, schema: { entities: [], migrations: [] }, config, ...address };
  return { db, running: await serve(service, { directory: world.trust.source }) };
}

/** Several of them, by name. */
export async function startKeepers(world: World, side: Side, names: readonly RecordKeeper[]): Promise<Keepers> {
  const started = await Promise.all(names.map((name) => startKeeper(world, side, name)));
  return Object.fromEntries(names.map((name, place) => [name, started[place]])) as Keepers;
}

export async function endKeepers(keepers: readonly Keeper[]): Promise<void> {
  await Promise.all(keepers.map(({ running }) => running.stop()));
  await Promise.all(keepers.map(({ db }) => db.drop()));
}

/** Writes one record as the service would; answers its commitment. */
export const say = (
  { running }: Keeper,
  type: Parameters<typeof recordEvidence>[1],
  record: EvidenceRecord,
): Promise<string> => running.app.get(DataSource).transaction((tx) => recordEvidence(tx, type, record));

/** What one release is about, all made up. */
export const newRelease = () => ({
  dataRequestId: crypto.randomUUID() as string,
  consentId: crypto.randomUUID() as string,
  requestDigest: randomName(),
  importerAssessmentDigest: randomName(),
  exporterAssessmentDigest: randomName(),
  permitDigest: randomName(),
});
export type MadeUp = ReturnType<typeof newRelease>;

/** The steps of a release, in their order; each may be left out. */
export const STEPS = ['given', 'arrived', 'assessed', 'permitted', 'released'] as const;
export type Step = (typeof STEPS)[number];

/** Says one step of a release as the service does whose step it is. */
export function take({ consent, broker, connector }: Keepers, step: Step, about: MadeUp): Promise<string> {
  const { permitDigest, ...named } = about;
  const { consentId, dataRequestId, requestDigest, importerAssessmentDigest, exporterAssessmentDigest } = named;
  const assessed = { stage: 'release', outcome: 'permit', assessment: exporterAssessmentDigest, requestDigest };
  const arrived = { dataRequestId, requestDigest, importer: 'hk', assessment: importerAssessmentDigest };
  const says: Record<Step, () => Promise<string>> = {
    given: () => say(consent, 'consent.given', { consentId, askId: dataRequestId, state: 'given', cause: 'redeemed' }),
    arrived: () => say(broker, 'request.arrived', arrived),
    assessed: () => say(broker, 'assessment.made', assessed),
    permitted: () => say(consent, 'permit.issued', { ...named, use: 1, permitDigest }),
    released: () => say(connector, 'release.made', about),
  };
  return says[step]();
}

import { randomUUID } from 'node:crypto';
import { appendEntry, digestOf, newKey, randomName, sign, type KeyUse, type PrivateKey } from '@bayway/envelope';
import { assembleBundle, type ExchangeParts, type Pins, type SideName, SIDES } from '../src/index.js';
import { evidenceOf, Log } from './logs.js';

export type Setting = Readonly<{
  importer: SideName;
  exporter: SideName;
  recipient: string;
  holder: string;
  acts: readonly string[];
  /** Entries of others between those of this exchange. */
  others: number;
  /** Rules that each assessment names. */
  rules: number;
  /** Whether the third jurisdiction cosigned too. */
  third: boolean;
  /** Whether the exporter's broker has a new key since. */
  rotated: boolean;
  /** Owner whose key is entered in the log only after the exchange. */
  late?: string;
  /** Members of a directory line that differ, by owner. */
  lines?: Readonly<Record<string, Record<string, unknown>>>;
}>;

export const SMALL: Setting = {
  ...{ importer: 'hk', exporter: 'cn', recipient: 'bank', holder: 'agency', acts: ['overseas'] },
  ...{ others: 0, rules: 1, third: false, rotated: false },
};

type Over = Readonly<Partial<Record<keyof ExchangeParts['objects'], Record<string, unknown>>>>;
type Lines = { text: string[]; root: PrivateKey };
const now = () => Math.floor(Date.now() / 1000);

/** Three jurisdictions with roots, directories and logs, in which one exchange is made with the real signing code. */
export class World {
  readonly keys = new Map<string, PrivateKey>();
  readonly logs = {} as Record<SideName, Log>;
  private readonly directories = {} as Record<SideName, Lines>;
  pins = {} as Pins;

  static async create(setting: Setting): Promise<World> {
    const world = new World(setting);
    for (const side of SIDES) {
      const root = await newKey('root');
      world.directories[side] = { text: [], root };
      world.pins = { ...world.pins, [side]: root.publicKey };
      for (const use of ['log', 'witness'] as const) world.keys.set(`${side}/evidence ${use}`, await newKey(use));
    }
    for (const side of SIDES) world.openLog(side);
    for (const side of SIDES)
      for (const use of ['log', 'witness'] as const) await world.enter(`${side}/evidence`, use);
    for (const [owner, use] of world.owners()) await world.enter(owner, use);
    return world;
  }

  private constructor(readonly setting: Setting) {}

  private openLog(side: SideName): void {
    const { importer, exporter, third } = this.setting;
    const corridor = SIDES.filter((by) => by !== side && (by === importer || by === exporter));
    const others = SIDES.filter((by) => by !== side);
    const by = third ? others : corridor.length > 0 ? corridor : others.slice(0, 1);
    const witnesses = by.map((name) => [name, this.key(`${name}/evidence`, 'witness')] as const);
    this.logs[side] = new Log(side, { log: this.key(`${side}/evidence`, 'log'), witnesses });
  }

  private owners(): (readonly [string, KeyUse])[] {
    const { importer, exporter, recipient, holder } = this.setting;
    const owners = [
      ...[`${importer}/broker`, `${importer}/participant/${recipient}`],
      ...[`${exporter}/broker`, `${exporter}/consent`, `${exporter}/identity`, `${exporter}/participant/${holder}`],
    ];
    return [...new Set(owners)].map((owner) => [owner, 'sig'] as const);
  }

  key(owner: string, use: KeyUse = 'sig'): PrivateKey {
    return this.keys.get(`${owner} ${use}`)!;
  }

  /** Enters a key in its directory and log; `over` changes the line, as when a key ends. */
  async enter(owner: string, use: KeyUse, over: Record<string, unknown> = {}): Promise<void> {
    const side = owner.slice(0, 2) as SideName;
    const key = this.keys.get(`${owner} ${use}`) ?? (await newKey(use));
    this.keys.set(`${owner} ${use}`, key);
    const directory = this.directories[side];
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const line = await appendEntry(directory.root, directory.text, {
      ...{ jurisdiction: side, owner, use, kid: key.kid, key: key.publicKey, from, to: null, revokedAt: null },
      ...this.setting.lines?.[`${owner} ${use}`],
      ...over,
    });
    directory.text.push(line);
    if (owner === this.setting.late) this.waiting.push(() => this.logs[side].publish(line));
    else this.logs[side].publish(line);
  }
  private readonly waiting: (() => void)[] = [];

  private busy(): void {
    for (let n = 0; n < this.setting.others; n += 1) for (const side of SIDES) this.logs[side].add(randomName());
  }

  /** One exchange: its parts as the two sides keep them. `over` changes claims of an object before it is signed. */
  async exchange(over: Over = {}): Promise<ExchangeParts> {
    const { objects, names } = await this.sign(over);
    this.busy();
    const records = this.record(objects, names);
    this.busy();
    for (const publish of this.waiting) publish();
    if (this.setting.rotated) {
      const to = new Date(Date.now() + 60_000).toISOString();
      await this.enter(`${this.setting.exporter}/broker`, 'sig', { to });
    }
    return { objects, records };
  }

  bundle = (parts: ExchangeParts): Promise<Uint8Array> => assembleBundle(parts, evidenceOf(this.logs));

  private async sign(over: Over) {
    const { importer, exporter, recipient, holder, acts, rules } = this.setting;
    const names = { ...ids(), ciphertextDigest: randomName(), recordDigest: randomName() };
    const { consentId, dataRequestId, flowId, handle, askId } = names;
    const make = (type: Parameters<typeof sign>[1], by: string, claims: Record<string, unknown>) =>
      sign(this.key(by), type, { jti: randomUUID(), iat: now(), ...claims });
    const [dataset, purpose] = ['credit-report', { code: 'credit-underwriting' }];
    const request = await make('request', `${importer}/participant/${recipient}`, {
      ...{ iss: recipient, aud: `urn:bayway:${importer}:broker`, exp: now() + 120, request_id: flowId, dataset },
      ...{ exporter, holder, items: ['defaults'], purpose, recipient_key: randomName(), consent_id: consentId },
      ...{ subject_handle: handle, ...over.request },
    });
    const requestDigest = digestOf(request);
    const assess = (side: SideName, more: Record<string, unknown> = {}) =>
      make('assessment', `${side}/broker`, {
        ...{ iss: `${side}/broker`, stage: 'release', requestDigest, outcome: 'permit', proceeds: true },
        because: Array.from({ length: rules }, (_, i) => `CN.PIPL.${i + 1}`),
        ...{ missing: [], unknown: [], droppedItems: [], obligations: [], acts: [], asOf: '2026-11-22' },
        ...{ factsDigest: randomName(), pack: { version: '2026.11', digest: randomName() }, ...more },
      });
    const importerAssessment = await assess(importer, over.importerAssessment);
    const exporterAssessment = await assess(exporter, over.exporterAssessment);
    const [askDigest, shown, language] = [randomName(), randomName(), 'en'];
    const signedActs = await Promise.all(
      acts.map((act) =>
        make('act', `${exporter}/identity`, {
          ...{ iss: `${exporter}/identity`, askId, askDigest, shownDigest: shown, language, act, answer: 'agree' },
          ...{ subject: { kind: 'person', handle }, level: 3, ...over.acts },
        }),
      ),
    );
    const consentReceipt = await make('receipt', `${exporter}/consent`, {
      ...{ schema: 'urn:bayway:consent-receipt:1', iss: `${exporter}/consent`, consentId, state: 'given', exporter },
      ...{ importer, flowId, subject: { kind: 'person', handle }, notice: { askId, askDigest, shown, language } },
      processing: { dataset, purpose, items: [{ id: 'defaults' }, { id: 'accounts' }] },
      ...{ holder: { id: holder, name: { pt: 'Agência' } }, recipient: { id: recipient } },
      acts: signedActs.map((act, i) => ({ kind: acts[i], answer: over.acts?.['answer'] ?? 'agree', digest: digestOf(act) })),
      ...over.consentReceipt,
    });
    const digests = {
      requestDigest,
      importerAssessmentDigest: digestOf(importerAssessment),
      exporterAssessmentDigest: digestOf(exporterAssessment),
    };
    const permit = await make('permit', `${exporter}/consent`, {
      ...{ iss: `${exporter}/consent`, exp: now() + 10, consentId, dataRequestId, holder, use: 1, ...digests },
      ...over.permit,
    });
    const { ciphertextDigest, recordDigest } = names;
    const release = await make('release', `${exporter}/participant/${holder}`, {
      ...{ iss: holder, dataRequestId, consentId, requestDigest, permitDigest: digestOf(permit) },
      ...{ ciphertextDigest, recordDigest, ...over.release },
    });
    const deliveryReceipt = await make('delivery', `${importer}/participant/${recipient}`, {
      ...{ iss: recipient, dataRequestId, ciphertextDigest, recordDigest, ...over.deliveryReceipt },
    });
    const objects = { request, importerAssessment, exporterAssessment, consentReceipt, acts: signedActs };
    return { objects: { ...objects, permit, release, deliveryReceipt }, names: { ...names, ...digests } };
  }

  /** What each service records, and in whose log. */
  private record(objects: ExchangeParts['objects'], names: Named): ExchangeParts['records'] {
    const { importer, exporter, recipient } = this.setting;
    const [ours, theirs] = [this.logs[importer], this.logs[exporter]];
    const { consentId, dataRequestId, flowId, askId, ciphertextDigest, recordDigest, requestDigest } = names;
    const { importerAssessmentDigest, exporterAssessmentDigest } = names;
    const permitDigest = digestOf(objects.permit);
    const digests = { requestDigest, importerAssessmentDigest, exporterAssessmentDigest };
    const assessed = (jws: string) => {
      const { factsDigest, pack } = claimsOf(jws);
      return { flowId, stage: 'release', requestDigest, assessment: digestOf(jws), outcome: 'permit', factsDigest, packDigest: pack.digest };
    };
    const receipt = digestOf(objects.deliveryReceipt);
    const made = [
      ours.record('request.made', { dataRequestId, requestDigest, consentId, exporter, recipient }),
      ours.record('assessment.made', assessed(objects.importerAssessment)),
    ];
    const done = [
      theirs.record('consent.given', {
        ...{ consentId, askId, state: 'given', cause: 'redemption', receiptDigest: digestOf(objects.consentReceipt) },
      }),
      theirs.record('request.arrived', { dataRequestId, requestDigest, importer, assessment: importerAssessmentDigest }),
      theirs.record('assessment.made', assessed(objects.exporterAssessment)),
      theirs.record('permit.issued', { consentId, dataRequestId, ...digests, use: 1, permitDigest }),
      theirs.record('release.made', {
        ...{ dataRequestId, consentId, ...digests, ciphertextDigest, recordDigest, permitDigest },
        releaseDigest: digestOf(objects.release),
      }),
    ];
    ours.add([...theirs.indices.keys()].at(-1)!);
    made.push(ours.record('delivery.made', { dataRequestId, requestDigest, ciphertextDigest }));
    for (const [log, kept] of [[ours, made], [theirs, done]] as const)
      kept.push(log.record('delivery.receipted', { dataRequestId, receipt, ciphertextDigest, recordDigest }));
    return { importer: made, exporter: done };
  }
}

type Named = Awaited<ReturnType<World['sign']>>['names'];
const ids = () => ({
  ...{ consentId: randomUUID(), dataRequestId: randomUUID(), flowId: randomUUID(), askId: randomUUID() },
  handle: randomName(),
});

/** Claims of a signed object. */
export const claimsOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());

/** A world with one bundle in it. */
export async function newBundle(setting: Partial<Setting> = {}, over: Over = {}) {
  const world = await World.create({ ...SMALL, ...setting });
  const parts = await world.exchange(over);
  return { world, parts, bytes: await world.bundle(parts) };
}

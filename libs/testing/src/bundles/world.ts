import {
  assembleBundle,
  type ExchangeParts,
  type Parts,
  type Pins,
  type RefusalParts,
  type SideName,
  SIDES,
} from '@bayway/bundle';
import { appendEntry, newKey, randomName, type KeyUse, type PrivateKey } from '@bayway/envelope';
import { evidenceOf, Log } from './logs.js';
import { type ExchangeSetting, type Over, signExchange } from './objects.js';
import { recordExchange, recordRefusal } from './entries.js';

export const SMALL_EXCHANGE: ExchangeSetting = {
  ...{ importer: 'hk', exporter: 'cn', recipient: 'bank', holder: 'agency', acts: ['overseas'] },
  ...{ others: 0, rules: 1, third: false, rotated: false },
};

type Lines = { text: string[]; root: PrivateKey };

/** Three jurisdictions with roots, directories and logs, in which one exchange is made with the real signing code. */
export class BundleWorld {
  readonly keys = new Map<string, PrivateKey>();
  readonly logs = {} as Record<SideName, Log>;
  private readonly directories = {} as Record<SideName, Lines>;
  pins = {} as Pins;

  static async create(setting: ExchangeSetting): Promise<BundleWorld> {
    const world = new BundleWorld(setting);
    for (const side of SIDES) {
      const root = await newKey('root');
      world.directories[side] = { text: [], root };
      world.pins = { ...world.pins, [side]: root.publicKey };
      for (const use of ['log', 'witness'] as const) world.keys.set(`${side}/evidence ${use}`, await newKey(use));
    }
    for (const side of SIDES) world.openLog(side);
    for (const side of SIDES) for (const use of ['log', 'witness'] as const) await world.enter(`${side}/evidence`, use);
    for (const [owner, use] of world.owners()) await world.enter(owner, use);
    return world;
  }

  private constructor(readonly setting: ExchangeSetting) {}

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
    const key = this.keys.get(`${owner} ${use}`);
    if (!key) throw new RangeError(`no ${use} key of ${owner}`);
    return key;
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
    const { setting, logs } = this;
    const { objects, ids } = await signExchange(setting, (owner) => this.key(owner), over);
    this.busy();
    const records = recordExchange({ setting, objects, ids }, logs);
    this.busy();
    for (const publish of this.waiting) publish();
    if (this.setting.rotated) {
      const to = new Date(Date.now() + 60_000).toISOString();
      await this.enter(`${this.setting.exporter}/broker`, 'sig', { to });
    }
    return { objects, records };
  }

  /** A request that one side ended. The exporter had it if `isAbroad`, and decided over it if `isAssessed`. */
  async refusal({ isAssessed = true, isAbroad, ...how }: RefusalHow = {}, over: Over = {}): Promise<RefusalParts> {
    const { setting, logs } = this;
    const { objects, ids } = await signExchange(setting, (owner) => this.key(owner), over);
    const { request, importerAssessment, exporterAssessment } = objects;
    const refusal = { ...REFUSAL, ...how, dataRequestId: ids.dataRequestId };
    const wasThere = isAbroad ?? refusal.by === 'exporter';
    const isDecided = isAssessed && wasThere;
    this.busy();
    const records = recordRefusal(
      { setting, objects, ids },
      { refusal, isAbroad: wasThere, isAssessed: isDecided },
      logs,
    );
    this.busy();
    for (const publish of this.waiting) publish();
    const signed = { request, importerAssessment, ...(isDecided ? { exporterAssessment } : {}) };
    return { objects: signed, refusal, records };
  }

  bundle = (parts: Parts): Promise<Uint8Array> => assembleBundle(parts, evidenceOf(this.logs));
}

type RefusalHow = Partial<Omit<RefusalParts['refusal'], 'dataRequestId'>> &
  Readonly<{ isAssessed?: boolean; isAbroad?: boolean }>;
const REFUSAL = { by: 'exporter', outcome: 'refused', problem: 'consent-withdrawn' } as const;

/** A world with the bundle of one refusal in it. */
export async function newRefusal(
  { how = {}, ...setting }: Partial<ExchangeSetting> & Readonly<{ how?: RefusalHow }> = {},
  over: Over = {},
): Promise<{ world: BundleWorld; parts: RefusalParts; bytes: Uint8Array }> {
  const world = await BundleWorld.create({ ...SMALL_EXCHANGE, ...setting });
  const parts = await world.refusal(how, over);
  return { world, parts, bytes: await world.bundle(parts) };
}

/** A world with one bundle in it. */
export async function newBundle(
  setting: Partial<ExchangeSetting> = {},
  over: Over = {},
): Promise<{ world: BundleWorld; parts: ExchangeParts; bytes: Uint8Array }> {
  const world = await BundleWorld.create({ ...SMALL_EXCHANGE, ...setting });
  const parts = await world.exchange(over);
  return { world, parts, bytes: await world.bundle(parts) };
}

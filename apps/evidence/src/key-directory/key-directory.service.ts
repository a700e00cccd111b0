import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  commitmentTo,
  digestOf,
  type DirectoryEntry,
  type KeyOwner,
  randomName,
  readDirectory,
} from '@bayway/envelope';
import { CONFIG } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';
import { AlarmsService } from '../alarms/alarms.service.js';
import type { EvidenceConfig } from '../config.js';
import { enqueue } from '../entries/entry-queue.js';
import { Pacer } from '../pacer.js';
import { readLines, versionOf } from './directory-file.js';

/** A line, and what its commitment in the log was made with. */
export type EnteredLine = Readonly<{ line: string; at: string; salt: string }>;

/** The published lines, oldest first, and a name of exactly these. */
export type PublishedDirectory = Readonly<{ entries: readonly string[]; etag: string }>;

/** Publishes this jurisdiction's key directory. A line is published in the transaction that puts it in line for the log. */
@Injectable()
export class KeyDirectoryService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('key-directory');
  private readonly pacer = new Pacer(LOOK_MS);
  private loop: Promise<void> | undefined;
  /** The file's version whose lines were taken up last. */
  private seen: string | undefined;
  private copy: (PublishedDirectory & { readonly until: number }) | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.loop = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.pacer.stop();
    await this.loop;
  }

  /** All published lines as every service asks for them again and again: read from the database at most once a second. */
  async published(): Promise<PublishedDirectory> {
    if (!this.copy || this.copy.until <= Date.now()) {
      const entries = await this.lines();
      this.copy = { entries, etag: `"${digestOf(entries.join('\n'))}"`, until: Date.now() + LOOK_MS };
    }
    return this.copy;
  }

  private async lines(): Promise<string[]> {
    const rows: { line: string }[] = await this.db.query('select line from directory_line order by index');
    return rows.map(({ line }) => line);
  }

  /** The lines about one owner, oldest first, each with the time and salt of its record: whoever has them can find it in the log. */
  async entered(owner: KeyOwner): Promise<EnteredLine[]> {
    return this.db.query(
      `select l.line, r.record->>'at' as at, r.salt from evidence_record r
       join directory_line l on l.index = (r.record->>'index')::int
       where r.type = 'key.entered' and r.record->>'owner' = $1 and r.salt is not null order by l.index limit 1000`,
      [owner],
    );
  }

  private async run(): Promise<void> {
    while (!this.pacer.stopped) {
      await this.pacer.idle();
      await this.look().catch((error: unknown) => this.logger.warn({ failure: (error as Error).message }));
    }
  }

  /** Looks whether the file has changed. */
  private async look(): Promise<void> {
    const version = await versionOf(this.config.DIRECTORY_FILE);
    if (version !== undefined && version === this.seen) return;
    await this.takeUp();
    this.seen = version;
  }

  /** Takes new lines from the file; a file that is not a continuation of what was published changes nothing. */
  private async takeUp(): Promise<void> {
    const { DIRECTORY_FILE, JURISDICTION, ROOTS } = this.config;
    const lines = await readLines(DIRECTORY_FILE);
    const known = await this.lines();
    if (known.some((line, i) => line !== lines[i])) {
      const at = known.findIndex((line, i) => line !== lines[i]);
      await this.alarms.raise('directory-altered', JURISDICTION, `line ${at} ${lines[at] ?? ''}`);
      return;
    }
    if (lines.length === known.length) return;
    const entries = await readDirectory(JURISDICTION, ROOTS[JURISDICTION], lines);
    await this.db.transaction(async (tx) => {
      for (const entry of entries.slice(known.length)) await publish(tx, entry, lines[entry.index] ?? '');
    });
  }
}

const LOOK_MS = 1_000;

async function publish(tx: EntityManager, { index, owner, use, kid }: DirectoryEntry, line: string): Promise<void> {
  await tx.query('insert into directory_line (index, line) values ($1, $2)', [index, line]);
  const at = new Date();
  const salt = randomName();
  const record = { type: 'key.entered', at: at.toISOString(), index, owner, use, kid, line: digestOf(line) } as const;
  const commitment = commitmentTo(salt, record);
  await tx.query(
    `insert into evidence_record (id, type, record, salt, commitment, recorded_at)
     values (gen_random_uuid(), $1, $2, $3, $4, $5)`,
    [record.type, JSON.stringify(record), salt, commitment, at],
  );
  await enqueue(tx, [commitment]);
}

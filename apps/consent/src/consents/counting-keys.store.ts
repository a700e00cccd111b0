import { Inject, Injectable } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';

/** Whom to name: a person, for one holder in one year (Asia/Shanghai). */
export type Counted = Readonly<{ subjectId: string; holder: string; year: number }>;

/**
 * The names under which persons are counted. Each holder's year has a key of its own, made when it is first needed and
 * kept for the whole year: no other key that is exchanged meanwhile, `KEK` among them, lets a person be counted twice.
 * Keys are destroyed when the year after theirs is over; then nobody can tell any more whose a name was.
 */
@Injectable()
export class CountingKeys {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The same name for all her consents with the holder that year, another one elsewhere and next year. */
  async nameOf({ subjectId, holder, year }: Counted): Promise<string> {
    const key = (await this.find(holder, year)) ?? (await this.make(holder, year));
    return createHmac('sha256', Buffer.from(key, 'base64url')).update(subjectId).digest('base64url');
  }

  private async find(holder: string, year: number): Promise<string | undefined> {
    const sql = 'select key from counting_key where holder = $1 and year = $2';
    const [row] = await this.db.query<{ key: string }[]>(sql, [holder, year]);
    return row?.key;
  }

  /** Of two that make one at a time, the first one's stays. */
  private async make(holder: string, year: number): Promise<string> {
    await this.db.query('delete from counting_key where year < $1 - 1', [year]);
    const sql = `insert into counting_key (holder, year, key) values ($1, $2, $3)
      on conflict (holder, year) do update set key = counting_key.key returning key`;
    const [row] = await this.db.query<{ key: string }[]>(sql, [holder, year, randomBytes(32).toString('base64url')]);
    if (!row) throw new RangeError('a counting key was neither made nor found');
    return row.key;
  }
}

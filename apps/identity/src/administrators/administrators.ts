import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import { DataSource } from 'typeorm';
import { readAdministrators, type Administrator, type IdentityConfig } from '../config.js';
import { UpstreamAccountEntity } from '../residents/resident.entity.js';

/** Whoever steers other people's consents has signed in as surely as they have. */
const LEVEL = 3;

/** Who may administer what, by the city account that a settings file names. Read at each start. */
@Injectable()
export class Administrators {
  private readonly listed: readonly Administrator[];

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) config: IdentityConfig,
  ) {
    this.listed = config.ADMINISTRATORS_FILE === undefined ? [] : readAdministrators(config.ADMINISTRATORS_FILE);
  }

  /** The roles of a resident who is signed in at a level; of most people, and at a low level, none. */
  async rolesOf(residentId: string, level: number): Promise<Role[]> {
    if (this.listed.length === 0 || level < LEVEL) return [];
    const accounts = await this.db.manager.findBy(UpstreamAccountEntity, { residentId });
    const mine = this.listed.filter(({ issuer, sub }) => accounts.some((a) => a.issuer === issuer && a.sub === sub));
    return [...new Set(mine.flatMap(({ roles }) => roles))].sort();
  }
}

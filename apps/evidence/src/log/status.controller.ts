import { Controller, Get, Inject } from '@nestjs/common';
import { logOrigin, witnessName } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { Access, Answers } from '@bayway/service';
import { z } from 'zod';
import { AlarmKind, AlarmsService } from '../alarms/alarms.service.js';
import { Feeder } from '../feeding/feeder.service.js';
import { FollowedStore } from '../monitor/followed.store.js';
import { Follower } from '../monitor/follower.service.js';
import { CheckpointsService } from './checkpoints.service.js';
import { LogKeys } from './log-keys.js';

const At = z.iso.datetime().nullable();

const StatusView = z.object({
  origin: z.string(),
  size: z.int(),
  signedAt: At,
  /** How far the other two have signed this log, and whether they still do. */
  witnesses: z.array(
    z.object({ name: z.string(), size: z.int().nullable(), at: At, state: z.enum(['current', 'behind', 'stalled']) }),
  ),
  /** How the other two logs look from here. */
  logs: z.array(
    z.object({ origin: z.string(), size: z.int().nullable(), at: At, state: z.enum(['in-order', 'silent', 'broken']) }),
  ),
  /** Alarms ever raised, by kind; `GET /alarms` has the latest. */
  alarms: z.partialRecord(AlarmKind, z.int()),
});
type StatusView = z.infer<typeof StatusView>;

/** How the log, its witnesses and the other logs stand, for the landing page, the consoles and regulators. */
@Controller('status')
export class StatusController {
  @Inject(CheckpointsService) private readonly checkpoints!: CheckpointsService;
  @Inject(LogKeys) private readonly keys!: LogKeys;
  @Inject(Feeder) private readonly feeder!: Feeder;
  @Inject(Follower) private readonly follower!: Follower;
  @Inject(FollowedStore) private readonly followed!: FollowedStore;
  @Inject(AlarmsService) private readonly alarms!: AlarmsService;

  @Get()
  @Access('public')
  @Answers(StatusView)
  async status(): Promise<StatusView> {
    const [latest, witnesses, logs, alarms] = await Promise.all([
      this.checkpoints.latest(),
      Promise.all(this.keys.peers.map((peer) => this.witness(peer))),
      Promise.all(this.follower.states().map((found) => this.log(found))),
      this.alarms.counts(),
    ]);
    const origin = logOrigin(this.keys.mine);
    const signedAt = latest?.signedAt.toISOString() ?? null;
    return { origin, size: latest?.size ?? 0, signedAt, witnesses, logs, alarms };
  }

  private async witness(peer: Jurisdiction): Promise<StatusView['witnesses'][number]> {
    const name = witnessName(peer);
    const checkpoint = await this.checkpoints.cosignedBy(name);
    const at = checkpoint?.cosignatures.find(({ witness }) => witness === name)?.at;
    return { name, size: checkpoint?.size ?? null, at: at?.toISOString() ?? null, state: this.feeder.stateOf(peer) };
  }

  private async log({ log, state, at }: ReturnType<Follower['states']>[number]): Promise<StatusView['logs'][number]> {
    const origin = logOrigin(log);
    const last = await this.followed.last(origin);
    return { origin, size: last?.size ?? null, at: last ? at.toISOString() : null, state };
  }
}

import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { openCheckpoint, TransparencyError, tilePath, type TreeHead, verifyGrowth } from '@bayway/transparency';
import { CommandError, EXIT } from '../command.js';
import { Difference } from './difference.js';
import { fetchBytes, fetchText } from './http.js';
import type { FollowOptions } from './options.js';
import { heldBy } from './published-log.js';
import { checkNotRevoked, type Directories, trustIn } from './trust.js';

type Seen = Readonly<{ by: string; head: TreeHead; note: string }>;

/** One log as a follower sees it: what it showed last, and since when something has been missing. */
export class FollowedLog {
  /** When it was last seen in order, with all its witnesses up to date. */
  goodAt = Date.now();
  private last: Seen | undefined;

  constructor(
    readonly jurisdiction: Jurisdiction,
    /** The newest checkpoint seen, also in an earlier run. */
    public note: string | undefined,
  ) {}

  /**
   * Looks once, and answers what is new in words.
   *
   * @throws Difference for a split view or a rollback, TransparencyError for a signature that does not hold, CommandError
   *   (`unreachable`) when somebody is silent or a witness is behind
   */
  async look(options: FollowOptions, directories: Directories): Promise<string | undefined> {
    const before = await this.seenBefore(directories);
    // Before the checkpoint, which must contain what they signed.
    const witnessed = await this.witnessed(options, directories);
    const newest = await this.newest(options, directories);
    for (const seen of [before, ...witnessed]) if (seen) await this.contains(newest, seen, options);
    this.last = newest;
    this.note = newest.note;
    const behind = witnessed.filter(({ head }) => head.size < (before?.head.size ?? 0)).map(({ by }) => by);
    if (behind.length > 0 || witnessed.length < 2)
      throw new CommandError(`not signed by ${behind.join(' and ') || 'both witnesses'}`, EXIT.unreachable);
    this.goodAt = Date.now();
    if (before?.head.size === newest.head.size) return undefined;
    const since = before ? `continues ${before.head.size}` : 'first seen';
    return `${newest.head.size} entries, ${since}; the witnesses hold ${witnessed.map(({ head }) => head.size).join(' and ')}`;
  }

  /** What this run, or an earlier one, saw last. */
  private async seenBefore(directories: Directories): Promise<Seen | undefined> {
    if (this.last || this.note === undefined) return this.last;
    const { checkpoint } = await openCheckpoint(this.note, trustIn(directories, this.jurisdiction));
    return { by: 'this follower', head: checkpoint, note: this.note };
  }

  private async newest({ urls }: FollowOptions, directories: Directories): Promise<Seen> {
    const note = await fetchText(`${urls[this.jurisdiction]}/checkpoint`);
    if (note === undefined) throw new Difference('the log shows no checkpoint');
    const { checkpoint } = await openCheckpoint(note, trustIn(directories, this.jurisdiction));
    await checkNotRevoked(note, directories, this.jurisdiction);
    return { by: logOrigin(this.jurisdiction), head: checkpoint, note };
  }

  /** What the two witnesses say they signed last; one that has signed nothing yet is left out. */
  private async witnessed({ urls }: FollowOptions, directories: Directories): Promise<Seen[]> {
    const log = this.jurisdiction;
    const ask = async (witness: Jurisdiction): Promise<Seen[]> => {
      const held = await heldBy(witness, { log, base: urls[witness] }, directories);
      return held.map(({ size, root, note }) => ({
        by: witnessName(witness),
        head: { origin: logOrigin(log), size, root },
        note,
      }));
    };
    return (await Promise.all(JURISDICTIONS.filter((j) => j !== log).map(ask))).flat();
  }

  /** The newest tree must contain one that was signed before. */
  private async contains(newest: Seen, seen: Seen, { urls }: FollowOptions): Promise<void> {
    const proof = `signed by ${seen.by}:\n${seen.note}\nshown now:\n${newest.note}`;
    if (seen.head.size > newest.head.size)
      throw new Difference(`rollback: the log has fewer entries than were ${proof}`);
    try {
      await verifyGrowth(seen.head, newest.head, (tile) => fetchBytes(`${urls[this.jurisdiction]}/${tilePath(tile)}`));
    } catch (error) {
      if (!(error instanceof TransparencyError) || error.code !== 'proof-invalid') throw error;
      throw new Difference(`split view: the log does not contain the tree ${proof}`);
    }
  }
}

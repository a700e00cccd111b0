import { Inject, Injectable } from '@nestjs/common';
import {
  formatCosignatures,
  formatNote,
  isRefusal,
  judgeCheckpoint,
  type NoteSignature,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  receiveCheckpoint,
  type Refusal,
  type SubmittedCheckpoint,
  TransparencyError,
} from '@bayway/transparency';
import { AlarmsService } from '../alarms/alarms.service.js';
import { LogKeys } from '../log/log-keys.js';
import { WitnessStore } from './witness.store.js';

/** Witness of the other two logs (C2SP tlog-witness): signs what continues what it signed before, and nothing else. */
@Injectable()
export class WitnessService {
  constructor(
    @Inject(WitnessStore) private readonly store: WitnessStore,
    @Inject(LogKeys) private readonly keys: LogKeys,
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
  ) {}

  /** Answers an `add-checkpoint` request: cosignature lines, or the refusal. */
  async addCheckpoint(body: Uint8Array): Promise<string | Refusal> {
    const known = await this.keys.logWithOrigin(originIn(body));
    const submitted = await receiveCheckpoint(body, () => known);
    if (isRefusal(submitted)) return submitted;
    const answer = await this.cosign(submitted);
    if (typeof answer !== 'string' && answer.status === 422) await this.alarmIfForked(submitted);
    return answer;
  }

  /** Judges, signs and remembers under one lock; the lines leave only after the commit. */
  private cosign(submitted: SubmittedCheckpoint): Promise<string | Refusal> {
    const { checkpoint, text } = submitted;
    return this.store.alone(checkpoint.origin, async (tx) => {
      const refusal = judgeCheckpoint(submitted, await this.store.last(checkpoint.origin, tx));
      if (refusal) return refusal;
      const signatures: NoteSignature[] = [await (await this.keys.witness()).sign(text)];
      const note = formatNote({ text, signatures });
      await this.store.remember(tx, checkpoint.origin, { size: checkpoint.size, root: checkpoint.root, note });
      return formatCosignatures(signatures);
    });
  }

  /** Same size and another root, both signed by the log, is proof of a fork; a bad proof alone proves nothing. */
  private async alarmIfForked({ checkpoint, text }: SubmittedCheckpoint): Promise<void> {
    const last = await this.store.last(checkpoint.origin);
    const isFork = last?.size === checkpoint.size && !Buffer.from(last.root).equals(checkpoint.root);
    if (isFork) await this.alarms.raise('log-forked', checkpoint.origin, `${last.note}\n${text}`);
  }
}

/** Origin that a request claims; nothing when it has no form. Only used to find the keys that then verify it. */
function originIn(body: Uint8Array): string {
  try {
    return parseCheckpoint(parseNote(parseAddCheckpoint(body).checkpoint).text).origin;
  } catch (error) {
    if (error instanceof TransparencyError) return '';
    throw error;
  }
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { WORKSPACE } from '@bayway/infra';
import type { System } from '../../src/system.js';
import { Visitor } from '../../src/visitor.js';
import { KA_HOU, obtain, outcomeOf } from '../../src/walk.js';

/** Keys of both sides that one exchange needs: each owner with its uses. */
const ROTATED: readonly (readonly [owner: string, use: string])[] = [
  ['hk/identity', 'client'],
  ['hk/identity', 'oidc'],
  ['hk/broker', 'sig'],
  ['cn/identity', 'sig'],
  ['cn/identity', 'oidc'],
  ['cn/consent', 'sig'],
  ['cn/broker', 'sig'],
  ['cn/connector/pengwan-credit', 'enc'],
];

/** What the guide promises for a revocation. */
const RELOAD_MS = 10_000;
const run = promisify(execFile);

/** `bayway keys …` on the keys of the running system, with the secrets of an owner in its environment. */
async function keys({ home }: System, owner: string, args: readonly string[]): Promise<string> {
  const dir = join(home, 'keys', owner.slice(0, 2));
  const command = [join(WORKSPACE, 'tools/with-local-keys.mjs'), owner, process.execPath];
  const env = { ...process.env, NODE_OPTIONS: '', BAYWAY_HOME: home };
  const all = [...command, join(WORKSPACE, 'tools/bayway.mjs'), 'keys', ...args, '--dir', dir];
  return (await run(process.execPath, all, { env })).stdout;
}

/** Nothing is restarted: the main job goes on while the keys of both sides change, and after the old ones are revoked. */
export function keyRotation(system: () => System): void {
  it('refuses nobody while both sides rotate, nor once the old keys are revoked', async () => {
    const old: (readonly [owner: string, kid: string])[] = [];
    for (const [owner, use] of ROTATED) {
      const output = await keys(system(), owner, ['rotate', owner, use, '--ahead', '15s', '--overlap', '1h']);
      old.push([owner, /^old +(\S+)/m.exec(output)?.[1] ?? '']);
    }
    const outcomes: string[] = [];
    for (const end = Date.now() + 25_000; Date.now() < end;)
      outcomes.push(outcomeOf(await obtain(new Visitor(), system().bank, KA_HOU)));
    for (const [owner, kid] of old) await keys(system(), owner, ['revoke', kid, '--reason', 'superseded']);
    await sleep(RELOAD_MS);
    outcomes.push(outcomeOf(await obtain(new Visitor(), system().bank, KA_HOU)));
    expect(outcomes).toEqual(outcomes.map(() => 'report'));
    const listed = await Promise.all(['hk/broker', 'cn/broker'].map((owner) => keys(system(), owner, ['list'])));
    expect(listed.join('').match(/^revoked/gm)).toHaveLength(ROTATED.length);
  }, 240_000);
}

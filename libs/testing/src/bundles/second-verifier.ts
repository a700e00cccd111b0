import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pins } from '@bayway/bundle';
import { findPython } from '../python.js';

const SCRIPT = fileURLToPath(new URL('../../../../tools/verify.py', import.meta.url));

/** Runs `tools/verify.py` once, to its end; answers its output. */
export async function runVerifyPy(args: readonly string[]): Promise<{ code: number; out: string }> {
  const child = spawn(await findPython(), [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ code: code ?? 1, out })),
  );
}

/** `tools/verify.py --batch`: one process for all the bundles of a spec. */
export class SecondVerifier {
  private readonly waiting: ((verdict: string) => void)[] = [];
  private readonly ended: Promise<unknown>;
  private said = '';

  static async start(): Promise<SecondVerifier> {
    return new SecondVerifier(spawn(await findPython(), [SCRIPT, '--batch'], { stdio: 'pipe' }));
  }

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    createInterface(child.stdout).on('line', (verdict) => this.waiting.shift()?.(verdict));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  /** Its verdicts on these bytes, in their order. */
  verdicts(all: readonly Uint8Array[], pins: Pins): Promise<string[]> {
    const ended = this.ended.then(() => {
      throw new Error(`tools/verify.py ended: ${this.said.slice(-500)}`);
    });
    ended.catch(() => undefined);
    return Promise.race([this.answers(all, pins), ended]);
  }

  private async answers(all: readonly Uint8Array[], pins: Pins): Promise<string[]> {
    const roots = Buffer.from(JSON.stringify(pins)).toString('base64');
    const asked: Promise<string>[] = [];
    for (const bytes of all) {
      asked.push(new Promise((resolve) => this.waiting.push(resolve)));
      const isTaken = this.child.stdin.write(`${roots} ${Buffer.from(bytes).toString('base64')}\n`);
      if (!isTaken) await new Promise((next) => this.child.stdin.once('drain', next));
    }
    return Promise.all(asked);
  }

  async end(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }
}

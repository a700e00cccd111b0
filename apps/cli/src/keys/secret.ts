import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError, EXIT, type Terminal } from '../command.js';

const MAX_LENGTH = 1_000;

/**
 * A secret from the environment, or asked for at a terminal, where it does not show. Never an argument: other users of a
 * machine can read those.
 * @throws CommandError when it is neither set nor can be asked for
 */
export async function secretFrom(terminal: Terminal, variable: string, what: string): Promise<string> {
  const set = terminal.env?.[variable];
  const secret = set === undefined || set === '' ? await ask(terminal, variable, what) : set;
  if (secret === '' || secret.length > MAX_LENGTH) throw new CommandError(`${what}: none was given`, EXIT.usage);
  return secret;
}

async function ask({ stdin, stderr }: Terminal, variable: string, what: string): Promise<string> {
  if (!(stdin as NodeJS.ReadStream).isTTY)
    throw new CommandError(`set ${variable} (${what}), or run this at a terminal`, EXIT.usage);
  stderr.write(`${what}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true, historySize: 0 });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve).once('close', () => resolve(''));
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}

import { KeyOwner, KeyUse } from '@bayway/envelope';
import { CommandError, EXIT, type Command } from '../command.js';
import { held, KEK, openCeremony } from './ceremony.js';
import { durationOf, optionsOf } from './options.js';
import { secretFrom } from './secret.js';

const USAGE = 'rotate OWNER USE [--ahead 1m] [--overlap 24h] [--dir FOLDER]';

/** A log, and a witness, is known by its key to everybody who keeps its checkpoints: another key is another log. */
const NOT_ROTATED = ['log', 'witness', 'root'];

/**
 * `bayway keys rotate OWNER USE`: a new key, published now and used from `--ahead` on; the old one is believed until
 * `--overlap` after that.
 */
export const rotateKey: Command = async (args, terminal) => {
  const { words, flags } = optionsOf(args, ['ahead', 'overlap', 'dir'], { count: 2, usage: USAGE });
  const [owner, use] = [KeyOwner.safeParse(words[0]), KeyUse.safeParse(words[1])];
  if (!owner.success) throw new CommandError('an owner is written as in `hk/broker`', EXIT.usage);
  if (!use.success) throw new CommandError(`a use is one of ${KeyUse.options.join(', ')}`, EXIT.usage);
  if (NOT_ROTATED.includes(use.data)) throw new CommandError(`a \`${use.data}\` key is not rotated`, EXIT.usage);
  const aheadMs = durationOf('ahead', flags.ahead ?? '1m');
  const overlapMs = durationOf('overlap', flags.overlap ?? '24h');
  const ceremony = await openCeremony(flags.dir ?? '.', terminal);
  if (!owner.data.startsWith(`${ceremony.jurisdiction}/`))
    throw new CommandError(`this is the key folder of \`${ceremony.jurisdiction}\``, EXIT.usage);
  const kek = await secretFrom(terminal, KEK, `key-encryption key of \`${owner.data}\``);
  if (!/^[A-Za-z0-9_-]{43}$/.test(kek)) throw new CommandError(`${KEK} is not 256 bits of base64url`, EXIT.usage);
  const made = await held(ceremony.rotate(owner.data, use.data, { kek, aheadMs, overlapMs }));
  const { stdout } = terminal;
  stdout.write(`new    ${made.kid}  from ${made.from.toISOString()}\n`);
  for (const kid of made.ending) stdout.write(`old    ${kid}  to   ${made.to.toISOString()}\n`);
  stdout.write(`sealed ${made.file}\n`);
  return EXIT.done;
};

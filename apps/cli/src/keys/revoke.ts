import { RevocationReason } from '@bayway/envelope';
import { CommandError, EXIT, type Command } from '../command.js';
import { held, openCeremony } from './ceremony.js';
import { directoryIn } from './directory.js';
import { optionsOf } from './options.js';

const USAGE = 'revoke KID --reason REASON [--dir FOLDER]';

/** `bayway keys revoke KID`: ends a key at once. Says so when its owner has no other for the same use. */
export const revokeKey: Command = async (args, terminal) => {
  const { words, flags } = optionsOf(args, ['reason', 'dir'], { count: 1, usage: USAGE });
  const reason = RevocationReason.safeParse(flags.reason);
  if (!reason.success) throw new CommandError(`--reason is one of ${RevocationReason.options.join(', ')}`, EXIT.usage);
  const folder = flags.dir ?? '.';
  const ceremony = await openCeremony(folder, terminal);
  const { kid, owner, use, revokedAt } = await held(ceremony.revoke(words[0] ?? '', reason.data));
  terminal.stdout.write(`revoked ${kid}  ${owner} ${use}  ${revokedAt}\n`);
  const { directory } = await directoryIn(folder);
  if (directory.keysOf(owner, use, new Date()).length === 0)
    terminal.stderr.write(`bayway keys: \`${owner}\` has no valid \`${use}\` key now; rotate it with --ahead 0s\n`);
  return EXIT.done;
};

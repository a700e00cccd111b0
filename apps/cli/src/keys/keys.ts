import { CommandError, EXIT, type Command } from '../command.js';
import { listKeys } from './list.js';
import { revokeKey } from './revoke.js';
import { rotateKey } from './rotate.js';
import { verifyKeys } from './verify.js';

const ACTIONS: Readonly<Record<string, Command>> = {
  list: listKeys,
  rotate: rotateKey,
  revoke: revokeKey,
  verify: verifyKeys,
};

/** `bayway keys list|rotate|revoke|verify`: the keys of one jurisdiction, offline, on the files of its key folder. */
export const keysCommand: Command = async ([name, ...args], terminal) => {
  const action = name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) throw new CommandError('say `list`, `rotate`, `revoke` or `verify`', EXIT.usage);
  return action(args, terminal);
};

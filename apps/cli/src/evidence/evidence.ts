import { CommandError, EXIT, type Command } from '../command.js';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  fsck: async () => (await import('./fsck.js')).fsckCommand,
};

/** `bayway evidence fsck …` */
export const evidenceCommand: Command = async ([name = '', ...args], terminal) => {
  if (!Object.hasOwn(COMMANDS, name)) throw new CommandError('say which: evidence fsck', EXIT.usage);
  const command = await COMMANDS[name]?.();
  return command ? command(args, terminal) : EXIT.usage;
};

import { CommandError, EXIT, type Command } from '../command.js';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  fsck: async () => (await import('./fsck.js')).fsckCommand,
  follow: async () => (await import('./follow.js')).followCommand,
};

/** `bayway evidence fsck …`, `bayway evidence follow …` */
export const evidenceCommand: Command = async ([name = '', ...args], terminal) => {
  if (!Object.hasOwn(COMMANDS, name)) throw new CommandError('say which: evidence fsck, evidence follow', EXIT.usage);
  const command = await COMMANDS[name]?.();
  return command ? command(args, terminal) : EXIT.usage;
};

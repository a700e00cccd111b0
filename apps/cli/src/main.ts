#!/usr/bin/env node
import { CommandError, EXIT, type Command, type Terminal } from './command.js';

/** A command, loaded when it is asked for. */
type Entry = Readonly<{ usage: string; does: string; load: () => Promise<Command> }>;

const COMMANDS: Readonly<Record<string, Entry>> = {
  decide: {
    usage: 'decide FILE|-',
    does: 'decides facts documents, one JSON a line, to one decision a line',
    load: async () => (await import('./decide.js')).decideCommand,
  },
  verify: {
    usage: 'verify BUNDLE|RECEIPT [--roots FILE]',
    does: 'verifies an evidence bundle or a consent receipt offline against the pinned roots',
    load: async () => (await import('./verify.js')).verifyCommand,
  },
  bundle: {
    usage: 'bundle PARTS --evidence URLS --out BUNDLE [--roots FILE]',
    does: 'makes the evidence bundle of an exchange of what both sides keep of it',
    load: async () => (await import('./bundle.js')).bundleCommand,
  },
  keys: {
    usage: 'keys list|rotate|revoke|verify',
    does: 'shows, changes and verifies the keys of one jurisdiction',
    load: async () => (await import('./keys/keys.js')).keysCommand,
  },
  peers: {
    usage: 'peers show|cut|trust',
    does: 'says which other jurisdictions an identity service believes; `cut` is for emergencies',
    load: async () => (await import('./peers/peers.js')).peersCommand,
  },
  replay: {
    usage: 'replay FILE|-',
    does: 'decides recorded assessments again: do they come out as they were signed, and would they today',
    load: async () => (await import('./replay.js')).replayCommand,
  },
  evidence: {
    usage: 'evidence fsck|follow',
    does: 'derives logs again and names the first difference',
    load: async () => (await import('./evidence/evidence.js')).evidenceCommand,
  },
  rules: {
    usage: 'rules [--language L] [--coverage FILE|-]',
    does: 'lists the rules, or counts which of them facts documents meet, one rule a line',
    load: async () => (await import('./rules.js')).rulesCommand,
  },
};

function usage(): string {
  const width = Math.max(...Object.values(COMMANDS).map((entry) => entry.usage.length));
  const lines = Object.values(COMMANDS).map((entry) => `  bayway ${entry.usage.padEnd(width)}  ${entry.does}`);
  return ['usage:', ...lines, ''].join('\n');
}

/** Without a command, or with one we do not have: how to ask. */
function help(name: string | undefined, { stdout, stderr }: Terminal): number {
  if (name === 'help' || name === '--help') {
    stdout.write(usage());
    return EXIT.done;
  }
  stderr.write(name === undefined ? usage() : `bayway: no command \`${name}\`\n${usage()}`);
  return EXIT.usage;
}

async function run([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const entry = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) return help(name, terminal);
  try {
    const command = await entry.load();
    return await command(args, terminal);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    terminal.stderr.write(`bayway ${name}: ${error.message}\n`);
    return error.exitCode;
  }
}

// A reader that has seen enough (`| head`) closes the pipe: that is no fault of the command.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});
process.exitCode = await run(process.argv.slice(2), process);

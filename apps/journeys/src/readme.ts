import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WORKSPACE } from '@bayway/infra';

/** What the README's "Try this" names: addresses, words to follow, people and their PIN. */
export type TryThis = Readonly<{
  /** The five lines, without their numbers. */
  steps: readonly string[];
  /** Who else may sign in, and what the README says of each. */
  others: readonly Readonly<{ login: string; says: string }>[];
  /** What else may be asked for. */
  wish: string;
}>;

const PART = /\n## Try this\n([\s\S]*?)\n## /;

/** Reads it; a README of another shape fails the journey. */
export async function readTryThis(): Promise<TryThis> {
  const readme = await readFile(join(WORKSPACE, 'README.md'), 'utf8');
  const part = PART.exec(readme)?.[1] ?? '';
  const steps = [...part.matchAll(/^\d\. (.+)$/gm)].map(([, step = '']) => step);
  const line = /^Others to sign in as: (.+)$/m.exec(part)?.[1] ?? '';
  const others = [...line.matchAll(/`([^`]+)` \(([^)]+)\)/g)].map(([, login = '', says = '']) => ({ login, says }));
  const wish = /^Ask for _([^_]+)_/m.exec(part)?.[1] ?? '';
  if (steps.length !== 5 || others.length !== 3 || wish === '') throw new Error('the README’s “Try this” has changed');
  return { steps, others, wish };
}

/** What stands between backticks, in a line. */
export const quoted = (line = ''): string[] => [...line.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** What is emphasised, in a line. */
export const emphasised = (line = ''): string[] => [...line.matchAll(/_([^_]+)_/g)].map(([, text = '']) => text);

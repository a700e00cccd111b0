/** One run: everything that the figures are made from, in one go, so that a figure and its floor meet the same machine. */
import { rm } from 'node:fs/promises';
import { freeBase, temporaryHome, topology } from '@bayway/infra';
import { bareExchanges, startBare } from './bare.mjs';
import { searches } from './search.mjs';
import { exchanges, idleMemory, start } from './system.mjs';

const BARE_SECONDS = 4;

/** @param wish `base` first port or undefined; `seconds` per load; `consents` to search in; `say` hears of progress */
export async function observe({ base, seconds, consents, say }) {
  const home = await temporaryHome('bayway-bench-');
  const ended = [];
  const options = { home, base: base ?? (await freeBase()), onEnd: (end) => ended.push(`${end.name} ${end.how}`) };
  try {
    const system = await observeSystem(options, { seconds, consents, say });
    if (ended.length > 0) throw new Error(`programs ended that nobody had ended: ${ended.join(', ')}`);
    return { system, bare: await observeBare(options, { system, say }) };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function observeSystem(options, { seconds, consents, say }) {
  say('first start …');
  const first = await start(options);
  await first.bay.stop();
  say('second start …');
  const second = await start(options);
  try {
    say('idle …');
    const memory = await idleMemory(second.bay);
    const load = await exchanges(second.bay, { seconds, say });
    const search = await searches(second.bay.postgres.main.adminUrl, { consents, say });
    return { starts: [first.seconds, second.seconds], memory, ...load, search };
  } finally {
    await second.bay.stop();
  }
}

async function observeBare({ home, base }, { system, say }) {
  const { main, outside } = topology(base).postgres;
  const programs = topology(base).instances.length + 1;
  const places = { home, ports: [main, outside], programs };
  say('the same without Bayway …');
  const first = await startBare(places);
  await first.stop();
  const second = await startBare(places);
  try {
    const memory = second.memory();
    second.endPrograms();
    const load = await bareExchanges(second, system, BARE_SECONDS);
    return { starts: [first.seconds, second.seconds], memory, ...load };
  } finally {
    await second.stop();
  }
}

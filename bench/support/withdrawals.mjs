/** Withdrawals in the whole system: a record is staged, she withdraws in her portal, and both sides keep asking for it. */
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { readChunk } from '@bayway/contracts';
import { busPassword, freeBase, localSecrets, temporaryHome, userName } from '@bayway/infra';
import { Bus } from '@bayway/service';
import { Visitor } from '../../apps/journeys/dist/visitor.js';
import { MEI_YEE, openPortal } from '../../apps/journeys/dist/walk.js';
import { partnerOf } from './partner.mjs';
import { start } from './system.mjs';

const HOLDER = 'pengwan-credit';
const FEWEST = 20;
const MOST_FAILED = 10;
/** A problem that the connector names, or that the recipient is answered with; what broke on the way is none. */
const REFUSED = /^(data-request-ended|consent-[a-z-]+)$|: 4\d\d /;
/** Between an answer and the next question. */
const PAUSE_MS = 5;

/** The bus of the Mainland as its broker uses it: the only one whom connectors answer. */
async function brokersBus({ home, topology }) {
  const broker = topology.instances.find((one) => one.jurisdiction === 'cn' && one.service === 'broker');
  const password = busPassword(await localSecrets(home), broker);
  return Bus.connect({ url: `nats://127.0.0.1:${topology.nats.cn.port}`, user: userName(broker), password });
}

/** Asks again and again until it is refused. @returns when that was */
async function untilRefused(ask) {
  for (;;) {
    try {
      await ask();
    } catch (error) {
      if (REFUSED.test(error.code ?? error.message)) return performance.now();
    }
    await sleep(PAUSE_MS);
  }
}

/** One consent, one staged record, one withdrawal. @returns milliseconds until both sides were refused, and a later permit */
async function one(bay, bus) {
  const { consentId, request, record } = await partnerOf(bay, 3);
  const staged = await request();
  // The redirect that follows her click is the confirmation.
  let [isClicked, confirmed] = [false, 0];
  const her = new Visitor((url) => {
    if (isClicked) confirmed ||= performance.now();
    isClicked ||= url.endsWith('/withdrawal');
  });
  const portal = bay.topology.urlsOf('console').cn;
  await openPortal(her, portal, MEI_YEE);
  const page = await her.open(`${portal}/consents/${consentId}?withdraw=open`);
  const refusals = [
    untilRefused(() => bus.ask(readChunk, { dataRequestId: staged.id, index: 0 }, { address: HOLDER })),
    untilRefused(() => record(staged)),
  ];
  await sleep(20 * PAUSE_MS);
  const after = await her.submit(page.form(/withdrawal/));
  if (!after.has('withdrawn') || confirmed === 0) throw new Error(`the withdrawal ended at ${after.url}`);
  const [within, across] = (await Promise.all(refusals)).map((at) => Math.max(0, at - confirmed));
  const late = await request().then(
    () => 1,
    () => 0,
  );
  return { within, across, late };
}

const summary = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99) };
};

/** @returns milliseconds from confirmation to refusal, and how many permits came after a confirmation */
export async function withdrawals({ seconds, say }) {
  const home = await temporaryHome('bayway-withdrawals-');
  try {
    const { bay } = await start({ home, base: await freeBase(), onEnd: ({ name }) => say(`${name} ended`) });
    const bus = await brokersBus(bay);
    try {
      const found = [];
      let failed = 0;
      const until = performance.now() + seconds * 4_000;
      while (found.length < FEWEST || performance.now() < until) {
        // What does not come as far as a withdrawal says nothing about one.
        const measured = await one(bay, bus).catch((error) => {
          if ((failed += 1) > MOST_FAILED) throw error;
          say(`not counted: ${error.error ?? error.message}`);
        });
        if (measured) found.push(measured);
        if (measured && found.length % 5 === 0) say(`withdrawals: ${found.length} …`);
      }
      const late = found.reduce((sum, one) => sum + one.late, 0);
      const [within, across] = ['within', 'across'].map((way) => summary(found.map((one) => one[way])));
      return { count: found.length, late, within, across };
    } finally {
      await bus.close();
      await bay.stop();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

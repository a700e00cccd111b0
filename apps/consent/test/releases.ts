import { issuePermit, recordReleased, releaseReceipted } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import type { z } from 'zod';
import { newPermitRequest } from './factories.js';
import type { Resident, World } from './world.js';

export type Asked = z.input<typeof issuePermit.request>;
export type Given = Awaited<ReturnType<Resident['consent']>>;

/** A connector's request for leave under a consent. */
export const requestFor = ({ consentId, subjectHandle }: Given, over: Record<string, unknown> = {}): Asked =>
  newPermitRequest({ consentId, subjectHandle, ...over }) as never;

/** What connector and broker do about one release, as consent hears of it. */
export const releasesIn = (world: () => World) => ({
  permit: async (asked: Asked) => (await world().bus.ask(issuePermit, asked)).permit,
  release: (asked: Asked, jws: string, over: Record<string, unknown> = {}) =>
    world().tell(recordReleased, {
      dataRequestId: asked.dataRequestId,
      consentId: asked.consentId,
      holder: asked.holder,
      release: {
        ciphertextDigest: digestOf('ciphertext'),
        size: 10,
        chunks: 1,
        permit: jws,
        commitment: digestOf('commitment'),
        availableUntil: new Date(Date.now() + 900_000).toISOString(),
      },
      at: new Date().toISOString(),
      ...over,
    }),
  receive: (asked: Asked) =>
    world().tell(releaseReceipted, {
      dataRequestId: asked.dataRequestId,
      consentId: asked.consentId,
      holder: asked.holder,
      receipt: 'a.b.c',
      at: new Date().toISOString(),
    }),
});

import { Instant, Jurisdiction, ParticipantId } from '@bayway/domain';
import { z } from 'zod';
import { defineRequest } from './define.js';

/** Facts of one service that one receiver has not confirmed yet: how many, how many of them were set aside, since when. */
export const OutboxWay = z.object({
  /** A service, `connector.<holder>`, or `peer:<jurisdiction>`. */
  to: z.string().max(100),
  waiting: z.int(),
  setAside: z.int(),
  oldestAt: Instant.nullable(),
});
export type OutboxWay = z.infer<typeof OutboxWay>;

/** How a service stands with those it tells facts to. Receivers that have confirmed everything are not named. */
export const Standing = z.object({ at: Instant, ways: z.array(OutboxWay).max(200) });
export type Standing = z.infer<typeof Standing>;

/** The broker asks a holder's connector whether it is there. */
export const connectorStanding = defineRequest(
  'connector.standing.v1',
  { from: ['broker'], to: ['connector'] },
  { request: z.strictObject({}), answer: Standing },
);

const answered = { state: z.enum(['up', 'down']), tookMs: z.int().nullable() };

/** `GET /operations/links`: whether the other brokers and the holders' connectors answer now. */
export const LinksView = z.object({
  at: Instant,
  peers: z.array(z.object({ side: Jurisdiction, ...answered })).max(2),
  holders: z.array(z.object({ holder: ParticipantId, ...answered, ways: z.array(OutboxWay).max(200) })).max(1_000),
});
export type LinksView = z.infer<typeof LinksView>;

/** One service as a console hears it. */
export const ServiceHealth = z.object({
  service: z.enum(['identity', 'consent', 'broker', 'evidence', 'console']),
  state: z.enum(['ready', 'not-ready', 'silent']),
  /** Null: it did not say. */
  database: z.boolean().nullable(),
  bus: z.boolean().nullable(),
  tookMs: z.int().nullable(),
  /** When it answered last; null: not since this console began to ask. */
  answeredAt: Instant.nullable(),
  /** Null: it did not say. */
  ways: z.array(OutboxWay).max(200).nullable(),
});
export type ServiceHealth = z.infer<typeof ServiceHealth>;

/** What a console says of the services of its jurisdiction. */
export const HealthView = z.object({ at: Instant, services: z.array(ServiceHealth).max(10) });
export type HealthView = z.infer<typeof HealthView>;

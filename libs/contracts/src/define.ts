import type { z } from 'zod';

/** Who may speak on the bus: one user of nats-server per service. */
export const SERVICES = ['identity', 'consent', 'broker', 'connector', 'evidence', 'console'] as const;
export type ServiceName = (typeof SERVICES)[number];

type Route = {
  /** Who sends: the callers of a request, the owners of a fact. */
  readonly from: readonly ServiceName[];
  /** Who receives: the one answering service of a request, the subscribers of a fact. */
  readonly to: readonly ServiceName[];
  /** Crosses to the other jurisdictions, as bytes signed by the sender's broker. Only brokers touch the border. */
  readonly border?: boolean;
  /** The subject ends with the name of one addressee (a connector's holder). */
  readonly addressed?: boolean;
};

/** A question with an answer: request/reply, bounded in time. */
export type RequestContract<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> = Route & {
  readonly kind: 'request';
  readonly subject: string;
  readonly request: Q;
  readonly answer: A;
};

/** Something that happened: delivered from the outbox to each named subscriber, at least once, in order. */
export type FactContract<D extends z.ZodType = z.ZodType> = Route & {
  readonly kind: 'fact';
  readonly subject: string;
  readonly data: D;
};

export type Contract = RequestContract | FactContract;

/** Declares a request. `shapes.request` refuses unknown members; `shapes.answer` ignores them. */
export const defineRequest = <Q extends z.ZodType, A extends z.ZodType>(
  subject: string,
  route: Route,
  shapes: { request: Q; answer: A },
): RequestContract<Q, A> => ({ kind: 'request', subject, ...route, ...shapes });

/** Declares a fact. `data` ignores unknown members, so that an owner may add some. */
export const defineFact = <D extends z.ZodType>(subject: string, route: Route, data: D): FactContract<D> => ({
  kind: 'fact',
  subject,
  ...route,
  data,
});

import type { z } from 'zod';

/** Who may speak on the bus: one user of nats-server per service. */
export const SERVICES = ['identity', 'consent', 'broker', 'connector', 'evidence', 'console'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Whether a jurisdiction has one of this service beside each holder: what is sent to it names the holder. */
export const isBesideHolder = (service: ServiceName): boolean => service === 'connector';

/** A service as others send to it: `broker`, and beside a holder `connector.pengwan-credit`. */
export const recipientName = (service: ServiceName, holder: string): string =>
  isBesideHolder(service) ? `${service}.${holder}` : service;

/** The subject on which the subscriber of that name hears a fact. */
export const factSubject = (subject: string, recipient: string): string => `${subject}.to.${recipient}`;

/** The subject on which a request is asked; `holder` matters only where the answering service is beside one. */
export const requestSubject = ({ subject, to }: Pick<Contract, 'subject' | 'to'>, holder: string): string =>
  to.some(isBesideHolder) ? `${subject}.${holder}` : subject;

type Route = {
  /** Who sends: the callers of a request, the owners of a fact. */
  readonly from: readonly ServiceName[];
  /** Who receives: the one answering service of a request, the subscribers of a fact. */
  readonly to: readonly ServiceName[];
  /** Crosses to the other jurisdictions, as bytes signed by the sender's broker. Only brokers touch the border. */
  readonly border?: boolean;
};

/** A question with an answer: request/reply, bounded in time. */
export type RequestContract<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> = Route & {
  readonly kind: 'request';
  readonly subject: string;
  readonly request: Q;
  readonly answer: A;
};

type FactRoute = Route & {
  /** Of a fact that nobody waits for: delivered at each full so many milliseconds, together with what came in between. */
  readonly batchMs?: number;
};

/** Something that happened: delivered from the outbox to each named subscriber, at least once, in order. */
export type FactContract<D extends z.ZodType = z.ZodType> = FactRoute & {
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
export const defineFact = <D extends z.ZodType>(subject: string, route: FactRoute, data: D): FactContract<D> => ({
  kind: 'fact',
  subject,
  ...route,
  data,
});

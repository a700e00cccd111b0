import { DataRequestDetail, RoutedDetail, type Jurisdiction } from '@bayway/domain';
import { z } from 'zod';

/** Who asks, as the rules below need to know it. */
export type Asking = Readonly<{ clientId: string; peer: Jurisdiction | null }>;

export type Routing = Readonly<{ detail: RoutedDetail } | { problem: string }>;

const problemOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  const what = issue?.code === 'unrecognized_keys' ? `unknown member ${issue.keys[0] ?? ''}` : 'is not valid';
  // RFC 6749 section 5.2: printable ASCII without quotes and backslash.
  return `authorization_details[0]${where && `.${where}`}: ${what}`.replace(/[^\x20-\x7e]|["\\]/g, '').slice(0, 200);
};

/**
 * The request as it goes on from here.
 * A partner asks by a `DataRequestDetail`: this side adds itself, the partner, and a name for the flow.
 * A peer has added that already; it may ask for records of this side only (no transit), and only for its own partners.
 */
export function routeDetail(input: unknown, asking: Asking, at: { me: Jurisdiction; requestId: string }): Routing {
  if (asking.peer === null) {
    const asked = DataRequestDetail.safeParse(input);
    if (!asked.success) return { problem: problemOf(asked.error) };
    const added = { importer: at.me, recipient: asking.clientId, request_id: at.requestId };
    return { detail: RoutedDetail.parse({ ...asked.data, ...added }) };
  }
  const routed = RoutedDetail.safeParse(input);
  if (!routed.success) return { problem: problemOf(routed.error) };
  if (routed.data.exporter !== at.me) return { problem: 'a jurisdiction serves records of its own side only' };
  if (routed.data.importer !== asking.peer) return { problem: 'the importer is somebody else' };
  return { detail: routed.data };
}

/** The request for a record inside an authorization request that was accepted before; null for a plain sign-in. */
export function detailIn(params: Readonly<Record<string, unknown>>): RoutedDetail | null {
  if (typeof params.authorization_details !== 'string') return null;
  return z.tuple([RoutedDetail]).parse(JSON.parse(params.authorization_details))[0];
}

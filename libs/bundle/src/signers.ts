import type { Exchange } from './exchange.js';

/** Whose key signed each object. */
export function signersOf(exchange: Exchange): { owner: string; kid: string }[] {
  const { importer, exporter, request, acts } = exchange;
  const recipient = `${importer}/participant/${request.claims.iss}`;
  const consent = `${exporter}/consent`;
  const named: readonly (readonly [string, Readonly<{ kid: string }>])[] = [
    [recipient, request],
    [`${importer}/broker`, exchange.importerAssessment],
    [`${exporter}/broker`, exchange.exporterAssessment],
    [consent, exchange.consentReceipt],
    ...acts.map((act) => [`${exporter}/identity`, act] as const),
    [consent, exchange.permit],
    [`${exporter}/participant/${request.claims.holder}`, exchange.release],
    [recipient, exchange.deliveryReceipt],
  ];
  return named.map(([owner, { kid }]) => ({ owner, kid }));
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as oauth from 'oauth4webapi';

const INTERACTION_ID = 'x-fapi-interaction-id';
const ALGORITHMS = ['ES256'];

/** A protected resource that takes DPoP-bound access tokens of one issuer, once per proof (RFC 9449, RFC 9068). */
export function testResource({ issuer, jwksUrl }: Readonly<{ issuer: string; jwksUrl: string }>) {
  const url = `${issuer}/resource`;
  const seen = new Set<string>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { authorization = '', dpop = '' } = request.headers;
    response.setHeader(INTERACTION_ID, request.headers[INTERACTION_ID] ?? randomUUID());
    response.setHeader('content-type', 'application/json');
    try {
      if (seen.has(String(dpop))) throw new Error('a proof counts once');
      const asked = new Request(url, {
        method: request.method ?? 'GET',
        headers: { authorization, ...(dpop ? { dpop: String(dpop) } : {}) },
      });
      const claims = await oauth.validateJwtAccessToken({ issuer, jwks_uri: jwksUrl }, asked, url, {
        requireDPoP: true,
        signingAlgorithms: ALGORITHMS,
        [oauth.allowInsecureRequests]: true,
      });
      seen.add(String(dpop));
      response.end(JSON.stringify({ sub: claims.sub, client_id: claims.client_id }));
    } catch {
      response.statusCode = 401;
      response.setHeader('www-authenticate', 'DPoP error="invalid_token", algs="ES256 PS256 EdDSA"');
      response.end(JSON.stringify({ error: 'invalid_token' }));
    }
  };
}

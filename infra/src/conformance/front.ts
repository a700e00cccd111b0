import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../setup-error.js';

const run = promisify(execFile);

/** The suites of TLS 1.2 that BCP 195 (RFC 9325 section 4.2) recommends; TLS 1.3 brings its own. */
export const BCP_195_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
];

const TLS_13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

export type Certificate = Readonly<{ key: string; cert: string }>;

/**
 * A self-signed certificate for a host, by `openssl`.
 * @throws SetupError `openssl-missing`
 */
export async function selfSigned(folder: string, host: string): Promise<Certificate> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},DNS:localhost,IP:127.0.0.1`];
  const make = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-keyout', key, '-out', cert];
  await run('openssl', [...make, ...subject]).catch((cause: unknown) => {
    throw new SetupError('openssl-missing', `openssl is needed to make a certificate: ${(cause as Error).message}`);
  });
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
}

type Own = (request: IncomingMessage, response: ServerResponse) => void;

/** TLS before a service that speaks plain HTTP, and a few addresses of its own beside it. */
export function tlsFront(
  certificate: Certificate,
  service: Readonly<{ port: number }>,
  own: Readonly<Record<string, Own>>,
): Server {
  const ciphers = [...TLS_13, ...BCP_195_CIPHERS].join(':');
  return createServer(
    { ...certificate, minVersion: 'TLSv1.2', ciphers, honorCipherOrder: true },
    (request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const answer = own[path];
      if (answer) answer(request, response);
      else pass(request, response, service.port);
    },
  );
}

function pass(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = request;
  const onward = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.headersSent || response.writeHead(502).end());
  request.pipe(onward);
}

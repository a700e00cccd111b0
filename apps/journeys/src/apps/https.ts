import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

type Init = Readonly<{ method?: string; headers?: HeadersInit; body?: BodyInit | null }>;

/** A `fetch` without redirects that trusts one certificate, and speaks plain HTTP where the address says so. */
export const fetchTrusting =
  (ca: string) =>
  async (input: string | URL | Request, init: Init = {}): Promise<Response> => {
    const { url, method, headers } = new Request(input, { ...init, redirect: 'manual' });
    const body = init.body === undefined || init.body === null ? '' : await new Response(init.body).text();
    const options = { method, ca, headers: Object.fromEntries(headers) };
    return new Promise((resolve, reject) => {
      const sent = (url.startsWith('https:') ? secure : plain)(url, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const back = new Headers();
          for (let i = 0; i < answer.rawHeaders.length; i += 2)
            back.append(answer.rawHeaders[i] ?? '', answer.rawHeaders[i + 1] ?? '');
          const status = answer.statusCode ?? 500;
          resolve(new Response([204, 304].includes(status) ? null : Buffer.concat(chunks), { status, headers: back }));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  };

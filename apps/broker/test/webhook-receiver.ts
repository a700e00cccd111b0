import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Reply = Readonly<{ status: number; body?: string; headers?: Record<string, string>; waitMs?: number }>;

/** A partner's own server: keeps what it is told, and answers as the test says. */
export class WebhookReceiver {
  readonly heard: { body: string; headers: IncomingMessage['headers'] }[] = [];
  answer: (body: string) => Promise<Reply> | Reply = () => ({ status: 204 });
  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const holder: { at?: WebhookReceiver } = {};
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => void holder.at?.respond(Buffer.concat(parts).toString(), request, response));
    });
    holder.at = new WebhookReceiver(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return holder.at;
  }

  private async respond(
    body: string,
    { headers }: IncomingMessage,
    response: import('node:http').ServerResponse,
  ): Promise<void> {
    this.heard.push({ body, headers });
    const { status, body: text, headers: sent, waitMs } = await this.answer(body);
    if (waitMs) await new Promise((done) => setTimeout(done, waitMs));
    response.writeHead(status, sent).end(text);
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/bayway`;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server, 'close');
  }
}

import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { scopes } from '@bayway/contracts';
import { DataRequestId } from '@bayway/domain';
import { Access } from '@bayway/service';
import type { Response } from 'express';
import { z } from 'zod';
import { DataRequestsService } from '../data-requests/data-requests.service.js';
import { partner } from '../partner.js';
import { LastEventId } from './last-event-id.js';
import { EventStreamsService, type StreamEvent } from './event-streams.service.js';

/** The last event that a reader had before it lost the stream. */
const LastStep = z.coerce.number().int().min(0).max(100).default(0);
const LastInstant = z.iso
  .datetime()
  .optional()
  .transform((text) => (text === undefined ? new Date() : new Date(text)));

/** Server-sent events (WHATWG HTML 9.2) for partners: `event: step` with id, state, reason and time of each step. */
@Controller('data-requests')
export class EventStreamsController {
  constructor(
    @Inject(EventStreamsService) private readonly streams: EventStreamsService,
    @Inject(DataRequestsService) private readonly requests: DataRequestsService,
  ) {}

  /** Every step of all requests of this partner from now on, or since `Last-Event-ID`. */
  @Get('events')
  @Access({ scope: scopes.data })
  ofPartner(@LastEventId({ schema: LastInstant }) since: Date, @Res() response: Response): Promise<void> {
    const me = partner();
    return this.streams.run(me, goneOf(response), (end) => send(response, this.streams.ofPartner(me, since, end)));
  }

  /** Every step of one request, from its first or behind `Last-Event-ID`; the stream ends with the request. */
  @Get(':id/events')
  @Access({ scope: scopes.data })
  async ofOne(
    @Param('id', { schema: DataRequestId }) id: DataRequestId,
    @LastEventId({ schema: LastStep }) after: number,
    @Res() response: Response,
  ): Promise<void> {
    const request = await this.requests.find(id, partner());
    await this.streams.run(request.recipient, goneOf(response), (end) =>
      send(response, this.streams.ofOne(request, after, end)),
    );
  }
}

function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}

async function send(response: Response, events: AsyncIterable<StreamEvent>): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  let saidAt = 0;
  for await (const event of events) {
    if (event) response.write(`id: ${event.id}\nevent: step\ndata: ${JSON.stringify(event.data)}\n\n`);
    // A line that readers ignore: proxies and readers see that the stream is alive.
    else if (Date.now() - saidAt >= ALIVE_MS) response.write(':\n\n');
    else continue;
    saidAt = Date.now();
  }
  response.end();
}

const ALIVE_MS = 15_000;

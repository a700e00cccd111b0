import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, HttpStatus, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  DataRequestsPage,
  DataRequestsQuery,
  DataRequestView,
  DomainError,
  GiveReceipt,
  MakeDataRequest,
  scopes,
} from '@bayway/contracts';
import { DataRequestId } from '@bayway/domain';
import { Access, Answers, currentActor } from '@bayway/service';
import type { Response } from 'express';
import { partner } from '../partner.js';
import { CancellationsService } from './cancellations.service.js';
import { viewOf } from './data-request.entity.js';
import { DataRequestsService } from './data-requests.service.js';
import { RateLimit } from './rate-limit.js';
import { ReceiptsService } from './receipts.service.js';
import { RecordsService } from './records.service.js';
import { Wishes, WishesOfCall } from './wishes.js';

/** What partners of this jurisdiction use: requests, records, receipts. A partner sees only its own. */
@Controller('data-requests')
export class DataRequestsController {
  @Inject(DataRequestsService) private readonly requests!: DataRequestsService;
  @Inject(RecordsService) private readonly records!: RecordsService;
  @Inject(ReceiptsService) private readonly receipts!: ReceiptsService;
  @Inject(CancellationsService) private readonly cancellations!: CancellationsService;
  @Inject(RateLimit) private readonly rate!: RateLimit;

  private limit(response: Response): void {
    try {
      this.rate.spend(partner(), Date.now());
    } catch (error) {
      if (error instanceof DomainError) response.setHeader('retry-after', String(error.members['retryAfter']));
      throw error;
    }
  }

  /** A partner's own requests, newest first. */
  @Get()
  @Access({ scope: scopes.data })
  @Answers(DataRequestsPage)
  page(@Query({ schema: DataRequestsQuery }) query: DataRequestsQuery): Promise<DataRequestsPage> {
    return this.requests.page(partner(), query);
  }

  /** 201 when it is settled, 202 while it is under way, 200 for a repeated call of a settled one. */
  @Post()
  @Access({ scope: scopes.data })
  @Answers(DataRequestView)
  async make(
    @Body({ schema: MakeDataRequest }) { signedRequest, deadline }: MakeDataRequest,
    @Wishes({ schema: WishesOfCall }) wishes: WishesOfCall,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataRequestView> {
    const { idempotencyKey, waitMs } = wishes;
    this.limit(response);
    if (!idempotencyKey) throw new DomainError('idempotency-key-missing');
    const detail = currentActor()?.details[0] ?? null;
    const call = { partner: partner(), detail, idempotencyKey, signedRequest, ...(deadline ? { deadline } : {}) };
    const { request, isNew } = await this.requests.make(call);
    const row = await this.requests.settled(request, waitMs);
    const settled = isNew ? HttpStatus.CREATED : HttpStatus.OK;
    response.status(row.state === 'sent' ? HttpStatus.ACCEPTED : settled);
    response.setHeader('location', `/data-requests/${row.id}`);
    return this.requests.view(row);
  }

  @Get(':id')
  @Access({ scope: scopes.data })
  @Answers(DataRequestView)
  async get(
    @Param('id', { schema: DataRequestId }) id: DataRequestId,
    @Wishes({ schema: WishesOfCall }) { waitMs }: WishesOfCall,
  ): Promise<DataRequestView> {
    const request = await this.requests.find(id, partner());
    return this.requests.view(await this.requests.settled(request, waitMs));
  }

  /** The ciphertext, passed on as it arrives; the same again until it is receipted. */
  @Get(':id/record')
  @Access({ scope: scopes.data })
  async record(@Param('id', { schema: DataRequestId }) id: DataRequestId, @Res() response: Response): Promise<void> {
    const { release, chunks } = await this.records.open(await this.requests.find(id, partner()));
    response.setHeader('content-type', 'application/jose');
    response.setHeader('content-length', String(release.size));
    response.setHeader('cache-control', 'no-store');
    // RFC 9530: the digest of the representation, in the base64 of a structured field.
    const digest = Buffer.from(release.ciphertextDigest, 'base64url').toString('base64');
    response.setHeader('repr-digest', `sha-256=:${digest}:`);
    if (await passed(chunks, response)) await this.records.delivered(id);
  }

  /** Takes a request back before its release; the other side is told. Again changes nothing. */
  @Post(':id/cancellation')
  @Access({ scope: scopes.data })
  @Answers(DataRequestView)
  async cancel(
    @Param('id', { schema: DataRequestId }) id: DataRequestId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataRequestView> {
    response.status(HttpStatus.OK);
    return viewOf(await this.cancellations.cancel(id, partner()), new Date());
  }

  @Post(':id/receipt')
  @Access({ scope: scopes.data })
  @Answers(DataRequestView)
  async receipt(
    @Param('id', { schema: DataRequestId }) id: DataRequestId,
    @Body({ schema: GiveReceipt }) { receipt }: GiveReceipt,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DataRequestView> {
    await this.requests.find(id, partner());
    response.status(HttpStatus.OK);
    return viewOf(await this.receipts.accept({ id, partner: partner() }, receipt), new Date());
  }
}

/** True once everything has been handed over; false when the reader went away before. */
async function passed(chunks: AsyncIterable<Buffer>, response: Response): Promise<boolean> {
  try {
    await pipeline(Readable.from(chunks, { objectMode: false, highWaterMark: 1 }), response);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return false;
    throw error;
  }
}

import { timingSafeEqual } from 'node:crypto';
import { Body, Controller, createParamDecorator, Inject, Post, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { DatasetId, IdentityDocument, ItemId } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { Access, Answers, CONFIG } from '@bayway/service';
import type { Request } from 'express';
import { z } from 'zod';
import { ConnectorConfig } from '../config.js';
import { CarriedRecordsService } from './carried-records.service.js';

/** Whose record the holder's own page asks for: it has seen to it who is there. */
const MakeCarriedRecord = z.strictObject({
  dataset: DatasetId,
  items: z.array(ItemId).min(1).max(50).optional(),
  documents: z.array(IdentityDocument).min(1).max(20),
});
const Shown = z.string().max(300);
const Authorization = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<Request>().header('authorization') ?? '',
);
const CarriedRecordView = z.object({ record: z.string() });

/** What the holder's own pages use, on the holder's own machine: people's own records, for them to carry. */
@Controller('carried-records')
export class CarriedRecordsController {
  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(CarriedRecordsService) private readonly records: CarriedRecordsService,
  ) {}

  /** Not public but for whoever shows CARRY_TOKEN: no token of identity's is meant for a connector. */
  @Post()
  @Access('public')
  @Answers(CarriedRecordView)
  async make(
    @Authorization({ schema: Shown }) shown: string,
    @Body({ schema: MakeCarriedRecord }) { documents, ...wanted }: z.infer<typeof MakeCarriedRecord>,
  ): Promise<z.infer<typeof CarriedRecordView>> {
    const { CARRY_TOKEN: token } = this.config;
    if (!token || !isSame(shown, `Bearer ${token}`)) throw new DomainError('access-denied');
    return { record: await this.records.make(wanted, documents) };
  }
}

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(digestOf(one)), Buffer.from(digestOf(other)));

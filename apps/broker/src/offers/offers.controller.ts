import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { listOffers, OffersPage, OffersQuery } from '@bayway/contracts';
import { Access, Answers, Handles } from '@bayway/service';
import type { z } from 'zod';
import { OffersService } from './offers.service.js';

/** For anybody: what can be asked for, where, and what it shows. Nothing here is about a person. */
@Controller()
export class OffersController {
  constructor(@Inject(OffersService) private readonly offers: OffersService) {}

  @Get('offers')
  @Access('public')
  @Answers(OffersPage)
  page(@Query({ schema: OffersQuery }) query: OffersQuery): Promise<OffersPage> {
    return this.offers.page(query);
  }

  @Handles(listOffers)
  @Access('services')
  own(@Payload({ schema: listOffers.request }) asked: z.infer<typeof listOffers.request>): Promise<OffersPage> {
    return this.offers.own(asked);
  }
}

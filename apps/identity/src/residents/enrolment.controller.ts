import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DomainError, enrolSubject } from '@bayway/contracts';
import { ResidentId } from '@bayway/domain';
import { Access, Handles } from '@bayway/service';
import type { z } from 'zod';
import { Residents } from './residents.service.js';

type Question = z.infer<typeof enrolSubject.request>;

/** Tells consent whom the papers of a power name. Numbers are read here, and stay here. */
@Controller()
export class EnrolmentController {
  constructor(@Inject(Residents) private readonly residents: Residents) {}

  @Handles(enrolSubject)
  @Access('services')
  async enrol(
    @Payload({ schema: enrolSubject.request }) { subject, actor }: Question,
  ): Promise<z.infer<typeof enrolSubject.answer>> {
    const acting = await this.residents.findByDocument(actor);
    if (!acting) throw new DomainError('resident-not-found');
    const { kind, id } = await this.residents.enrol(subject);
    return { subject: { kind, id: ResidentId.parse(id) }, actorId: ResidentId.parse(acting.id) };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type AssessAnswer, type ModeOffer } from '@bayway/contracts';
import type { RoutedDetail } from '@bayway/domain';
import { AssessmentsService, type AssessQuestion } from './assessments.service.js';
import { Assessor } from './assessor.service.js';

/** When the mode that a partner asks for is not lawful, finds out which other one would be. */
@Injectable()
export class ModeOffersService {
  constructor(
    @Inject(AssessmentsService) private readonly assessments: AssessmentsService,
    @Inject(Assessor) private readonly assessor: Assessor,
  ) {}

  /**
   * Assesses a request; to a partner of this side whose request is refused it names the modes that both sides would let
   * pass, each assessed by both.
   * @throws DomainError as `AssessmentsService.assess`
   */
  async assess(question: AssessQuestion): Promise<AssessAnswer> {
    const { alternatives, ...answer } = await this.assessments.assess(question);
    const { detail } = question;
    if (answer.refusal === null || detail.importer !== this.assessor.me) return answer;
    const considered = alternatives.map(async ({ mode, items }): Promise<ModeOffer> => {
      return { mode, items: await this.lawful({ ...detail, mode, items, optional_items: [] }) };
    });
    const offers = (await Promise.all(considered)).filter(({ items }) => items.length > 0);
    return { ...answer, refusal: { ...answer.refusal, offers } };
  }

  /** The items that a request would get; none when it would not pass. */
  private async lawful(detail: RoutedDetail): Promise<ModeOffer['items']> {
    try {
      const { proceeds, items } = await this.assessments.consider(detail);
      return proceeds ? items.map(({ id }) => id) : [];
    } catch (error) {
      if (error instanceof DomainError) return [];
      throw error;
    }
  }
}

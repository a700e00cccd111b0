import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Jurisdiction, jurisdictionOf } from '@bayway/domain';
import {
  assess,
  explain,
  packs,
  whatWouldChange,
  type Explanation,
  type Facts,
  type Outlook,
} from '@bayway/trust-rules';
import { DataSource } from 'typeorm';
import { AssessmentEntity } from '../assessments/assessment.entity.js';
import { DIGESTS_OF_REQUEST } from '../assessments/recorded.service.js';
import { daysNotKnown, filingOf } from '../instruments/filing.js';
import { merged } from './merge-patch.js';
import { factsFrom, type Simulate, type SimulationView } from './simulation.js';

/** What if? Decides over facts that somebody thought of. Stores nothing. */
@Injectable()
export class SimulationsService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /**
   * @throws DomainError `assessment-not-found` for a request or assessment that this broker does not have,
   * `request-invalid` for facts that are none after the change, `request-facts-missing` when working days are not known
   */
  async simulate(asked: Simulate): Promise<SimulationView> {
    const given = asked.facts ?? (await this.recorded(asked));
    const facts = asked.change ? factsFrom(merged(given, asked.change), 'change') : given;
    const { facts: complete, calendar } = await withCalendar(facts);
    const { decision, findings } = assess(complete);
    return {
      decision,
      explanation: withLists(explain(decision, asked.language, findings)),
      outlook: withChanges(whatWouldChange(complete, decision)),
      calendar,
      pack: { ...packs },
    };
  }

  /** The latest facts that a real request was decided over. */
  private async recorded({ assessment, request }: Simulate): Promise<Facts> {
    const query = this.db.manager.createQueryBuilder(AssessmentEntity, 'a').orderBy('a.madeAt', 'DESC').limit(1);
    if (assessment) query.where('a.id = :id', { id: assessment });
    else query.where(`a.request_digest in (${DIGESTS_OF_REQUEST})`, { request });
    const row = await query.getOne();
    if (!row) throw new DomainError('assessment-not-found');
    return factsFrom(row.facts, 'facts');
  }
}

type Completed = Readonly<{ facts: Facts; calendar: SimulationView['calendar'] }>;

/** Adds the working days of the side that files, unless they were given or nothing is filed. */
async function withCalendar(facts: Facts): Promise<Completed> {
  if (facts.calendar) return { facts, calendar: 'given' };
  const { instrument, exporter } = facts;
  const side = Jurisdiction.safeParse(jurisdictionOf(exporter.place));
  if (!instrument?.effectiveOn || !side.success) return { facts, calendar: 'not-needed' };
  const filing = await filingOf({ ...instrument, effectiveOn: instrument.effectiveOn }, side.data);
  if (!filing) return { facts, calendar: 'not-needed' };
  if (filing.state === 'not-known') throw daysNotKnown();
  if (!filing.calendar) return { facts, calendar: 'not-needed' };
  return { facts: { ...facts, calendar: filing.calendar }, calendar: 'filled' };
}

const withLists = ({ outcome, reasons, applied }: Explanation): SimulationView['explanation'] => ({
  outcome,
  reasons: reasons.map((reason) => ({ ...reason, citations: [...reason.citations], facts: [...reason.facts] })),
  applied: [...applied],
});

const withChanges = ({ changes, permits, left }: Outlook): SimulationView['outlook'] => ({
  changes: changes.map((change) => ({ ...change, set: [...change.set] })),
  permits,
  left: [...left],
});

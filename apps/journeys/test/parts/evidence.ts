import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { proofIn, trustIn, witnessesOf } from '../../src/transparency.js';
import { Visitor } from '../../src/visitor.js';
import { KA_HOU, obtain, outcomeOf } from '../../src/walk.js';

const LATEST = `select release ->> 'commitment' as commitment from data_request
                 where release is not null order by created_at desc limit 1`;

const changed = (commitment: string): string => {
  const other = randomBytes(32).toString('base64url');
  return other === commitment ? changed(commitment) : other;
};

/** What an outsider can check: one commitment to a release, in both logs, under checkpoints that both others witnessed. */
export function evidence(system: () => System): void {
  it('of a release is in both logs, with an inclusion proof under a signed and twice cosigned checkpoint', async () => {
    expect(outcomeOf(await obtain(new Visitor(), system().bank, KA_HOU))).toBe('report');
    const [received] = await rowsOf<{ commitment: string }>(system(), 'hk_broker', LATEST);
    const commitment = received?.commitment ?? '';
    const made = await rowsOf<{ type: string }>(
      system(),
      'cn_connector_pengwan_credit',
      `select type from evidence_record where commitment = '${commitment}'`,
    );
    // The exporter made the commitment; the importer put the same one into its own log.
    expect(made).toEqual([{ type: 'release.made' }]);

    for (const [jurisdiction, others] of [
      ['cn', ['hk', 'mo']],
      ['hk', ['cn', 'mo']],
    ] as const) {
      const proof = await proofIn(jurisdiction, commitment, system());
      const trust = await trustIn(jurisdiction, system());
      const witnesses = others.map((other) => `bayway.example/witness/${other}`).sort();
      expect(await witnessesOf(proof, commitment, trust)).toEqual(witnesses);
      // The same proof says nothing of another commitment, and another log's keys accept nothing of it.
      await expect(witnessesOf(proof, changed(commitment), trust)).rejects.toMatchObject({ code: 'proof-invalid' });
      const foreign = await trustIn(jurisdiction === 'cn' ? 'hk' : 'cn', system());
      await expect(witnessesOf(proof, commitment, foreign)).rejects.toThrow();
    }
  }, 120_000);
  it('of all releases so far reconciles on both sides: none without consent or assessments, and records are the log', async () => {
    for (const jurisdiction of ['cn', 'hk'] as const) {
      const report = await reconciled(system().bay.topology.urlOf({ jurisdiction, service: 'evidence' }));
      expect(report).toMatchObject({ isComplete: true, unanswered: [] });
      expect(new Set(Object.values(report.findings))).toEqual(new Set([0]));
      expect(jurisdiction === 'cn' ? report.releases : report.received).toBeGreaterThan(0);
    }
  }, 240_000);
}

type Reconciliation = Readonly<{ until: string; releases: number; received: number; findings: Record<string, number> }>;

/** The first reconciliation that judges everything up to now. */
async function reconciled(url: string): Promise<Reconciliation> {
  const now = new Date().toISOString();
  for (;;) {
    const { latest } = (await (await fetch(`${url}/reconciliation`)).json()) as { latest: Reconciliation | null };
    if (latest && latest.until > now) return latest;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

import { newGauge } from '@bayway/service';
import type { Report } from './report.js';

const findings = newGauge('reconciliation_findings', 'What must be zero, by kind, as found last', ['kind']);
const sizes = newGauge('reconciliation_items', 'What the last reconciliation looked at', ['of']);
const completeAt = newGauge('reconciliation_complete_timestamp_seconds', 'When everybody last answered one');

/** Shows a report in this process's metrics. What could not be judged keeps its last value. */
export function observeReport(report: Report): void {
  for (const [kind, count] of Object.entries(report.findings)) if (count !== null) findings.set({ kind }, count);
  for (const name of ['statements', 'entries', 'releases', 'received', 'erased'] as const) {
    const count = report[name];
    if (count !== null) sizes.set({ of: name }, count);
  }
  if (report.isComplete) completeAt.set(Date.parse(report.at) / 1000);
}

import { z } from 'zod';
import type { AlarmKind } from '../alarms/alarms.service.js';

const Count = z.int().min(0);

/** What must be zero; `null` when somebody whose answer it takes did not answer. */
export const Findings = z.object({
  releasesWithoutConsent: Count.nullable(),
  releasesWithoutBothAssessments: Count.nullable(),
  /** Releases to another jurisdiction that its log does not have. */
  releasesMissingAtOtherSide: Count.nullable(),
  /** Records whose commitment is not in this log. */
  statementsNotInLog: Count,
  /** Records that are not what was committed to, and salts that are gone without an attestation. */
  statementsAltered: Count.nullable(),
  /** Entries of this log that no service has a record for, and no other log either. */
  entriesWithoutStatement: Count.nullable(),
});
export type Findings = z.infer<typeof Findings>;
export type Finding = keyof Findings;

/** One reconciliation, as everybody may read it. */
export const Report = z.object({
  at: z.iso.datetime(),
  /** Time of the oldest record; all records from then on were looked at, those of before `readAgainAt` once more then. */
  from: z.iso.datetime().nullable(),
  readAgainAt: z.iso.datetime(),
  /** Records and releases younger than this are not judged yet: they may be on their way. */
  until: z.iso.datetime(),
  isComplete: z.boolean(),
  /** Services, connectors and logs that did not answer, such as `cn/connector/pengwan-credit`. */
  unanswered: z.array(z.string().max(60)).max(10_000),
  /** Records found, and among them those whose salt was destroyed and attested. */
  statements: Count,
  erased: Count,
  /** Entries this log had at `until`, and among them those that another side made: releases received. */
  entries: Count,
  received: Count.nullable(),
  releases: Count,
  findings: Findings,
});
export type Report = z.infer<typeof Report>;

/** The alarm that each finding raises. */
export const ALARM_OF = {
  releasesWithoutConsent: 'release-without-consent',
  releasesWithoutBothAssessments: 'release-without-assessments',
  releasesMissingAtOtherSide: 'release-missing-abroad',
  statementsNotInLog: 'statement-missing',
  statementsAltered: 'statement-altered',
  entriesWithoutStatement: 'entry-without-statement',
} as const satisfies Record<Finding, AlarmKind>;

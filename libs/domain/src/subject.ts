import { z } from 'zod';
import { ResidentId } from './ids.js';

/** Whom a record is about. Persons and organisations are subjects alike, everywhere. */
export const SubjectKind = z.enum(['person', 'organisation']);
export type SubjectKind = z.infer<typeof SubjectKind>;

/** A subject as the services of one jurisdiction name it to each other. */
export const Subject = z.strictObject({ kind: SubjectKind, id: ResidentId });
export type Subject = z.infer<typeof Subject>;

/** What the trust rules may need to know of a subject; stays in its jurisdiction. */
export const SubjectFacts = z.strictObject({ kind: SubjectKind, bornOn: z.iso.date().optional() });
export type SubjectFacts = z.infer<typeof SubjectFacts>;

import { randomUUID } from 'node:crypto';
import type { AssessAnswer, composeAsk } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import type { z } from 'zod';
import type { Notice } from '../notices/notice.js';
import { ASK_MS, digestOfAsk } from './ask.js';
import type { AskEntity } from './ask.entity.js';

/** What consent found out by itself. */
export type Kept = Pick<AskEntity, 'template' | 'actorId' | 'actingAs' | 'powerId'>;
/** Those, and the notice in force. */
export type Found = Readonly<{ kept: Kept; notice: Notice }>;

type Asked = z.infer<typeof composeAsk.request>;

/** The row of an ask, as the brokers assessed it. */
export function newAsk(body: Asked, assessed: AssessAnswer, { kept, notice }: Found): AskEntity {
  const { detail, subject } = body;
  const { acts, items, dropped, holder, recipient, dataset, own, peer } = assessed;
  const parties = { holder, recipient, dataset };
  const assessments = { exporter: digestOf(own), importer: peer === null ? null : digestOf(peer) };
  const createdAt = new Date();
  return {
    id: randomUUID(),
    flowId: detail.request_id,
    digest: digestOfAsk({
      detail,
      acts,
      items,
      parties,
      notice: { id: notice.id, version: notice.version, digest: notice.digest },
      assessments,
    }),
    subjectKind: subject.kind,
    subjectId: subject.id,
    subjectFacts: body.facts,
    subjectName: subject.kind === 'organisation' ? (body.subjectName ?? null) : null,
    detail,
    acts,
    items,
    dropped,
    parties,
    level: assessed.level,
    ...kept,
    noticeId: notice.id,
    noticeVersion: notice.version,
    noticeDigest: notice.digest,
    ownAssessment: own,
    peerAssessment: peer,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + ASK_MS),
    answeredAt: null,
  };
}

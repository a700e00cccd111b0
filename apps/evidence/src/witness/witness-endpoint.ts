import type { NestExpressApplication } from '@nestjs/platform-express';
import { DomainError, type ProblemCode } from '@bayway/contracts';
import { problemOf } from '@bayway/service';
import { formatTreeSize, type Refusal, TREE_SIZE_MEDIA_TYPE } from '@bayway/transparency';
import { Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { WitnessService } from './witness.service.js';

/** A request is at most an old size, 63 hashes and a note. */
const MAX_BODY = 300_000;

const PROBLEMS = {
  400: 'checkpoint-invalid',
  403: 'signer-not-allowed',
  404: 'route-not-found',
  422: 'consistency-unproven',
} as const satisfies Record<Exclude<Refusal['status'], 409>, ProblemCode>;

/**
 * Mounts `POST /witness/add-checkpoint`. It stands before the routes because its body is text, whatever content type the
 * caller names, and its answers are those of C2SP tlog-witness.
 */
export function mountWitness(app: NestExpressApplication): void {
  const witness = app.get(WitnessService);
  const logger = new Logger('witness');
  app.getHttpAdapter().post('/witness/add-checkpoint', (async (request: Request, response: Response) => {
    try {
      const answer = await witness.addCheckpoint(await bodyOf(request));
      if (typeof answer === 'string') response.type('text/plain; charset=utf-8').send(answer);
      else refuse(response, answer);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) logger.error(error);
      response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
    }
  }) as never);
}

function refuse(response: Response, refusal: Refusal): void {
  if (refusal.status !== 409) throw new DomainError(PROBLEMS[refusal.status], { detail: refusal.reason });
  response
    .status(409)
    .setHeader('content-type', TREE_SIZE_MEDIA_TYPE)
    .end(formatTreeSize(refusal.size ?? 0));
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too much is read to its end but not kept: a caller that is still writing would not see the answer.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) throw new DomainError('body-too-large');
  return Buffer.concat(chunks);
}

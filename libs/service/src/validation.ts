import {
  StandardSchemaValidationPipe,
  UseInterceptors,
  SerializeOptions,
  applyDecorators,
  StandardSchemaSerializerInterceptor,
} from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { z } from 'zod';

type Issue = StandardSchemaV1.Issue;

/** Where and what, in RFC 6901 pointers; the offending value itself is never repeated. */
export const pointersOf = (issues: readonly Issue[]): { pointer: string; detail: string }[] =>
  issues.slice(0, 20).map((issue) => ({
    pointer: `#/${(issue.path ?? []).map((p) => String(typeof p === 'object' ? p.key : p)).join('/')}`,
    detail: issue.message.charAt(0).toLowerCase() + issue.message.slice(1),
  }));

/** Nest's own pipe: an argument is parsed by the schema on its decorator, our own decorators too, HTTP and NATS alike. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({
    validateCustomDecorators: true,
    exceptionFactory: (issues) => new DomainError('request-invalid', { errors: pointersOf(issues) }),
  });

export const ANSWER_SCHEMA = 'bayway:answer-schema';

/** What a route answers with. Unknown members are dropped; an answer of another shape is a 500 and a failing test. */
export const Answers = (schema: z.ZodType): MethodDecorator =>
  applyDecorators(
    SerializeOptions({ schema }),
    UseInterceptors(StandardSchemaSerializerInterceptor),
    (_target: object, _key: string | symbol, descriptor: PropertyDescriptor) => {
      Reflect.defineMetadata(ANSWER_SCHEMA, schema, descriptor.value as object);
    },
  );

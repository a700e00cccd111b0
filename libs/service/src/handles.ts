import { applyDecorators } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import type { RequestContract } from '@bayway/contracts';
import { patternOf } from './bus-server.js';
import { Answers } from './validation.js';

/** Marks the method that answers a request contract. Declare its payload with `@Payload({ schema: contract.request })`. */
export const Handles = (contract: RequestContract): MethodDecorator =>
  applyDecorators(MessagePattern(patternOf(contract)), Answers(contract.answer));

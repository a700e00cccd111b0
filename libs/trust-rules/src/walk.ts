import type { Programme, Step } from './vocabulary.js';

/** Every step of a list, nested ones included, in order. */
export function* stepsOf(steps: readonly Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    if ('when' in step) {
      yield* stepsOf(step.then);
      yield* stepsOf(step.otherwise ?? []);
    }
    if ('must' in step) yield* stepsOf(step.otherwise);
    if ('block' in step) yield* stepsOf(step.steps);
  }
}

/** Every step of a programme, channel by channel. */
export function* stepsOfProgramme(programme: Programme): Generator<Step> {
  for (const sections of Object.values(programme)) {
    for (const { steps } of sections) yield* stepsOf(steps);
  }
}

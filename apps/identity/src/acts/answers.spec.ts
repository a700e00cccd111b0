import { describe, expect, it } from '@jest/globals';
import type { ActKind } from '@bayway/domain';
import fc from 'fast-check';
import { readAnswers } from './answers.js';

const asked: ActKind[] = ['other-handler', 'sensitive', 'overseas'];

describe('readAnswers', () => {
  it('takes what was chosen, and says what is missing', () => {
    expect(readAnswers({ do: 'answers', 'act.sensitive': 'agree' }, asked)).toEqual({
      acts: { sensitive: 'agree' },
      optionalItems: [],
      complete: false,
    });
  });

  it('takes an answer kept from before, unless she chose again', () => {
    const form = {
      'kept.overseas': 'agree',
      'kept.sensitive': 'agree',
      'act.sensitive': 'refuse',
      'act.other-handler': 'agree',
    };
    expect(readAnswers(form, asked)).toMatchObject({
      acts: { overseas: 'agree', sensitive: 'refuse', 'other-handler': 'agree' },
      complete: true,
    });
  });

  it('“none” refuses every act and takes no optional item', () => {
    const form = { do: 'none', 'act.sensitive': 'agree', 'optional.enquiries': 'x' };
    expect(readAnswers(form, asked)).toEqual({
      acts: { 'other-handler': 'refuse', sensitive: 'refuse', overseas: 'refuse' },
      optionalItems: [],
      complete: true,
    });
  });

  it('never answers for her: whatever a form holds, only “agree” and “refuse” of asked acts count', () => {
    const key = fc.constantFrom(
      'act.overseas',
      'act.guardian',
      'kept.sensitive',
      'act.',
      'optional.<b>',
      'optional.x',
      'do',
    );
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('agree', 'refuse', 'yes'),
      fc.array(fc.string(), { maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.dictionary(key, value), (form) => {
        const { acts, complete, optionalItems } = readAnswers({ ...form, do: 'answers' }, asked);
        for (const [kind, answer] of Object.entries(acts)) {
          expect(asked).toContain(kind);
          expect([form[`act.${kind}`], form[`kept.${kind}`]]).toContain(answer);
        }
        expect(complete).toBe(asked.every((kind) => acts[kind] !== undefined));
        expect(optionalItems.every((item) => /^[A-Za-z0-9-]+$/.test(item))).toBe(true);
      }),
    );
  });
});

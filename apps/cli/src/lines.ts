import { StringDecoder } from 'node:string_decoder';

/** A line of input with its number from 1; without text where it was longer than the limit. */
export type Line = Readonly<{ number: number; text: string | undefined }>;

/**
 * Splits a byte stream into lines (LF or CRLF) and holds at most one line in memory.
 * @param maxLength longest line, in UTF-16 code units; a longer one is passed over and reported without text
 */
export async function* linesOf(stream: AsyncIterable<unknown>, maxLength: number): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let pending = '';
  let tooLong = false;
  const finish = (): Line => {
    const text = tooLong ? undefined : pending.replace(/\r$/, '');
    pending = '';
    tooLong = false;
    number += 1;
    return { number, text };
  };
  const take = (part: string): void => {
    tooLong ||= pending.length + part.length > maxLength;
    pending = tooLong ? '' : pending + part;
  };
  for await (const chunk of stream) {
    const parts = decoder.write(chunk as Buffer).split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      take(part);
      yield finish();
    }
    take(last);
  }
  take(decoder.end());
  if (pending !== '' || tooLong) yield finish();
}

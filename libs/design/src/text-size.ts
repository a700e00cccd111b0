/** `large` grows everything by a quarter. */
export type TextSize = 'normal' | 'large';

const isTextSize = (value: unknown): value is TextSize => value === 'normal' || value === 'large';

/**
 * The text size of a page.
 * @param asked the query parameter `text` of the request, which the header's link sets
 * @param kept what the service keeps in a cookie from an earlier choice; any other value is no choice
 */
export function textSizeOf(asked: unknown, kept: unknown): TextSize {
  if (isTextSize(asked)) return asked;
  return isTextSize(kept) ? kept : 'normal';
}

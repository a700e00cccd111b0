import { describe, expect, it } from '@jest/globals';
import { dark, light, type Colour } from './tokens.js';

/** Relative luminance of `#rrggbb` (WCAG 2.2, definition of relative luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const on = (ground: Colour, ...inks: Colour[]): [Colour, Colour][] => inks.map((ink) => [ink, ground]);

/** What a resident reads, links and tags included: 7 to 1. */
const READING = [
  ...on('bg', 'text', 'text-2', 'link', 'channel'),
  ...on('surface', 'text', 'text-2', 'link', 'link-visited', 'channel', 'stop'),
  ...on('surface-sunk', 'text', 'text-2', 'link'),
  ...on('surface-deep', 'on-deep', 'on-deep-2'),
  ...on('ok-tint', 'text', 'ok'),
  ...on('wait-tint', 'text', 'wait'),
  ...on('stop-tint', 'text', 'stop'),
  ...on('info-tint', 'text', 'info'),
  ...on('sensitive-tint', 'text', 'sensitive'),
  ...on('quiet-tint', 'text', 'text-2'),
  ...on('channel-tint', 'text'),
];

/** All else that is text: 4.5 to 1. */
const OTHER = [
  ...on('bg', 'text-3'),
  ...on('surface', 'text-3'),
  ...on('surface-sunk', 'text-3'),
  ...on('surface-deep', 'lamp-on-deep'),
  ...on('channel-tint', 'channel', 'channel-hover'),
  ...on('channel', 'on-channel'),
  ...on('channel-hover', 'on-channel'),
  ...on('quiet-tint', 'quiet'),
];

/** Borders of controls, focus rings and pictures: 3 to 1 (WCAG 2.2, success criterion 1.4.11). */
const SHAPES = [...on('bg', 'line-strong', 'focus'), ...on('surface', 'line-strong', 'focus', 'channel')];

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('contrast in the %s theme', (_, theme) => {
  it.each(READING)('is 7 to 1 for %s on %s', (ink, ground) => {
    expect(contrast(theme[ink], theme[ground])).toBeGreaterThanOrEqual(7);
  });

  it.each(OTHER)('is 4.5 to 1 for %s on %s', (ink, ground) => {
    expect(contrast(theme[ink], theme[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('is 3 to 1 for %s on %s', (ink, ground) => {
    expect(contrast(theme[ink], theme[ground])).toBeGreaterThanOrEqual(3);
  });

  it('lets one tone of the focus ring show on the deep panel', () => {
    const tones = [theme.focus, theme['focus-gap']].map((tone) => contrast(tone, theme['surface-deep']));
    expect(Math.max(...tones)).toBeGreaterThanOrEqual(3);
  });
});

describe('the contrast formula', () => {
  it('gives 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#6f868e', '#6f868e')).toBe(1);
  });
});

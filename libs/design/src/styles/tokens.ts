/**
 * The values every other rule reads. Places carry no colour; allow and refuse share one look, so there is no token for
 * a good button; no state is told by colour alone. The contrast of each pair is computed in tokens.spec.ts.
 */

/** Colours of the light theme, which is the default. */
export const light = {
  bg: '#f3f7f7',
  surface: '#ffffff',
  'surface-sunk': '#e9f0f1',
  'surface-deep': '#0b3a46',
  text: '#0f2329',
  'text-2': '#3a525b',
  'text-3': '#536a73',
  'on-deep': '#f1f8f8',
  'on-deep-2': '#b9d6da',
  line: '#cfdbdd',
  'line-strong': '#6f868e',
  channel: '#0b5462',
  'channel-hover': '#083f4a',
  'channel-tint': '#ddeef0',
  'on-channel': '#ffffff',
  link: '#09517a',
  'link-hover': '#083f60',
  'link-visited': '#594386',
  ok: '#17593c',
  'ok-tint': '#dff1e7',
  wait: '#704600',
  'wait-tint': '#fbeed3',
  stop: '#8d263b',
  'stop-tint': '#fae5e8',
  info: '#224b91',
  'info-tint': '#e3ecfa',
  sensitive: '#5c3994',
  'sensitive-tint': '#efe8fa',
  quiet: '#536a73',
  'quiet-tint': '#e9f0f1',
  lamp: '#e0763f',
  'lamp-on-deep': '#f09a68',
  focus: '#0a3fb5',
  'focus-gap': '#ffffff',
};

/** Name of a colour; components write `var(--bw-<name>)`. */
export type Colour = keyof typeof light;

/** Colours of the dark theme, used when the reader's system asks for it. */
export const dark: Readonly<Record<Colour, string>> = {
  bg: '#0b1519',
  surface: '#112026',
  'surface-sunk': '#0d1a1f',
  'surface-deep': '#0a2b35',
  text: '#e7f1f2',
  'text-2': '#bcced3',
  'text-3': '#97adb4',
  'on-deep': '#eaf5f6',
  'on-deep-2': '#a9cbd1',
  line: '#2a3f47',
  'line-strong': '#75909a',
  channel: '#73c7d4',
  'channel-hover': '#9adae3',
  'channel-tint': '#13343c',
  'on-channel': '#05232a',
  link: '#82c4f2',
  'link-hover': '#abd8f7',
  'link-visited': '#c4aeef',
  ok: '#7fd3a6',
  'ok-tint': '#12332a',
  wait: '#efbf6b',
  'wait-tint': '#3a2c10',
  stop: '#f2a0ae',
  'stop-tint': '#3e1c25',
  info: '#9cbef5',
  'info-tint': '#182c4d',
  sensitive: '#c9b1f4',
  'sensitive-tint': '#2c2146',
  quiet: '#97adb4',
  'quiet-tint': '#1a2b32',
  lamp: '#f09a68',
  'lamp-on-deep': '#f09a68',
  focus: '#ffd75e',
  'focus-gap': '#0b1519',
};

const colours = (theme: Readonly<Record<Colour, string>>): string =>
  Object.entries(theme)
    .map(([name, value]) => `--bw-${name}: ${value};`)
    .join(' ');

const darkRules = `color-scheme: dark; ${colours(dark)}
  --bw-e-1: 0 0 0 1px rgb(255 255 255 / .03); --bw-e-2: 0 10px 30px -8px rgb(0 0 0 / .6);`;

/** Custom properties: colour, type, space, form, motion; and what changes them (theme, language, large type, print). */
export const tokens = `
:root {
  color-scheme: light; ${colours(light)}

  /* :lang() picks the glyph forms: one Han character is drawn differently in Hong Kong and in the Mainland */
  --bw-latin: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial;
  --bw-hk: "PingFang HK", "Noto Sans HK", "Noto Sans CJK HK", "Source Han Sans HC", "Microsoft JhengHei UI",
    "Microsoft JhengHei", "PingFang TC";
  --bw-sc: "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI",
    "Microsoft YaHei";
  --bw-font: var(--bw-latin), var(--bw-hk), sans-serif;
  --bw-mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", Menlo, Consolas, monospace;

  /* 17 px body: Han strokes need it; nothing a resident reads is below 14 px */
  --bw-t-xs: .8125rem; --bw-t-s: .875rem; --bw-t-m: 1rem; --bw-t-body: 1.0625rem; --bw-t-l: 1.25rem;
  --bw-t-xl: clamp(1.375rem, 1.2rem + .7vw, 1.625rem);
  --bw-t-2xl: clamp(1.625rem, 1.3rem + 1.5vw, 2.25rem);
  --bw-t-3xl: clamp(1.875rem, 1.4rem + 2.2vw, 2.875rem);
  --bw-w-normal: 400; --bw-w-strong: 600;
  --bw-lead: 1.6; --bw-lead-tight: 1.28; --bw-track-title: -.012em; --bw-measure: 36rem;

  --bw-1: .25rem; --bw-2: .5rem; --bw-3: .75rem; --bw-4: 1rem; --bw-5: 1.5rem;
  --bw-6: 2rem; --bw-7: 3rem; --bw-8: 4rem; --bw-9: 6rem;
  --bw-gutter: clamp(1rem, 4vw, 2.5rem);
  --bw-tap: 3rem;

  --bw-r-s: .25rem; --bw-r-m: .5rem; --bw-r-l: .875rem; --bw-r-pill: 999px;
  --bw-b: 1px; --bw-b-control: 1.5px; --bw-b-chosen: 3px;
  --bw-e-1: 0 1px 2px rgb(8 40 48 / .07), 0 1px 0 rgb(8 40 48 / .03);
  --bw-e-2: 0 2px 6px rgb(8 40 48 / .08), 0 12px 28px -12px rgb(8 40 48 / .18);

  /* two tones, so the ring shows on any ground */
  --bw-ring: 0 0 0 3px var(--bw-focus-gap), 0 0 0 6px var(--bw-focus);

  --bw-m-fast: 120ms; --bw-m: 220ms; --bw-m-slow: 900ms; --bw-ease: cubic-bezier(.2, .7, .2, 1);
  --bw-z-sticky: 10; --bw-z-overlay: 50;
}
:root:lang(zh) { --bw-lead: 1.75; --bw-lead-tight: 1.4; --bw-track-title: 0; --bw-measure: 38em; }
:root:lang(zh-Hans) { --bw-font: var(--bw-latin), var(--bw-sc), sans-serif; }
:lang(zh-Hant) { font-family: var(--bw-latin), var(--bw-hk), sans-serif; }
:lang(zh-Hans) { font-family: var(--bw-latin), var(--bw-sc), sans-serif; }

@media (prefers-color-scheme: dark) { :root:not(.theme-light) { ${darkRules} } }
:root.theme-dark { ${darkRules} }

/* everything in rem grows by a quarter; layouts wrap, nothing is clipped */
:root.text-large { font-size: 125%; --bw-tap: 3.25rem; }

@media (prefers-contrast: more) {
  :root { --bw-line: var(--bw-line-strong); --bw-text-2: var(--bw-text); --bw-text-3: var(--bw-text);
    --bw-b-control: 2px; }
}
@media (prefers-reduced-motion: reduce) { :root { --bw-m-fast: 0ms; --bw-m: 0ms; --bw-m-slow: 0ms; } }
@media print {
  :root, :root.theme-dark, :root:not(.theme-light) {
    color-scheme: light; ${colours(light)}
    --bw-bg: #fff; --bw-surface: #fff; --bw-surface-sunk: #fff; --bw-text: #000; --bw-text-2: #000;
    --bw-text-3: #333; --bw-line: #777; --bw-e-1: none; --bw-e-2: none; --bw-t-body: 11pt;
  }
}
`;

import { createHash } from 'node:crypto';
import { brandIcon } from './brand-icon.js';
import { stylesheet } from './styles/index.js';

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The first 16 hex digits of the style sheet's SHA-256. */
export const stylesheetHash: string = shortHash(stylesheet);

/** Where pages look for the style sheet; the name changes with its bytes, so it may be cached for ever. */
export const stylesheetPath: string = `/assets/bayway.${stylesheetHash}.css`;

/** Where pages look for the icon of the browser's tab. */
export const iconPath: string = `/assets/bayway.${shortHash(brandIcon)}.svg`;

/** A file that every service with pages serves at `path`. */
export type Asset = Readonly<{ path: string; contentType: string; body: string }>;

/** The files pages need. Serve each with {@link ASSET_CACHE_CONTROL}; no page needs any other address. */
export const assets: readonly Asset[] = [
  { path: stylesheetPath, contentType: 'text/css; charset=utf-8', body: stylesheet },
  { path: iconPath, contentType: 'image/svg+xml; charset=utf-8', body: brandIcon },
];

/** `Cache-Control` of an asset: its name carries its hash (RFC 8246). */
export const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

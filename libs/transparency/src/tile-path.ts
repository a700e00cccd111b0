import { wholeNumber } from './decimal.js';
import { TransparencyError } from './transparency-error.js';

/** Hashes in a full tile, and entries in a full bundle. */
export const TILE_WIDTH = 256;

/** Name of a tile of hashes (`level` 0 to 63) or of an entry bundle (`level` `entries`); `width` 256 is the full one. */
export type TileId = Readonly<{ level: number | 'entries'; index: number; width: number }>;

/**
 * Path of a tile below the log's prefix, as in `tile/0/x001/x234/067.p/8` (tlog-tiles).
 *
 * @throws TransparencyError `tile-malformed` or `number-invalid`
 */
export function tilePath({ level, index, width }: TileId): string {
  if (level !== 'entries' && wholeNumber(level) > 63) throw refused('tile level is above 63');
  if (width < 1 || wholeNumber(width) > TILE_WIDTH) throw refused('tile width is not 1 to 256');
  const groups = [];
  let rest = wholeNumber(index);
  do {
    groups.unshift((groups.length ? 'x' : '') + String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  return `tile/${level}/${groups.join('/')}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/**
 * Reads a path that {@link tilePath} writes, and no other spelling of it.
 *
 * @throws TransparencyError `tile-malformed` or `number-invalid`
 */
export function parseTilePath(path: string): TileId {
  const [, level, groups, width] = PATH.exec(path) ?? [];
  if (!level || !groups) throw refused('not a tile path');
  const tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  } as const;
  if (tilePath(tile) !== path) throw refused('not the one spelling of a tile path');
  return tile;
}

const refused = (message: string) => new TransparencyError('tile-malformed', message);

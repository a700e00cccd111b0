import { base } from './base.js';
import { forms } from './forms.js';
import { frame } from './frame.js';
import { parts } from './parts.js';
import { places } from './places.js';
import { print } from './print.js';
import { span } from './span.js';
import { tokens } from './tokens.js';

/** The style sheet of every page: no imports, no fonts, no images, no addresses. */
export const stylesheet: string = [tokens, base, frame, span, parts, forms, places, print].join('');

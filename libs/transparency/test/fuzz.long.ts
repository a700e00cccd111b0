import { jest } from '@jest/globals';
import { fuzzParsers } from './fuzz.js';

// Thirteen parsers: 1.3 million inputs altogether.
jest.setTimeout(1_800_000);
fuzzParsers(100_000);

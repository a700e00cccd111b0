import { jest } from '@jest/globals';
import { fuzzParsers } from './fuzz.js';

// Thirteen parsers, a million inputs each.
jest.setTimeout(7_200_000);
fuzzParsers(1_000_000);

import { fuzzParsers } from './fuzz.js';

fuzzParsers(10_000);

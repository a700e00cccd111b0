import { readConfig, run } from '@bayway/service';
import { EvidenceConfig } from './config.js';
import { serveEvidence } from './serve-evidence.js';

await run(() => serveEvidence(readConfig(EvidenceConfig)));

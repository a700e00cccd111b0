import { type Running, serve } from '@bayway/service';
import type { EvidenceConfig } from './config.js';
import { schema } from './data-source.js';
import { EvidenceModule } from './evidence.module.js';
import { checkDirectoryFile, directorySource } from './key-directory/directory-file.js';
import { mountVerifier } from './verifier/mount-verifier.js';
import { mountWitness } from './witness/witness-endpoint.js';

/** Starts an evidence service with these settings. @throws SettingError */
export async function serveEvidence(config: EvidenceConfig): Promise<Running> {
  await checkDirectoryFile(config);
  return serve(
    { name: 'evidence', module: EvidenceModule, schema, config },
    {
      directory: directorySource(config),
      mount: async (app) => {
        mountWitness(app);
        await mountVerifier(app, config);
      },
    },
  );
}

import { readConfig, SettingError } from '@bayway/service';
import { z } from 'zod';
import { ConnectorConfig } from '../config.js';

/** CONNECTORS: JSON array of settings, each laid over the environment. */
const Several = z
  .array(z.record(z.string().max(60), z.string().max(20_000)))
  .min(1)
  .max(10);

/**
 * The settings of connectors that share a process, or null where CONNECTORS is not set.
 * @throws SettingError
 */
export function settingsOfSeveral(environment: NodeJS.ProcessEnv): [ConnectorConfig, ...ConnectorConfig[]] | null {
  const text = environment['CONNECTORS'];
  if (text === undefined) return null;
  const parsed = Several.safeParse(json(text));
  if (!parsed.success) throw new SettingError(['CONNECTORS: is not a JSON array of settings']);
  return parsed.data.map((own) => readConfig(ConnectorConfig, { ...environment, ...own })) as [
    ConnectorConfig,
    ...ConnectorConfig[],
  ];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

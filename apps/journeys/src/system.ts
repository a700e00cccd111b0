import { rm } from 'node:fs/promises';
import { startBay, temporaryHome, topology, WORKSPACE, type Bay } from '@bayway/infra';
import { layLink, type Link } from './link.js';

/** The whole system, started as `npm start` starts it, in a folder and on ports of its own. */
export type System = Readonly<{
  bay: Bay;
  home: string;
  /** Over which Macao and the Mainland reach the bus of Hong Kong. */
  link: Link;
  /** The bank of the main job, and the bank of each jurisdiction. */
  bank: string;
  banks: Record<'hk' | 'mo' | 'cn', string>;
  console: Record<'hk' | 'mo' | 'cn', string>;
  stop: () => Promise<void>;
}>;

/** @param base first port; another one than `npm start` uses, so that both can run */
export async function startSystem(base = 14_000): Promise<System> {
  const home = await temporaryHome('bayway-journeys-');
  const ended: string[] = [];
  const link = await layLink(topology(base).nats.hk.leafPort);
  const bay = await startBay({
    home,
    workspace: WORKSPACE,
    base,
    leafUrls: { hk: link.url },
    onUnexpectedEnd: (end) => ended.push(`${end.name}: ${end.how}: ${end.lastLine}`),
  });
  const stop = async (): Promise<void> => {
    await bay.stop();
    await link.cut();
    await rm(home, { recursive: true, force: true });
    if (ended.length > 0) throw new Error(`programs ended that nobody had ended:\n${ended.join('\n')}`);
  };
  return {
    bay,
    home,
    link,
    bank: local(bay.topology.sandbox.bank),
    banks: {
      hk: local(bay.topology.sandbox.bank),
      mo: local(bay.topology.sandbox.lotusBank),
      cn: local(bay.topology.sandbox.qianwanBank),
    },
    console: bay.topology.urlsOf('console'),
    stop,
  };
}

const local = (port: number): string => `http://localhost:${port}`;

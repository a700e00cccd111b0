import { randomBytes, randomUUID } from 'node:crypto';
import type { Carried } from './carried.js';
import type { Received } from './exchange.js';
import type { Outcome } from './outcome.js';
import type { Flow, Grant } from './sign-in.js';

/** A customer's application: where it stands, and what came of it. `working` while the bank talks to the broker. */
export type Application = {
  readonly id: string;
  /** Value of the cookie of the browser that made it. */
  readonly owner: string;
  readonly flow: Flow;
  /** Its callback has come; a second one is nobody's. */
  calledBack: boolean;
  grant?: Grant;
  working: boolean;
  received?: Received;
  /** The record that the customer brought, in mode `verify`. */
  carried?: Carried;
  outcome?: Outcome;
  /** How often a report has arrived. */
  fetched: number;
};

const LIMIT = 500;

const WITHDRAWN: Outcome = {
  code: 'consent-withdrawn',
  title: 'You withdrew your consent. We stopped using the report and deleted it.',
};

/** The applications of the last hours, in memory, the oldest dropped first. */
export class Applications {
  private readonly byId = new Map<string, Application>();

  open(owner: string, flow: Flow): Application {
    const application: Application = { id: randomUUID(), owner, flow, calledBack: false, working: false, fetched: 0 };
    this.byId.set(application.id, application);
    const oldest = this.byId.size > LIMIT ? this.byId.keys().next() : undefined;
    if (oldest && !oldest.done) this.byId.delete(oldest.value);
    return application;
  }

  /** An application of this browser; another's does not exist for it. */
  find(id: string, owner: string): Application | undefined {
    const found = this.byId.get(id);
    return found?.owner === owner ? found : undefined;
  }

  /** She withdrew: the report is gone, and the customer reads why. */
  withdrawn(consentId: string): void {
    for (const application of this.byId.values()) {
      if (application.grant?.detail.consent_id !== consentId) continue;
      delete application.received;
      delete application.carried;
      application.outcome = WITHDRAWN;
    }
  }

  /** The application of this browser that waits for this callback; it can be called back once. */
  callBack(state: string, owner: string): Application | undefined {
    const waiting = [...this.byId.values()].find(
      (each) => each.owner === owner && each.flow.state === state && !each.calledBack,
    );
    if (waiting) waiting.calledBack = true;
    return waiting;
  }
}

/** A name for a browser that nobody can guess. */
export const newOwner = (): string => randomBytes(24).toString('base64url');

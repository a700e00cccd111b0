import { Applications, type Application } from './applications.js';
import { readCarried, type Carried } from './carried.js';
import { detailOf, type Wish } from './detail.js';
import { Exchange } from './exchange.js';
import { isUnreached, messageOf, outcomeOfError, type Outcome } from './outcome.js';
import type { BankSettings } from './settings.js';
import { BankClient } from './sign-in.js';

const OURS: Outcome = { code: 'bank-fault', title: 'Something went wrong at the bank. Nothing was decided.' };
const UNREACHED: Outcome = {
  code: 'temporarily_unavailable',
  title: 'The sign-in service does not answer. Nothing was sent; try again later.',
};

/** What happens at the bank's desk. Every failure becomes an outcome that the customer can read. */
export class Desk {
  readonly applications = new Applications();
  private readonly client: BankClient;

  /** @param onFault hears of faults that are the bank's own; it gets no personal data */
  constructor(
    private readonly settings: BankSettings,
    private readonly onFault: (fault: string) => void,
  ) {
    this.client = new BankClient(settings);
  }

  /** Asks for authorization; answers where the customer goes, or why it cannot be asked. */
  async ask(wish: Wish, owner: string, carried?: Carried): Promise<{ url: URL } | { outcome: Outcome }> {
    try {
      const { url, flow } = await this.client.begin(detailOf(wish, this.settings.keys.enc.kid));
      const application = this.applications.open(owner, flow);
      if (carried) application.carried = carried;
      return { url };
    } catch (error) {
      return { outcome: this.explain(error) };
    }
  }

  /** The customer is back: redeems the code and begins to fetch. Null for a callback that belongs to nobody here. */
  async comeBack(callback: URL, owner: string): Promise<Application | null> {
    const application = this.applications.callBack(callback.searchParams.get('state') ?? '', owner);
    if (!application) return null;
    try {
      application.grant = await this.client.finish(application.flow, callback);
      void this.fetch(application);
    } catch (error) {
      application.outcome = this.explain(error);
    }
    return application;
  }

  /** Fetches the report under the consent there is; one fetch at a time. */
  async fetch(application: Application): Promise<void> {
    const { grant, carried } = application;
    if (!grant || application.working) return;
    Object.assign(application, { working: true, outcome: undefined, received: undefined });
    try {
      const result = await new Exchange(this.settings, this.client, { grant, carried }).run();
      Object.assign(application, result, 'received' in result ? { fetched: application.fetched + 1 } : {});
    } catch (error) {
      application.outcome = this.explain(error);
    }
    application.working = false;
  }

  /** Reads what a customer brought; null for a file that its holder did not sign for this. */
  async receive(file: string, { product }: Wish): Promise<Carried | null> {
    try {
      return await readCarried(file, product, this.settings);
    } catch (error) {
      this.onFault(`bank: a file that was brought is refused: ${messageOf(error)}`);
      return null;
    }
  }

  private explain(error: unknown): Outcome {
    const known = outcomeOfError(error);
    if (known) return known;
    this.onFault(`bank: ${messageOf(error)}`);
    return isUnreached(error) ? UNREACHED : OURS;
  }
}

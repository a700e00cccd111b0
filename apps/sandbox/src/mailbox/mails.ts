import type { ParsedMail } from 'mailparser';

/** A mail as the mailbox keeps it. */
export type Mail = Readonly<{
  id: number;
  to: string;
  from: string;
  subject: string;
  text: string;
  receivedAt: string;
}>;

const LIMIT = 500;
const TEXT_LIMIT = 20_000;

/** The last 500 mails, newest first, in memory only. */
export class Mails {
  private readonly kept: Mail[] = [];
  private received = 0;

  /** @param receivedAt RFC 3339 */
  keep(parsed: ParsedMail, receivedAt: string): Mail {
    const to = [parsed.to ?? []]
      .flat()
      .map(({ text }) => text)
      .join(', ');
    this.received += 1;
    const mail: Mail = {
      id: this.received,
      to: to.slice(0, 320),
      from: (parsed.from?.text ?? '').slice(0, 320),
      subject: (parsed.subject ?? '').slice(0, 500),
      text: (parsed.text ?? '').slice(0, TEXT_LIMIT),
      receivedAt,
    };
    this.kept.unshift(mail);
    if (this.kept.length > LIMIT) this.kept.pop();
    return mail;
  }

  /** Newest first; only those to this address when one is given. */
  list(to?: string): readonly Mail[] {
    return to === undefined ? this.kept : this.kept.filter((mail) => mail.to.toLowerCase().includes(to.toLowerCase()));
  }

  find(id: number): Mail | undefined {
    return this.kept.find((mail) => mail.id === id);
  }
}

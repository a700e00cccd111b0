import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { digestOf } from '@bayway/envelope';
import type { Session } from '../sessions/sessions.service.js';
import { Administration } from './administration.service.js';

/** A page that wants to hear. */
export type Listener = Readonly<{
  /** Its session as it stands, or null once it has ended. */
  session: () => Promise<Session | null>;
  tell: (event: 'changed' | 'still') => void;
  end: () => void;
}>;

/** What is looked at, for all pages at once; every role may see it. */
const WATCHED = ['traffic/flows', 'evidence/alarms'] as const;
const LOOK_MS = 5_000;

/**
 * Tells live pages that something happened. However many pages listen, the services are asked once in five seconds, and
 * not at all while nobody listens. A page then reads what it shows with its own session.
 */
@Injectable()
export class Live implements OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private timer: NodeJS.Timeout | undefined;
  private last: string | null = null;

  constructor(@Inject(Administration) private readonly administration: Administration) {}

  /** @returns how to stop listening */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    return () => this.leave(listener);
  }

  onModuleDestroy(): void {
    for (const listener of this.listeners) {
      this.leave(listener);
      listener.end();
    }
  }

  private leave(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.last = null;
  }

  private async look(): Promise<void> {
    const sessions = await Promise.all([...this.listeners].map((listener) => this.sessionOf(listener)));
    const session = sessions.find((one) => one !== null);
    if (!session) return;
    const now = await this.standing(session);
    const event = this.last === null || this.last === now ? 'still' : 'changed';
    this.last = now;
    for (const listener of this.listeners) listener.tell(event);
  }

  private async sessionOf(listener: Listener): Promise<Session | null> {
    const session = await listener.session().catch(() => null);
    if (session) return session;
    this.leave(listener);
    listener.end();
    return null;
  }

  /** A digest of what the services say now; that one is away is a change as well. */
  private async standing(session: Session): Promise<string> {
    const asked = WATCHED.map((path) =>
      this.administration.ask(session, { method: 'GET', path, query: '', body: undefined }).then(
        ({ status, body }) => `${status}${body.replace(/"(since|at)":"[^"]*"/g, '')}`,
        () => 'away',
      ),
    );
    return digestOf((await Promise.all(asked)).join('\n'));
  }
}

import { createElement } from 'react';
import { Inject, Injectable } from '@nestjs/common';
import { powersToAct, type RepresentationView } from '@bayway/contracts';
import type { AssuranceLevel, Language } from '@bayway/domain';
import { Bus, CONFIG, Keys } from '@bayway/service';
import type { IdentityConfig } from '../config.js';
import { ForWhomPage } from '../pages/for-whom.js';
import { htmlOf } from '../pages/page-context.js';
import type { ResidentEntity } from '../residents/resident.entity.js';
import { Residents } from '../residents/residents.service.js';
import { Secrets } from '../secrets.js';
import type { Waiting } from '../sign-in/request.service.js';
import { signActor } from './actor.js';

/** Whoever is signed in, at which level. */
type Actor = Readonly<{ resident: ResidentEntity; level: AssuranceLevel }>;
type Represented = Readonly<{ subject: ResidentEntity; kind: RepresentationView['kind'] }>;
type Chosen = Readonly<{ subject: ResidentEntity } | { page: string }>;

/** For whom an ask is answered: for herself, or for a child or an organisation by a recorded power. */
@Injectable()
export class ForWhom {
  @Inject(CONFIG) private readonly config!: IdentityConfig;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Keys) private readonly keys!: Keys;
  @Inject(Secrets) private readonly secrets!: Secrets;
  @Inject(Residents) private readonly residents!: Residents;

  /** Whoever was chosen, or the page to choose on; nobody is asked who may answer for herself only. */
  async choose(waiting: Waiting, actor: Actor, choice: unknown): Promise<Chosen> {
    const { view, base, csrf, asker, detail } = waiting;
    const others = detail ? await this.represented(actor, detail.dataset) : [];
    const all = [actor.resident, ...others.map(({ subject }) => subject)];
    const chosen = all.length === 1 ? actor.resident : all.find((one) => this.nameFor(waiting, one) === choice);
    if (chosen) return { subject: chosen };
    const choices = [{ subject: actor.resident, kind: null }, ...others].map(({ subject, kind }) => ({
      href: this.hrefOf(waiting, subject),
      name: nameIn(view.language, subject),
      kind,
    }));
    return { page: htmlOf(createElement(ForWhomPage, { view, base, csrf, asker, choices })) };
  }

  /** Where the ask about a subject is shown. */
  hrefOf(waiting: Waiting, subject: ResidentEntity): string {
    return `${waiting.base}?for=${this.nameFor(waiting, subject)}`;
  }

  /** A name that is good in this interaction only: no identifier stands in an address. */
  private nameFor({ interaction }: Waiting, { id }: ResidentEntity): string {
    return this.secrets.mac('forms', `for\n${interaction.uid}\n${id}`);
  }

  /** Those whom consent names; it checks the power again with every ask and every answer. */
  private async represented({ resident, level }: Actor, dataset: string): Promise<Represented[]> {
    const signer = { keys: this.keys, me: this.config.JURISDICTION };
    const actor = await signActor(signer, 'consent', { residentId: resident.id, level });
    const { powers } = await this.bus.ask(powersToAct, { dataset }, { actor });
    const found = await Promise.all(
      powers.map(async ({ kind, subject: id }) => ({ kind, subject: await this.residents.find(id) })),
    );
    return found.flatMap(({ kind, subject }) => (subject ? [{ kind, subject }] : []));
  }
}

/** A name as its bearer's documents have it, in the script of the language. */
export const nameIn = (language: Language, { name, nameLatin }: ResidentEntity): string =>
  language.startsWith('zh') ? name : (nameLatin ?? name);

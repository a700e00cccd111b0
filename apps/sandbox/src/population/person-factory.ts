import { createHash } from 'node:crypto';
import { type IdentityDocument, type Language, type Place } from '@bayway/domain';
import { cityOf, schemeOf, type Scheme } from '../cities/scheme.js';
import { DocumentFactory, earlierIssue } from './documents.js';
import { loginFor, nameFor, type PersonName, type Sex } from './names.js';
import type { CityAccount, Person } from './person.js';
import { randomFrom, type Random } from './random.js';

/** What is fixed about a person; everything else is drawn. Levels are `acr` values by city. */
export type PersonWish = Readonly<{
  home: Place;
  login?: string;
  name?: PersonName;
  sex?: Sex;
  bornOn?: string;
  /** Cards from another place that the person holds beside those of her home. */
  holds?: readonly ('home-return-permit' | 'residence-permit' | 'hkid')[];
  /** City slug to the strongest level of the account there. */
  accounts: Readonly<Record<string, string>>;
  creditFile: boolean;
}>;

/** Makes people one after the other; the same seed and the same wishes give the same people. */
export class PersonFactory {
  private readonly documents = new DocumentFactory();
  private readonly logins = new Set<string>();
  private made = 0;

  constructor(private readonly seed: string) {}

  make(wish: PersonWish): Person {
    const random = randomFrom(`${this.seed} person ${this.made++}`);
    const sex = wish.sex ?? (random.chance(50) ? 'female' : 'male');
    const name = wish.name ?? nameFor(wish.home, sex, random);
    const bornOn = wish.bornOn ?? birthDay(random);
    const login = this.freeLogin(wish.login ?? loginFor(name));
    const documents = this.documentsOf(wish, { bornOn, sex }, random);
    const accounts = Object.entries(wish.accounts).map(([city, acr]) => this.account(login, { city, acr }, documents));
    return {
      login,
      name,
      sex,
      bornOn,
      home: wish.home,
      phone: `${PHONE[wish.home] ?? '+86 100 0000'} ${String(this.made).padStart(4, '0')}`,
      email: `${login}@mail.example`,
      locale: localeOf(wish.home, name),
      documents,
      accounts,
      creditFile: wish.creditFile ? registered(documents) : null,
    };
  }

  /** A document of an organisation: a credit code on the Mainland, a business number in Hong Kong. */
  organisationDocument(place: Place): IdentityDocument {
    return place === 'HK' ? this.documents.hkBusinessNumber() : this.documents.uscc(place);
  }

  private freeLogin(wanted: string): string {
    let login = wanted;
    for (let n = 2; this.logins.has(login); n += 1) login = `${wanted}${n}`;
    this.logins.add(login);
    return login;
  }

  private documentsOf(wish: PersonWish, birth: { bornOn: string; sex: Sex }, random: Random): IdentityDocument[] {
    const { home, holds = [] } = wish;
    const own =
      home === 'HK'
        ? this.documents.hkid()
        : home === 'MO'
          ? this.documents.bir()
          : this.documents.residentCard(home, birth);
    const region = home === 'MO' ? 'MO' : 'HK';
    const others = holds.map((kind) => {
      if (kind === 'hkid') return this.documents.hkid();
      if (kind === 'residence-permit') return this.documents.residencePermit(region, birth);
      return this.documents.homeReturnPermit(region, random.below(4));
    });
    return [own, ...others];
  }

  private account(login: string, at: { city: string; acr: string }, held: readonly IdentityDocument[]): CityAccount {
    const city = cityOf(at.city);
    const sub = createHash('sha256').update(`${this.seed} ${at.city} ${login}`).digest('hex').slice(0, 24);
    const known = held.filter(({ kind }) => KNOWN_TO[schemeOf(city).id].includes(kind));
    return { city: at.city, login, sub, acr: at.acr, documents: known };
  }
}

/** The cards by which each scheme registers a person. */
const KNOWN_TO: Readonly<Record<Scheme['id'], readonly string[]>> = {
  'iam-smart': ['hkid'],
  'macao-one': ['bir', 'hkid'],
  guangdong: ['resident-identity-card', 'home-return-permit', 'residence-permit'],
  zhejiang: ['resident-identity-card', 'home-return-permit', 'residence-permit'],
};

/** Subscriber numbers that no operator assigns. */
const PHONE: Readonly<Record<string, string>> = { HK: '+852 0000', MO: '+853 0000' };

/** Institutions on the Mainland register a Mainland document, and often the permit as it was before its last re-issue. */
function registered(documents: readonly IdentityDocument[]): IdentityDocument | null {
  const usable = documents.find(({ kind }) => kind === 'resident-identity-card' || kind === 'home-return-permit');
  return usable?.kind === 'home-return-permit' ? earlierIssue(usable) : (usable ?? null);
}

function birthDay(random: Random): string {
  const day = Date.UTC(1948, 0, 1) + random.below(58 * 365) * 86_400_000;
  return new Date(day).toISOString().slice(0, 10);
}

function localeOf(home: Place, name: PersonName): Language {
  if (name.zh === null) return 'pt';
  return home === 'HK' || home === 'MO' ? 'zh-Hant' : 'zh-Hans';
}

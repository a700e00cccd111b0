import { describe, expect, it } from '@jest/globals';
import { CITIES, IdentityDocument, Language, isValidDocument, matchKey } from '@bayway/domain';
import { cityOf, schemeOf } from '../cities/scheme.js';
import { CHILDREN, PERSONAS } from './personas.js';
import { makePopulation } from './population.js';

const { people, organisations } = makePopulation();
const documents = people.flatMap((person) => person.documents);
const personOf = (login: string) => people.find((person) => person.login === login)!;

describe('makePopulation', () => {
  it('makes a thousand residents in all twelve cities, and children of personas', () => {
    expect(people).toHaveLength(1_000 + CHILDREN.length);
    for (const { place } of CITIES)
      expect(people.filter(({ home }) => home === place).length).toBeGreaterThanOrEqual(30);
  });

  it('makes the same people from the same seed, and others from another', () => {
    expect(makePopulation()).toEqual({ people, organisations });
    const others = new Set(makePopulation('another').people.map(({ name, bornOn }) => `${name.latin} ${bornOn}`));
    const shared = people.filter(({ name, bornOn }) => others.has(`${name.latin} ${bornOn}`));
    expect(shared.length).toBeLessThan(PERSONAS.length + 10);
  });

  it('gives every document a valid number in one notation, and nobody the number of somebody else', () => {
    const all = [...documents, ...organisations.map(({ document }) => document)];
    for (const document of all) {
      expect(IdentityDocument.parse(document)).toEqual(document);
      expect([document.kind, isValidDocument(document.kind, document.number)]).toEqual([document.kind, true]);
    }
    expect(new Set(all.map(matchKey)).size).toBe(all.length);
  });

  it('uses only numbers that no issuer gives out', () => {
    const real = documents.filter(({ kind, number }) => {
      if (kind === 'hkid') return !number.startsWith('QX');
      if (kind === 'bir') return !number.startsWith('799');
      if (kind === 'home-return-permit') return !/^[HM]99/.test(number);
      if (kind === 'residence-permit') return number[14] !== '9';
      return !/^\d{4}(00|99)/.test(number);
    });
    expect(real).toEqual([]);
  });

  it('writes birth day and sex into Mainland card numbers as the person has them', () => {
    for (const { documents: held, bornOn, sex } of people) {
      for (const { number } of held.filter(({ kind }) => /resident|residence/.test(kind))) {
        expect(number.slice(6, 14)).toBe(bornOn.replaceAll('-', ''));
        expect(Number(number[16]) % 2 === 1 ? 'male' : 'female').toBe(sex);
      }
    }
  });

  it('gives unique logins and subject identifiers, and addresses that reach nobody', () => {
    expect(new Set(people.map(({ login }) => login)).size).toBe(people.length);
    const subs = people.flatMap(({ accounts }) => accounts.map(({ sub }) => sub));
    expect(new Set(subs).size).toBe(subs.length);
    for (const person of people) {
      expect(person.login).toMatch(/^[a-z]+\.[a-z]+\d*$/);
      expect(person.email).toMatch(/@mail\.example$/);
      expect(person.phone).toMatch(/^\+(852 0000|853 0000|86 100 0000) \d{4}$/);
      expect(Language.safeParse(person.locale).success).toBe(true);
    }
  });

  it('gives every account a level of its own city and a document the city can know', () => {
    for (const account of people.flatMap((person) => person.accounts)) {
      expect(schemeOf(cityOf(account.city)).acrs).toContain(account.acr);
      expect(account.documents.length).toBeGreaterThan(0);
    }
  });

  it('writes names as each place does', () => {
    const of = (home: string) => people.filter((person) => person.home === home).map(({ name }) => name);
    for (const { latin } of of('HK')) expect(latin).toMatch(/^[A-Z]+ [A-Z][a-z]+( [A-Z][a-z]+)?$/);
    for (const { latin } of of('CN-440100')) expect(latin).toMatch(/^[A-Z]+ [A-Z][a-z]+$/);
    expect(of('MO').filter(({ zh }) => zh === null).length).toBeGreaterThan(3);
    expect(
      of('MO')
        .filter(({ zh }) => zh !== null)
        .every(({ latin }) => latin === latin.toUpperCase()),
    ).toBe(true);
  });

  it('lets some people of Hong Kong and Macao hold Mainland permits, and some of them an account and a file there', () => {
    const east = people.filter(({ home }) => home === 'HK' || home === 'MO');
    const holders = east.filter((person) => person.documents.some(({ kind }) => kind === 'home-return-permit'));
    expect(holders.length).toBeGreaterThan(100);
    expect(holders.length).toBeLessThan(east.length - 50);
    expect(holders.filter((person) => person.accounts.length === 2).length).toBeGreaterThan(60);
    expect(holders.filter((person) => person.creditFile).length).toBeGreaterThan(30);
    expect(
      east.filter((person) => person.documents.some(({ kind }) => kind === 'residence-permit')).length,
    ).toBeGreaterThan(15);
  });
});

describe('the personas', () => {
  it('have what the guides say of them', () => {
    const chan = personOf('chan.meiyee');
    expect(chan.documents.map(({ kind }) => kind)).toEqual(['hkid', 'home-return-permit']);
    expect(chan.accounts.map(({ city, acr }) => `${city} ${acr}`)).toEqual([
      'hong-kong iamsmart-plus',
      'shenzhen gd-4',
    ]);
    expect(chan.accounts[1]!.documents).toEqual([chan.documents[1]]);
    expect(personOf('ho.nofile').creditFile).toBeNull();
    expect(personOf('shen.yuning').documents.map(({ kind }) => kind)).toEqual(['resident-identity-card', 'hkid']);
  });

  it('are known to the credit agency by an issue of the permit that may be older than the card', () => {
    for (const login of ['chan.meiyee', 'wong.kahou']) {
      const person = personOf(login);
      const permit = person.documents.find(({ kind }) => kind === 'home-return-permit')!;
      expect(matchKey(person.creditFile!)).toBe(matchKey(permit));
    }
    expect(
      people.some(
        ({ creditFile: file, documents: held }) => file && !held.some(({ number }) => number === file.number),
      ),
    ).toBe(true);
  });

  it('sign for organisations that name existing people', () => {
    for (const { signatories } of organisations) for (const login of signatories) expect(personOf(login)).toBeDefined();
  });
});

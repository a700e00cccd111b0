import {
  hkidCheckDigit,
  residentCheckDigit,
  usccCheckCharacter,
  type IdentityDocument,
  type Place,
} from '@bayway/domain';
import type { Sex } from './names.js';

type Birth = Readonly<{ bornOn: string; sex: Sex }>;

/**
 * Makes well-formed numbers that no issuer gives out, each only once: card areas that stand for a whole city or for no
 * county, HKID prefix `QX`, permits above `99`, Macao cards above `799`, organisations whose code starts with `XX`.
 */
export class DocumentFactory {
  private readonly counts = new Map<string, number>();

  residentCard(place: Place, birth: Birth): IdentityDocument {
    return { kind: 'resident-identity-card', number: this.citizenNumber(cardArea(place), birth, 100) };
  }

  residencePermit(home: 'HK' | 'MO', birth: Birth): IdentityDocument {
    const area = home === 'HK' ? '810000' : '820000';
    return { kind: 'residence-permit', number: this.citizenNumber(area, birth, 900) };
  }

  hkid(): IdentityDocument {
    const body = `QX${this.scattered('hkid', 6)}`;
    return { kind: 'hkid', number: body + hkidCheckDigit(body) };
  }

  bir(): IdentityDocument {
    return { kind: 'bir', number: `799${this.scattered('bir', 5)}` };
  }

  /** @param issue how often the permit was issued again, 0 to 99 */
  homeReturnPermit(home: 'HK' | 'MO', issue: number): IdentityDocument {
    const lifetime = `${home === 'HK' ? 'H' : 'M'}99${this.scattered('permit', 6)}`;
    return { kind: 'home-return-permit', number: lifetime + String(issue).padStart(2, '0') };
  }

  uscc(place: Place): IdentityDocument {
    const body = `91${place.slice(3)}XX${this.scattered('uscc', 6)}0`;
    return { kind: 'uscc', number: body + usccCheckCharacter(body) };
  }

  hkBusinessNumber(): IdentityDocument {
    return { kind: 'hk-brn', number: `99${this.scattered('brn', 6)}` };
  }

  private citizenNumber(area: string, { bornOn, sex }: Birth, from: number): string {
    const body = area + bornOn.replaceAll('-', '');
    const sequence = from + 2 * this.next(`${body}-${sex}`) + (sex === 'male' ? 1 : 0);
    const digits = body + String(sequence).padStart(3, '0');
    return digits + residentCheckDigit(digits);
  }

  /** The next number of a kind: all different, spread over the range, never in a row. */
  private scattered(kind: string, length: number): string {
    const range = 10 ** length;
    return String((this.next(kind) * 61_803 + 12_345) % range).padStart(length, '0');
  }

  private next(key: string): number {
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    return count;
  }
}

/** Cards carry the code of a county; Dongguan and Zhongshan have none and use the city's, so that theirs gets a free one. */
const cardArea = (place: Place): string => {
  const code = place.slice(3);
  return code === '441900' || code === '442000' ? `${code.slice(0, 4)}99` : code;
};

/** The same permit at its previous issue, as an institution knows it that has not seen the new card. */
export const earlierIssue = (permit: IdentityDocument): IdentityDocument => ({
  kind: permit.kind,
  number: permit.number.slice(0, 9) + String(Math.max(0, Number(permit.number.slice(9)) - 1)).padStart(2, '0'),
});

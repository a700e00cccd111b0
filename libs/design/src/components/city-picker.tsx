import { CITIES, type Place } from '@bayway/domain';
import type { ReactElement } from 'react';
import { identityName, placeName } from '../text/format.js';
import { t } from '../text/messages.js';
import { Part } from './layout.js';
import type { Locale } from '../text/locale.js';

/** A city she can sign in with. `name` and `identity` are needed only where the shared words have none. */
export type CityChoice = Readonly<{ place: Place; href: string; name?: string; identity?: string }>;

export type CityPickerProps = Readonly<{
  language: Locale;
  choices: readonly CityChoice[];
  /** The city of her last sign-in on this browser; it stands first, on its own. */
  lastUsed?: Place;
}>;

const SHORE: readonly Place[] = CITIES.filter(({ bay }) => bay).map(({ place }) => place);

/** Latin name without marks, for the order by pinyin. */
const latinName = ({ place, name }: CityChoice): string =>
  CITIES.find((city) => city.place === place)?.slug ?? name ?? place;

function City({ language, choice }: Readonly<{ language: Locale; choice: CityChoice }>): ReactElement {
  const identity = choice.identity ?? identityName(language, choice.place);
  return (
    <li>
      <a href={choice.href}>
        <b>{choice.name ?? placeName(language, choice.place)} </b>
        {identity === null ? null : <small>{identity}</small>}
      </a>
    </li>
  );
}

function Cities({ language, choices }: Readonly<{ language: Locale; choices: readonly CityChoice[] }>): ReactElement {
  return (
    <ul className="shore">
      {choices.map((choice) => (
        <City key={choice.place} language={language} choice={choice} />
      ))}
    </ul>
  );
}

/**
 * The cities to sign in with: last used first, then the Bay's along the shore from east to west, then other Mainland
 * cities by pinyin. Whatever order `choices` has, no place gets a rank; the rule of the order stands below each list.
 */
export function CityPicker({ language, choices, lastUsed }: CityPickerProps): ReactElement {
  const { signIn } = t(language);
  const last = choices.filter(({ place }) => place === lastUsed);
  const bay = choices
    .filter(({ place }) => SHORE.includes(place))
    .sort((a, b) => SHORE.indexOf(a.place) - SHORE.indexOf(b.place));
  const others = choices
    .filter(({ place }) => !SHORE.includes(place))
    .sort((a, b) => latinName(a).localeCompare(latinName(b), 'en'));
  return (
    <div className="stack-l">
      {last.length === 0 ? null : (
        <Part id="last-used" title={signIn.lastUsed}>
          <Cities language={language} choices={last} />
        </Part>
      )}
      {bay.length === 0 ? null : (
        <Part id="bay-cities" title={signIn.bayCities}>
          <Cities language={language} choices={bay} />
          <p className="small">{signIn.shoreOrder}</p>
        </Part>
      )}
      {others.length === 0 ? null : (
        <Part id="other-cities" title={signIn.otherCities}>
          <Cities language={language} choices={others} />
          <p className="small">{signIn.pinyinOrder}</p>
        </Part>
      )}
    </div>
  );
}

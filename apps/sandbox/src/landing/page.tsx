import { CITIES, JURISDICTIONS, type Jurisdiction, type Language, type Place } from '@bayway/domain';
import {
  Button,
  Card,
  CityPicker,
  Facts,
  fill,
  formatTime,
  Harbour,
  jurisdictionName,
  Page,
  Part,
  placeName,
  startSentence,
  Steps,
  Tag,
  type Fact,
  type TagKind,
  type TextSize,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { PERSONAS } from '../population/personas.js';
import type { Health } from './health.js';
import type { Links, ServiceLink } from './links.js';
import { words } from './words.js';

export type LandingProps = Readonly<{
  language: Language;
  textSize: TextSize;
  /** Path and query of the request. */
  url: string;
  links: Links;
  /** By address. */
  health: ReadonlyMap<string, Health>;
  now: Date;
}>;
type Shown = Pick<LandingProps, 'language' | 'links' | 'health'>;

const TAGS: Readonly<Record<Health, TagKind>> = { ready: 'ok', waiting: 'wait', missing: 'ring' };

function State({ language, health, base }: Pick<Shown, 'language' | 'health'> & { base: string }): ReactElement {
  const state = health.get(base) ?? 'missing';
  return <Tag kind={TAGS[state]}>{words[language].health[state]}</Tag>;
}

const nameOfPlace = (language: Language, jurisdiction: Jurisdiction): string =>
  startSentence(jurisdictionName(language, jurisdiction));

/** What a service has to open: its own words for machines, and the log of the one that keeps it. */
function linksOf(
  language: Language,
  { service, url }: ServiceLink,
): readonly Readonly<{ href: string; text: string }>[] {
  const { discovery, api, checkpoint, services } = words[language];
  if (service === 'identity') return [{ href: `${url}/.well-known/openid-configuration`, text: discovery }];
  const description = { href: `${url}/openapi.json`, text: api };
  if (service === 'evidence') return [{ href: `${url}/checkpoint`, text: checkpoint }, description];
  if (service === 'console') return [{ href: `${url}/?ui_locales=${language}`, text: services.console }, description];
  return [description];
}

function Service({ language, health, link }: Pick<Shown, 'language' | 'health'> & { link: ServiceLink }): ReactElement {
  return (
    <span className="row row--start">
      <State language={language} health={health} base={link.url} />
      {linksOf(language, link).map(({ href, text }) => (
        <a key={href} href={href}>
          {text}
        </a>
      ))}
    </span>
  );
}

function Running({ language, links, health }: Shown): ReactElement {
  const own = words[language];
  const factOf = (link: ServiceLink): Fact => ({
    label: [own.services[link.service], link.address].filter(Boolean).join(' · '),
    value: <Service language={language} health={health} link={link} />,
  });
  const outside = (['bank', 'cities', 'mailbox'] as const).map((part): Fact => ({
    label: own.parts[part],
    value: (
      <span className="row row--start">
        <State language={language} health={health} base={links[part]} />
        <a href={links[part]}>{new URL(links[part]).host}</a>
      </span>
    ),
  }));
  return (
    <div className="grid2">
      {JURISDICTIONS.map((jurisdiction) => (
        <Card key={jurisdiction} id={`runs-${jurisdiction}`} title={nameOfPlace(language, jurisdiction)}>
          <Facts
            language={language}
            facts={links.services.filter((link) => link.jurisdiction === jurisdiction).map(factOf)}
          />
        </Card>
      ))}
      <Card id="runs-sandbox" title={own.sandbox}>
        <Facts language={language} facts={outside} />
      </Card>
    </div>
  );
}

function StartHere({ language, links }: Pick<Shown, 'language' | 'links'>): ReactElement {
  const own = words[language];
  const portals = links.services.filter(({ service }) => service === 'console');
  return (
    <div className="grid3">
      <Card id="bank" title={own.bank}>
        <div className="stack">
          <p>{own.bankText}</p>
          <Button go href={links.bank}>
            {own.bank}
          </Button>
        </div>
      </Card>
      <Card id="portals" title={own.portals}>
        <div className="stack">
          <p>{own.portalText}</p>
          <span className="row row--start">
            {portals.map(({ jurisdiction, url }) => (
              <Button small key={jurisdiction} href={`${url}/?ui_locales=${language}`}>
                {nameOfPlace(language, jurisdiction)}
              </Button>
            ))}
          </span>
        </div>
      </Card>
      <Card id="mailbox" title={own.mailbox}>
        <div className="stack">
          <p>{own.mailboxText}</p>
          <Button small href={links.mailbox}>
            {own.mailbox}
          </Button>
        </div>
      </Card>
    </div>
  );
}

const BY_SLUG: ReadonlyMap<string, Place> = new Map(CITIES.map((city) => [city.slug, city.place]));

/** Who may sign in, where, and how strongly; from the population itself. */
const people = (language: Language): Fact[] =>
  PERSONAS.map(({ login, name, accounts }) => {
    const full = [name.latin, name.zh].filter((part) => part !== null).join(' ');
    const where = Object.entries(accounts ?? {}).map(
      ([city, level]) => `${placeName(language, BY_SLUG.get(city) ?? city)} ${level}`,
    );
    return {
      label: login,
      value: `${full} · ${where.join(' · ')}`,
      note: words[language].personas[login] ?? '',
    };
  });

/** The first page of a local run: what this is, where everything is, who may sign in, and what to try. */
export function Landing({ language, textSize, url, links, health, now }: LandingProps): ReactElement {
  const own = words[language];
  return (
    <Page language={language} textSize={textSize} url={url} title={own.title} home={`/?ui_locales=${language}`}>
      <div className="stack-l">
        <Harbour title={own.sentence} text={own.note} tall />
        <Part id="start" title={own.start}>
          <StartHere language={language} links={links} />
        </Part>
        <Part id="try" title={own.tryThis}>
          <Steps steps={own.steps} />
        </Part>
        <Part id="people" title={own.people}>
          <div className="stack">
            <p>{own.peopleText}</p>
            <Facts language={language} facts={people(language)} />
          </div>
        </Part>
        <Part id="runs" title={own.runs}>
          <div className="stack">
            <p>{fill(own.runsText, { time: formatTime(now) })}</p>
            <Running language={language} links={links} health={health} />
          </div>
        </Part>
        <Part id="cities" title={own.cities}>
          <p>{own.discovery}</p>
        </Part>
        <CityPicker
          language={language}
          choices={CITIES.map(({ place, slug }) => ({
            place,
            href: `${links.cities}/${slug}/.well-known/openid-configuration`,
          }))}
        />
      </div>
    </Page>
  );
}

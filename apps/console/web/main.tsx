import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { ConfigProvider, Result } from 'antd';
import { lazy, StrictMode, useEffect, Suspense, type ComponentType, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, NavLink, Route, Routes, useLocation } from 'react-router';
import { queries, signOut, whoAmI, type Me, type Role } from './api.js';
import './console.css';
import './overview.css';
import './oversight.css';
import { jurisdictionName } from '@bayway/design/web';
import { language, LANGUAGE_NAMES, LANGUAGES, startWords } from './i18n.js';
import { Shown } from './parts/shown.js';
import { theme } from './theme.js';
import { MeContext } from './me.js';

type Part = Readonly<{ path: string; name: string; roles: readonly Role[]; view: ComponentType }>;
const LOOKS: readonly Role[] = ['consent-administrator', 'regulator'];
const RULES: readonly Role[] = ['rules-officer', 'regulator'];
const NOTICES: readonly Role[] = ['consent-administrator', 'rules-officer', 'regulator'];
const WATCHES: readonly Role[] = ['operator', 'regulator'];
const ALL: readonly Role[] = ['consent-administrator', 'rules-officer', 'regulator', 'operator'];

/** The sections; each is loaded when it is opened. */
const PARTS: readonly Part[] = [
  { path: '', name: 'overview', roles: ALL, view: lazy(() => import('./views/overview.js')) },
  { path: 'consents', name: 'consents', roles: LOOKS, view: lazy(() => import('./views/consents.js')) },
  { path: 'bulk', name: 'bulk', roles: LOOKS, view: lazy(() => import('./views/bulk.js')) },
  { path: 'requests', name: 'requests', roles: ALL, view: lazy(() => import('./views/requests.js')) },
  { path: 'notices', name: 'notices', roles: NOTICES, view: lazy(() => import('./views/notices.js')) },
  { path: 'rules', name: 'rules', roles: RULES, view: lazy(() => import('./views/rules.js')) },
  { path: 'simulator', name: 'simulatorName', roles: RULES, view: lazy(() => import('./views/simulator.js')) },
  { path: 'instruments', name: 'instruments', roles: RULES, view: lazy(() => import('./views/instruments.js')) },
  { path: 'participants', name: 'participants', roles: ALL, view: lazy(() => import('./views/participants.js')) },
  { path: 'statements', name: 'statements', roles: ALL, view: lazy(() => import('./views/statements.js')) },
  { path: 'evidence', name: 'evidence', roles: ALL, view: lazy(() => import('./views/evidence.js')) },
  { path: 'health', name: 'health', roles: WATCHES, view: lazy(() => import('./views/health.js')) },
  { path: 'letters', name: 'letters', roles: WATCHES, view: lazy(() => import('./views/letters.js')) },
];
const Consent = lazy(() => import('./views/consent.js'));
const Request = lazy(() => import('./views/request.js'));
const Participant = lazy(() => import('./views/participant.js'));
const Rule = lazy(() => import('./views/rule.js'));
const BulkOne = lazy(() => import('./views/bulk-one.js'));

function Head({ me }: Readonly<{ me: Me }>): ReactElement {
  const { t } = useTranslation();
  return (
    <header className="head">
      <a className="head__name" href="/console">
        Bayway {t('console')}
      </a>
      <div className="head__right">
        <span>{t('thisConsole', { place: jurisdictionName(language, me.jurisdiction) })}</span>
        <span>
          {me.name} · {me.roles.map((role) => t(`role_${role}`)).join(', ')}
        </span>
        <nav aria-label={t('language')}>
          {LANGUAGES.map((other) => (
            <a
              key={other}
              href={`?ui_locales=${other}`}
              lang={other}
              aria-current={other === language ? 'true' : undefined}
            >
              {LANGUAGE_NAMES[other]}
            </a>
          ))}
        </nav>
        <button type="button" onClick={() => void signOut()}>
          {t('signOut')}
        </button>
      </div>
    </header>
  );
}

/** On a phone the sections are a row that scrolls: the one that is open is in view. */
function useOpenSectionInView(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    const open = document.querySelector<HTMLElement>('.side a[aria-current]');
    if (open?.parentElement) open.parentElement.scrollLeft = open.offsetLeft - open.parentElement.offsetLeft - 16;
  }, [pathname]);
}

function Shell({ me }: Readonly<{ me: Me }>): ReactElement {
  const { t } = useTranslation();
  useOpenSectionInView();
  const mine = PARTS.filter(({ roles }) => me.roles.some((role) => roles.includes(role)));
  return (
    <MeContext value={me}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Head me={me} />
      <div className="body">
        <nav className="side" aria-label={t('console')}>
          {mine.map(({ path, name }) => (
            <NavLink key={name} to={`/console/${path}`} end={path === ''}>
              {t(name)}
            </NavLink>
          ))}
        </nav>
        <main className="main" id="main" tabIndex={-1}>
          {me.roles.length === 0 ? (
            <Result status="info" title={t('noRole')} subTitle={t('noRoleText')} />
          ) : (
            <Suspense fallback={<p>{t('loading')}</p>}>
              <Routes>
                {PARTS.map(({ path, name, view: Here }) => (
                  <Route key={name} path={`/console/${path}`} element={<Here />} />
                ))}
                <Route path="/console/consents/:id" element={<Consent />} />
                <Route path="/console/requests/:id" element={<Request />} />
                <Route path="/console/participants/:id" element={<Participant />} />
                <Route path="/console/rules/:id" element={<Rule />} />
                <Route path="/console/bulk/:id" element={<BulkOne />} />
                <Route path="*" element={<Result status="info" title={t('nothing')} />} />
              </Routes>
            </Suspense>
          )}
        </main>
      </div>
    </MeContext>
  );
}

function App(): ReactElement {
  const me = useQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: Infinity });
  return <Shown query={me}>{(who) => <Shell me={who} />}</Shown>;
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? '';

await startWords();
const place = document.getElementById('console');
if (place)
  createRoot(place).render(
    <StrictMode>
      {/* Dialogs open inside the page's own element: at the body they would add a style without the nonce. */}
      <ConfigProvider
        theme={theme}
        csp={{ nonce }}
        wave={{ disabled: true }}
        button={{ autoInsertSpace: false }}
        getPopupContainer={() => place}
      >
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </QueryClientProvider>
      </ConfigProvider>
    </StrictMode>,
  );

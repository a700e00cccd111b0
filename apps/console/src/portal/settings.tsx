import { MailMode, NOTIFICATION_KINDS, type NotificationSettingsView } from '@bayway/contracts';
import { Button, Card, ErrorSummary, Field, fill, Heading, LANGUAGE_NAMES, Notice, type Mistake } from '@bayway/design';
import { LANGUAGES } from '@bayway/domain';
import type { ReactElement } from 'react';
import { Csrf, Frame, type SignedIn } from './frame.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** What is wrong in what she sent; nothing was kept then. */
export type SettingsMistake = 'address' | 'code';
type SettingsProps = Readonly<{
  view: View;
  settings: NotificationSettingsView;
  signedIn: SignedIn;
  mistake?: SettingsMistake | undefined;
  saved?: boolean;
}>;

function Modes({ view, settings }: SettingsProps): ReactElement {
  const own = words[view.language];
  const names: Readonly<Record<MailMode, string>> = {
    immediate: own.modeImmediate,
    digest: own.modeDigest,
    silent: own.modeSilent,
  };
  return (
    <div className="grid2">
      {NOTIFICATION_KINDS.map((kind) => (
        <div className="field" key={kind}>
          <label htmlFor={`mail-${kind}`}>{own[`told_${kind}`]}</label>
          <select id={`mail-${kind}`} name={`mail.${kind}`} defaultValue={settings.mail[kind]}>
            {MailMode.options.map((mode) => (
              <option key={mode} value={mode}>
                {names[mode]}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}

function Choices(props: SettingsProps): ReactElement {
  const { view, settings, signedIn } = props;
  const own = words[view.language];
  return (
    <Card title={own.settingsWhen} id="choices">
      <form method="post" action="/inbox/settings" className="stack">
        <Csrf of={signedIn} />
        <Modes {...props} />
        <div className="field">
          <label htmlFor="language">{own.settingsLanguage}</label>
          <select id="language" name="language" defaultValue={settings.language}>
            {LANGUAGES.map((language) => (
              <option key={language} value={language} lang={language}>
                {LANGUAGE_NAMES[language]}
              </option>
            ))}
          </select>
        </div>
        <Button small>{own.settingsSave}</Button>
      </form>
    </Card>
  );
}

function Address({ view, settings, signedIn, mistake }: SettingsProps): ReactElement {
  const { language } = view;
  const own = words[language];
  const error = mistake === 'address' ? { error: own.settingsAddressWrong } : {};
  const { address, awaiting } = settings;
  return (
    <Card title={own.settingsAddress} id="mail">
      <div className="stack">
        <p>{address === null ? own.settingsAddressNone : fill(own.settingsAddressNow, { address })}</p>
        {awaiting === null ? null : (
          <form method="post" action="/inbox/settings/confirmation" className="stack">
            <Csrf of={signedIn} />
            <Field
              language={language}
              name="code"
              label={own.settingsCode}
              hint={fill(own.settingsAwaiting, { address: awaiting })}
              {...(mistake === 'code' ? { error: own.settingsCodeWrong } : {})}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={8}
            />
            <Button small>{own.settingsConfirm}</Button>
          </form>
        )}
        <form method="post" action="/inbox/settings/address" className="stack">
          <Csrf of={signedIn} />
          <Field
            language={language}
            name="address"
            label={own.settingsAddress}
            hint={own.settingsAddressHint}
            {...error}
            type="email"
            autoComplete="email"
            maxLength={200}
          />
          <div className="row row--start">
            <Button small>{own.settingsSendCode}</Button>
            {address === null ? null : (
              <Button small name="take" value="yes" formNoValidate>
                {own.settingsAddressTake}
              </Button>
            )}
          </div>
        </form>
      </div>
    </Card>
  );
}

/** How she is told: where mails go, when, and in which language. */
export function Settings(props: SettingsProps): ReactElement {
  const { view, signedIn, mistake, saved = false } = props;
  const { language } = view;
  const own = words[language];
  const mistakes: readonly Mistake[] =
    mistake === undefined
      ? []
      : [{ text: mistake === 'code' ? own.settingsCodeWrong : own.settingsAddressWrong, controlId: mistake }];
  return (
    <Frame view={view} title={own.inboxSettings} signedIn={signedIn} current="inbox">
      <div className="stack-l">
        {mistakes.length === 0 ? null : <ErrorSummary language={language} mistakes={mistakes} title={own.notSaved} />}
        <Heading title={own.inboxSettings} lead={own.settingsLead} />
        {saved ? <Notice status>{own.settingsSaved}</Notice> : null}
        <Address {...props} />
        <Choices {...props} />
      </div>
    </Frame>
  );
}

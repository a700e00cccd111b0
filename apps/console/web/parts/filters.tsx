import { Button, Card } from 'antd';
import type { FormEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** One choice among options, or a text. */
export type Filter = Readonly<{
  name: string;
  label: string;
  /** Value and words of each option; absent: a text. */
  options?: readonly (readonly [string, string])[];
  type?: 'text' | 'date' | 'month';
  pattern?: string;
}>;

/** Filters of a view; the address keeps them. */
export function Filters({
  of,
  values,
  set,
}: Readonly<{ of: readonly Filter[]; values: URLSearchParams; set: (next: URLSearchParams) => void }>): ReactElement {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    );
    set(new URLSearchParams(entries));
  };
  return (
    <Card>
      <form onSubmit={submit} key={values.toString()} className="stack">
        <div className="filters">
          {of.map(({ name, label, options, type = 'text', pattern }) => (
            <label key={name}>
              {label}
              {options === undefined ? (
                <input
                  name={name}
                  type={type}
                  maxLength={100}
                  pattern={pattern}
                  defaultValue={values.get(name) ?? ''}
                />
              ) : (
                <select name={name} defaultValue={values.get(name) ?? ''}>
                  <option value="">{t('any')}</option>
                  {options.map(([value, words]) => (
                    <option key={value} value={value}>
                      {words}
                    </option>
                  ))}
                </select>
              )}
            </label>
          ))}
        </div>
        <div className="acts">
          <Button htmlType="submit">{t('search')}</Button>
          <Button onClick={() => set(new URLSearchParams())}>{t('clear')}</Button>
        </div>
      </form>
    </Card>
  );
}

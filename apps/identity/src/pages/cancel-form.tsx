import { Button } from '@bayway/design';
import type { ReactElement } from 'react';

type Props = Readonly<{ base: string; csrf: string; label: string }>;

/** Leaves without an answer: the client is told that she did not go on, and nothing else. */
export function CancelForm({ base, csrf, label }: Props): ReactElement {
  return (
    <form method="post" action={`${base}/cancel`} id="cancel-form">
      <input type="hidden" name="csrf" value={csrf} />
      <Button name="do" value="cancel">
        {label}
      </Button>
    </form>
  );
}

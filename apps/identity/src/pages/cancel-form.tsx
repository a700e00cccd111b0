import { Button } from '@bayway/design';
import type { ReactElement } from 'react';

type Props = Readonly<{ base: string; csrf: string; label: string; wide?: boolean }>;

/** Leaves without an answer: the client is told that she did not go on, and nothing else. */
export function CancelForm({ base, csrf, label, wide = false }: Props): ReactElement {
  return (
    <form method="post" action={`${base}/cancel`} id="cancel-form">
      <input type="hidden" name="csrf" value={csrf} />
      <Button name="do" value="cancel" wide={wide}>
        {label}
      </Button>
    </form>
  );
}

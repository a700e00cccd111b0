import type { Account, FindAccount } from 'oidc-provider';
import type { Residents } from '../residents/residents.service.js';

/**
 * A resident as the library asks for her. The ID token carries the details of the code it belongs to: signed, so that
 * a peer can show what she allowed. Documents are in no claim.
 */
export const accountsFrom =
  (residents: Residents): FindAccount =>
  async (_ctx, id, token): Promise<Account | undefined> => {
    const resident = await residents.find(id);
    if (!resident) return undefined;
    const rar = token && 'rar' in token ? token.rar : undefined;
    const { name, nameLatin } = resident;
    return {
      accountId: id,
      claims: () => ({
        sub: id,
        name,
        ...(nameLatin ? { name_latin: nameLatin } : {}),
        ...(rar ? { authorization_details: rar } : {}),
      }),
    };
  };

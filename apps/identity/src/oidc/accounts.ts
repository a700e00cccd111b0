import type { Account, FindAccount } from 'oidc-provider';
import type { Residents } from '../residents/residents.service.js';

/**
 * A resident as the library asks for her; looked up when claims about her are needed, for residents do not go away. The
 * ID token carries the details of the code it belongs to: signed, so that a peer can show what she allowed. Documents
 * are in no claim.
 */
export const accountsFrom =
  (residents: Residents): FindAccount =>
  (_ctx, id, token): Account => {
    const rar = token && 'rar' in token ? token.rar : undefined;
    return {
      accountId: id,
      claims: async () => {
        const resident = await residents.find(id);
        return {
          sub: id,
          ...(resident ? { name: resident.name } : {}),
          ...(resident?.nameLatin ? { name_latin: resident.nameLatin } : {}),
          ...(rar ? { authorization_details: rar } : {}),
        };
      },
    };
  };

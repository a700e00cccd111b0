import { createContext, use } from 'react';
import type { Me, Role } from './api.js';

export const MeContext = createContext<Me | null>(null);

/** Who is signed in. */
export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('nobody is signed in');
  return me;
}

/** Whether she has a role: what she may not do is not offered, and refused by the server as well. */
export const useMay = (role: Role): boolean => useMe().roles.includes(role);

/** Words of the sign-in pages that no other service needs, in English. */
export const en = {
  cancel: 'Cancel and go back',
  backTo: 'Back to {client}',
  through: {
    title: 'Through another place',
    choice: 'Sign in through {place}',
    note: 'If you linked your identity there with one here.',
  },
  bind: {
    heading: 'Sign in once with your identity in {here}',
    lead: 'You came through {there}. To find your record we need to know who you are in {here}. The two are then linked; no number is sent across.',
    nextCity: 'Your city’s own page checks who you are.',
    nextLink: 'The two identities are linked, for this and later times.',
  },
  again: 'To see your record, sign in once more with a higher level. Level {level} is needed.',
  unreachable: 'The sign-in of {place} cannot be reached now. Try again, or choose another one.',
  ended: {
    title: 'This sign-in has ended',
    text: 'It took too long, or was finished in another window. Go back to where you came from and start again. Nothing was sent.',
  },
  broken: {
    title: 'This page cannot go on',
    text: 'Go back to where you came from and start again. Nothing was sent.',
  },
  refused: {
    'link-conflict':
      'The identity you signed in with in {here} belongs to somebody else than the one in {there}, or is linked to another one already. Nothing was sent.',
    'no-proof': 'We could not see your sign-in in {there}. Sign in there in this same browser, then start again.',
    'other-person': 'Somebody else is signed in in {there} now. Sign out there, then start again. Nothing was sent.',
    'resident-conflict':
      'Your city’s documents belong to more than one entry here. A person has to look at it. Nothing was changed.',
  },
  signOut: { title: 'Sign out of Bayway?', text: 'You stay signed in with your city.', stay: 'Stay signed in' },
  signedOut: { title: 'You are signed out', text: 'You can close this page.' },
  kept: { title: 'Your answers so far', note: 'They are kept. Choose again below to change one.' },
};

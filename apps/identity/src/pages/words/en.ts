/** Words of the sign-in pages that no other service needs, in English. */
export const en = {
  cancel: 'Cancel and go back',
  backTo: 'Back to {client}',
  forWhom: {
    title: 'Whom do you answer for?',
    lead: '{client} asks for a record. You may answer for yourself, or for those you act for.',
    self: 'Myself',
  },
  later: {
    title: 'You can decide later',
    text: 'Nothing was sent. You can come back to this page in this browser until {time}.',
    ends: 'Without an answer by then the request of {client} lapses, and nothing is sent.',
  },
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
  untrusted:
    'The answer of {place} could not be verified, and nothing of it was used. Try again, or choose another one.',
  cut: 'Signing in through {place} is stopped for now. That is no fault of yours. Sign in with a city below, or try again later. Nothing was sent.',
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
  noneOfThese: {
    title: 'I have none of these',
    text: 'Then this cannot go on here. Register with the city where you live, at its counter or in its app, and start again. Or go back and ask for another way; that is no fault of yours.',
  },
  learn: {
    title: 'What we learn about you',
    text: 'Your city tells us your name, birthday, document and level, and nothing is asked beyond that. It stays in {here}, with the document number encrypted. {client} gets a name of its own for you and none of these. What crosses a boundary is always asked first.',
  },
  stopped: {
    level: {
      title: 'This needs a surer sign-in',
      text: 'You signed in with {place}. That reaches a lower level than the level {level} that is needed here. This says nothing about you. Nothing was sent.',
    },
    'not-fresh': {
      title: 'You were not asked to sign in again',
      text: 'For this you have to sign in anew. {place} let you through on an earlier sign-in. Try again, or choose another one. Nothing was sent.',
    },
    'another-account': {
      title: 'Somebody else signed in',
      text: 'You were asked to sign in once more, and another person came back from {place}. To go on as yourself, try again with your own account. To change the person, cancel and sign out first. Nothing was sent.',
    },
    how: 'How to reach it',
    raise: {
      'iam-smart': 'Upgrade to iAM Smart+ at a registration counter or a self-service kiosk, then try again.',
      guangdong:
        'In the Guangdong unified sign-in, confirm your identity card or permit and your face, then try again.',
      zhejiang: 'In the Zhejiang sign-in, confirm your identity card and your face, then try again.',
      'macao-one': 'In Macao One Account, turn on the second factor, then try again.',
    },
    other: 'Choose how to sign in again',
  },
  signOut: { title: 'Sign out of Bayway?', text: 'You stay signed in with your city.', stay: 'Stay signed in' },
  signedOut: { title: 'You are signed out', text: 'You can close this page.' },
  kept: { title: 'Your answers so far', note: 'They are kept. Choose again below to change one.' },
};

/** Every problem a service may answer with: the only list. `docs/generated/problems.md` is made from it. */
export const problems = {
  'request-invalid': { status: 400, title: 'Request is not valid' },
  'body-malformed': { status: 400, title: 'Body is not well-formed JSON' },
  'body-too-large': { status: 413, title: 'Body is larger than allowed' },
  'content-type-unsupported': { status: 415, title: 'Content type is not supported' },
  'route-not-found': { status: 404, title: 'There is nothing at this address' },
  'access-undeclared': { status: 403, title: 'Nobody may use this route' },
  'access-denied': { status: 403, title: 'This caller may not do this' },
  'token-missing': { status: 401, title: 'An access token is needed' },
  'token-invalid': { status: 401, title: 'Access token is not valid' },
  'token-audience-mismatch': { status: 401, title: 'Access token is for another service' },
  'dpop-proof-invalid': { status: 401, title: 'DPoP proof is not valid' },
  'dpop-proof-replayed': { status: 401, title: 'DPoP proof was used before' },
  'service-unavailable': { status: 503, title: 'A service that is needed does not answer' },
  'border-unreachable': { status: 503, title: 'The other jurisdiction does not answer' },
  'answer-invalid': { status: 502, title: 'A service answered in an unknown form' },

  'city-unavailable': { status: 503, title: 'The identity provider of a city does not answer' },
  'city-declined': { status: 502, title: 'The identity provider of a city did not sign her in' },
  'city-untrusted': { status: 502, title: 'The answer of a city’s identity provider could not be verified' },

  'session-not-found': { status: 404, title: 'Session does not exist, or is over' },

  'signature-invalid': { status: 400, title: 'Signature is not valid' },
  'signer-unknown': { status: 400, title: 'Signing key is not in the key directory' },
  'signer-not-allowed': { status: 403, title: 'This signer may not sign this' },
  'signed-object-expired': { status: 400, title: 'Signed object has expired' },
  'message-misaddressed': { status: 403, title: 'Message is for somebody else' },
  'message-replayed': { status: 409, title: 'Message was received before' },

  'participant-unknown': { status: 404, title: 'Participant is not registered' },
  'participant-suspended': { status: 403, title: 'Participant is suspended' },
  'dataset-unknown': { status: 404, title: 'Holder does not offer this dataset' },
  'item-unknown': { status: 400, title: 'Dataset has no such item' },
  'request-fingerprint-missing': { status: 400, title: 'A comparison needs a fingerprint, and nothing else has one' },
  'request-record-compared': { status: 409, title: 'Carried record has been compared before' },
  'request-answers-used-up': { status: 429, title: 'No more is answered about this person to this recipient for now' },
  'mode-not-offered': { status: 400, title: 'Holder does not offer this mode' },
  'transit-refused': { status: 400, title: 'A jurisdiction serves records of its own side only' },
  'recipient-key-unknown': { status: 400, title: 'Recipient key is not in the key directory' },
  'request-not-lawful': { status: 403, title: 'The transfer is not lawful' },
  'request-not-permitted-yet': { status: 403, title: 'The transfer is not permitted until a step is done' },
  'request-needs-review': { status: 403, title: 'A person has to decide about this transfer' },
  'request-facts-missing': { status: 403, title: 'A fact needed to decide is missing' },
  'level-too-low': { status: 403, title: 'Identity assurance is too low for this record' },

  'ask-not-found': { status: 404, title: 'Ask does not exist' },
  'ask-expired': { status: 410, title: 'Ask has expired' },
  'ask-answered': { status: 409, title: 'Ask was answered before' },
  'acts-incomplete': { status: 422, title: 'An answer is missing' },
  'act-invalid': { status: 400, title: 'Act does not belong to this ask' },
  'consent-not-found': { status: 404, title: 'Consent does not exist' },
  'consent-not-given': { status: 403, title: 'Consent is not in force' },
  'consent-withdrawn': { status: 403, title: 'Consent was withdrawn' },
  'consent-already-withdrawn': { status: 409, title: 'Consent is already withdrawn' },
  'consent-expired': { status: 403, title: 'Consent has expired' },
  'consent-used-up': { status: 403, title: 'Consent has no uses left' },
  'consent-mismatch': { status: 403, title: 'Consent does not cover this request' },
  'consent-changed': { status: 409, title: 'Consent changed in the meantime' },
  'consent-paused': { status: 403, title: 'Consent is paused' },
  'consent-not-paused': { status: 409, title: 'Consent is not paused' },
  'consent-terminated': { status: 403, title: 'Consent was ended by a party' },
  'consent-invalidated': { status: 403, title: 'Consent was declared invalid' },
  'consent-frequency-exceeded': { status: 429, title: 'Consent allows no further use in this period' },
  'consent-renewal-needed': { status: 403, title: 'Consent has to be asked for again, because its notice changed' },
  'consent-not-renewable': { status: 422, title: 'Consent cannot be renewed by this request' },
  'notice-not-found': { status: 404, title: 'Notice has no draft' },
  'notice-incomplete': { status: 422, title: 'Notice is not complete in four languages' },
  'representation-missing': { status: 403, title: 'Nobody has recorded that this person may act for the subject' },
  'representation-not-found': { status: 404, title: 'Power to act does not exist' },
  'representation-ended': { status: 409, title: 'Power to act has ended before' },
  'subject-of-age': { status: 409, title: 'Subject is not under fourteen and is asked herself' },
  'limit-exceeded': { status: 422, title: 'Request asks for more than its purpose allows' },

  'withdrawal-invalid': { status: 400, title: 'Withdrawal does not fit the consent' },
  'statement-invalid': { status: 400, title: 'Statement does not fit an ended consent' },
  'mail-address-missing': { status: 409, title: 'No mail address waits for confirmation' },
  'mail-code-wrong': { status: 422, title: 'Code is wrong or too old' },
  'use-not-found': { status: 404, title: 'Consent has no such use' },
  'bulk-withdrawal-not-found': { status: 404, title: 'Bulk withdrawal does not exist' },
  'bulk-withdrawal-too-large': { status: 422, title: 'Bulk withdrawal names too many consents' },
  'bulk-withdrawal-decided': { status: 409, title: 'Bulk withdrawal was decided before' },
  'second-person-needed': { status: 403, title: 'Another administrator has to approve' },

  'idempotency-key-missing': { status: 400, title: 'Idempotency-Key header is missing' },
  'idempotency-key-reused': { status: 409, title: 'Idempotency-Key was used for another request' },
  'data-request-not-found': { status: 404, title: 'Data request does not exist' },
  'data-request-not-ready': { status: 409, title: 'Record is not ready' },
  'data-request-ended': { status: 410, title: 'Record is no longer available' },
  'data-request-replayed': { status: 409, title: 'Signed request was used before' },
  'data-request-expired': { status: 410, title: 'Time of the data request is over' },
  'data-request-cancelled': { status: 410, title: 'Data request was cancelled' },
  'data-request-not-cancellable': { status: 409, title: 'Data request can no longer be cancelled' },
  'dead-letter-not-found': { status: 404, title: 'No such message is set aside' },
  'rate-limited': { status: 429, title: 'Participant makes too many requests' },
  'too-many-streams': { status: 429, title: 'Participant has too many event streams open' },
  'data-request-changed': { status: 409, title: 'Data request changed in the meantime' },
  'receipt-invalid': { status: 400, title: 'Receipt does not fit the delivery' },

  'assessment-not-found': { status: 404, title: 'Assessment does not exist' },
  'participant-not-found': { status: 404, title: 'Participant does not exist here' },
  'rule-not-found': { status: 404, title: 'Rule does not exist' },
  'assessment-invalid': { status: 403, title: 'Assessment is not valid for this request' },
  'permit-invalid': { status: 403, title: 'Permit is not valid for this release' },
  'permit-expired': { status: 403, title: 'Permit has expired' },
  'permit-replayed': { status: 409, title: 'Permit was used before' },
  'resident-not-found': { status: 404, title: 'Nobody with this document has signed in here' },
  'handle-unknown': { status: 404, title: 'Subject handle is not known' },
  'record-not-found': { status: 404, title: 'Holder has no record of this subject' },
  'record-invalid': { status: 502, title: 'Holder answered with a record of another shape' },
  'holder-unreachable': { status: 503, title: "Holder's own system does not answer" },

  'link-not-found': { status: 404, title: 'Identities are not linked' },
  'link-conflict': { status: 409, title: 'Identity is linked to somebody else' },

  'evidence-not-witnessed': { status: 503, title: 'Evidence is not witnessed yet' },
  'evidence-incomplete': { status: 410, title: 'Evidence can no longer be put together' },
  'keeper-not-found': { status: 404, title: 'No service of this jurisdiction keeps records under that name' },
  'log-entry-invalid': { status: 400, title: 'Log entry is not valid' },
  'checkpoint-invalid': { status: 400, title: 'Checkpoint is not valid' },
  'checkpoint-stale': { status: 409, title: 'Checkpoint is older than the witnessed one' },
  'consistency-unproven': { status: 422, title: 'Consistency proof does not hold' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** The one error of the domain. `members` are extension members of the problem object: ids and codes, never personal data. */
export class DomainError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly members: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(problems[code].title, options);
    this.name = 'DomainError';
  }
}

/** RFC 9457 problem details, over HTTP and over NATS. */
export type Problem = { type: string; title: string; status: number; detail?: string; instance?: string } & Record<
  string,
  unknown
>;

const BASE = 'https://bayway.example/problems/';

/** The problem object of an error. `instance` is the request id, so that a user can quote it. */
export const toProblem = (error: DomainError, instance?: string): Problem => ({
  ...error.members,
  type: `${BASE}${error.code}`,
  title: problems[error.code].title,
  status: problems[error.code].status,
  ...(instance ? { instance: `urn:uuid:${instance}` } : {}),
});

/** The error that a problem object stands for, or null when its type is not in the registry. */
export function fromProblem(problem: Problem): DomainError | null {
  const code = problem.type.startsWith(BASE) ? problem.type.slice(BASE.length) : '';
  if (!(code in problems)) return null;
  const { type: _type, title: _title, status: _status, instance: _instance, ...members } = problem;
  return new DomainError(code as ProblemCode, members);
}

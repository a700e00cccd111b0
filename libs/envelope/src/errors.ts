/** Why a signed or sealed object was not accepted. The codes are those of the problem registry. */
export type EnvelopeProblem =
  'signature-invalid' | 'signer-unknown' | 'signer-not-allowed' | 'signed-object-expired' | 'message-misaddressed';

/** The one error of this library. `detail` is safe to show: it never quotes the object. */
export class EnvelopeError extends Error {
  constructor(
    readonly code: EnvelopeProblem,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'EnvelopeError';
  }
}

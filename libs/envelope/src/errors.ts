/** Why a signed or sealed object was not accepted. The codes are those of the problem registry. */
export type EnvelopeProblem =
  'signature-invalid' | 'signer-unknown' | 'signer-not-allowed' | 'signed-object-expired' | 'message-misaddressed';

/** The one error of what is verified here. `detail` is safe to show: it never quotes the object. */
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

/** Why a key ceremony was not held. The message is one line for the person who holds it; it quotes no secret. */
export class CeremonyError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CeremonyError';
  }
}

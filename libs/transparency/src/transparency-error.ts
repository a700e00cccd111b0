/** Why an input was refused; stable, so that a caller can switch over it. */
export type TransparencyErrorCode =
  | 'encoding-invalid'
  | 'number-invalid'
  | 'hash-invalid'
  | 'note-malformed'
  | 'key-malformed'
  | 'key-unsupported'
  | 'signature-invalid'
  | 'signature-missing'
  | 'checkpoint-malformed'
  | 'checkpoint-foreign'
  | 'cosignature-malformed'
  | 'tile-malformed'
  | 'bundle-malformed'
  | 'log-broken'
  | 'proof-malformed'
  | 'proof-invalid'
  | 'request-malformed'
  | 'policy-malformed'
  | 'policy-unmet';

/** The only error this library throws on input, however broken the input is. The message carries no part of the input. */
export class TransparencyError extends Error {
  override readonly name = 'TransparencyError';

  constructor(
    readonly code: TransparencyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

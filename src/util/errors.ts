/**
 * Base of all errors this package throws on purpose. The message is one line for people: what was wrong,
 * where, and what to do. The technical reason, if any, is the `cause`.
 */
export abstract class PokellmonError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Something the user can fix: an option, a file, a team, a missing key. */
export class UserError extends PokellmonError {}

/** What went wrong with a language model; each is also a reason for a fallback in the ledger. */
export type ModelErrorKind =
  | 'timeout'
  | 'rate-limit'
  | 'server-error'
  | 'connection'
  | 'refused'
  | 'bad-response'
  | 'auth'
  | 'budget';

/** A language model failed, or answered with something unusable. */
export class ModelError extends PokellmonError {
  constructor(
    readonly kind: ModelErrorKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The battle server or the simulator did something the protocol does not allow. */
export class ServerError extends PokellmonError {}

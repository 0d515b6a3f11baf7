import { ModelError, type ModelErrorKind } from '../util/errors.ts';
import { NO_USAGE, type Usage } from './language-model.ts';

/** What a caller may want to know about a failed call besides its kind. */
export interface FailureDetails {
  /** Status of the answer, if there was one. */
  readonly status?: number;
  /** Whether the same call may work later. */
  readonly transient?: boolean;
  /** There is no such server, or it is not running. */
  readonly unreachable?: boolean;
  /** It ran out of time, but the model had answered something before. */
  readonly answered?: boolean;
}

/** A call that failed after it had cost something. */
export class FailedCallError extends ModelError {
  constructor(
    kind: ModelErrorKind,
    message: string,
    readonly usage: Usage,
    readonly details: FailureDetails = {},
  ) {
    super(kind, message);
  }
}

/** The cost of a failed call; nothing when the error does not state it. */
export function usageOf(error: unknown): Usage {
  return error instanceof FailedCallError ? error.usage : NO_USAGE;
}

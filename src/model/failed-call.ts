import { ModelError, type ModelErrorKind } from '../util/errors.ts';
import { NO_USAGE, type Usage } from './language-model.ts';

/** What a caller may want to know of a failed call beyond its kind. */
export interface FailureDetails {
  /** Of the answer, where there was one. */
  readonly status?: number;
  /** Whether the same call may work later. */
  readonly transient?: boolean;
  /** There is no such server, or it is not running. */
  readonly unreachable?: boolean;
  /** It failed for want of time, but the model had answered something before. */
  readonly answered?: boolean;
}

/** A call that failed after something had been spent on it. */
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

/** What a failed call cost; nothing when the error does not say. */
export function usageOf(error: unknown): Usage {
  return error instanceof FailedCallError ? error.usage : NO_USAGE;
}

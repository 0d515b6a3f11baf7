import { ModelError, type ModelErrorKind } from '../util/errors.ts';
import { NO_USAGE, type Usage } from './language-model.ts';

/** A call that failed after something had been spent on it. */
export class FailedCallError extends ModelError {
  constructor(
    kind: ModelErrorKind,
    message: string,
    readonly usage: Usage,
  ) {
    super(kind, message);
  }
}

/** What a failed call cost; nothing when the error does not say. */
export function usageOf(error: unknown): Usage {
  return error instanceof FailedCallError ? error.usage : NO_USAGE;
}

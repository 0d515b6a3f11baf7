import type { OptionQuestion, Reading } from './option-model.ts';

/** What a model's thread is started with. */
export interface ModelThreadData {
  readonly path: string;
  readonly threads: number;
  readonly context?: number;
  /** One int32: the number of the task that is called off. */
  readonly calledOff: SharedArrayBuffer;
}

/** Work for the thread. It does one piece at a time. */
export interface Task {
  /** From 1. */
  readonly number: number;
  readonly question: OptionQuestion;
}

/** What becomes of a task; the first result, of no task, says whether the model could be opened. */
export type TaskResult =
  | { readonly kind: 'opened' }
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'called off' }
  /** `isUsers`: one that the user can mend, said for people. */
  | { readonly kind: 'failed'; readonly message: string; readonly isUsers: boolean };

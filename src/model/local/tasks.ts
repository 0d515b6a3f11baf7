import type { ChatModel, ScoreQuestion, WriteQuestion } from './chat-model.ts';
import type { OptionModel, OptionQuestion } from './option-model.ts';

/** What a model's thread is started with. */
export interface ModelThreadData {
  readonly path: string;
  readonly threads: number;
  readonly context?: number;
  /** One int32: the number of the task that is called off. */
  readonly calledOff: SharedArrayBuffer;
}

/** What a model can be asked, and what it answers. The first is for models of options, the others for chat models. */
export interface Questions {
  readonly read: { readonly question: OptionQuestion; readonly answer: ReturnType<OptionModel['read']> };
  readonly write: { readonly question: WriteQuestion; readonly answer: ReturnType<ChatModel['write']> };
  readonly score: { readonly question: ScoreQuestion; readonly answer: ReturnType<ChatModel['score']> };
}

/** Work for the thread. It does one piece at a time. */
export type Task = {
  readonly [Kind in keyof Questions]: {
    /** From 1. */
    readonly number: number;
    readonly kind: Kind;
    readonly question: Questions[Kind]['question'];
  };
}[keyof Questions];

/** What becomes of a task; the first result, of no task, says whether the model could be opened. */
export type TaskResult =
  | { readonly kind: 'opened' }
  | { readonly kind: 'answered'; readonly answer: Questions[keyof Questions]['answer'] }
  | { readonly kind: 'called off' }
  /** `isUsers`: one that the user can mend, said for people. */
  | { readonly kind: 'failed'; readonly message: string; readonly isUsers: boolean };

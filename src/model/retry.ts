import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelErrorKind } from '../util/errors.ts';
import type { Random } from '../util/random.ts';

/** Why a request failed. */
export interface Failure {
  readonly kind: ModelErrorKind;
  readonly message: string;
  /** Whether the same request may work later. */
  readonly transient: boolean;
  /** The time the server asks to wait, in ms. */
  readonly retryAfterMs?: number;
}

/** The outcome of a request. */
export type Outcome<T, F extends Failure = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number;
  /** Wait before the first retry, in ms; it doubles with each. */
  readonly backoffMs: number;
  /** Without a deadline, no wait is longer than this, even if the server asks for it, in ms. */
  readonly maxWaitMs: number;
  /** For the jitter. */
  readonly random: Random;
}

/**
 * Makes a request until it works, fails for good, or has used up its attempts or its time. Before a retry it waits for
 * the exponential backoff, drawn from its upper half so that parallel calls spread out, or for as long as the server
 * asks. A wait that would not end before `deadline` (on the clock of `performance.now()`) is not begun.
 */
export async function retry<T, F extends Failure>(
  attempt: (retries: number) => Promise<Outcome<T, F>>,
  policy: RetryPolicy,
  { signal, deadline }: { signal?: AbortSignal; deadline?: number },
): Promise<Outcome<T, F | Failure>> {
  for (let retries = 0; ; retries++) {
    const outcome = await attempt(retries);
    if (outcome.ok || !outcome.failure.transient || retries >= policy.maxRetries) return outcome;

    const { message } = outcome.failure;
    const backoff = policy.backoffMs * 2 ** retries * (0.5 + policy.random.next() / 2);
    const wait = Math.max(backoff, outcome.failure.retryAfterMs ?? 0);
    const isTooLong = deadline === undefined ? wait > policy.maxWaitMs : performance.now() + wait >= deadline;
    if (isTooLong) {
      return {
        ok: false,
        failure: { ...outcome.failure, message: `${message}; there is no time for a retry` },
      };
    }
    try {
      await sleep(wait, undefined, { signal });
    } catch {
      const ended = `its caller ended the call while it waited for a retry; before, ${message}`;
      return { ok: false, failure: { kind: 'timeout', message: ended, transient: false } };
    }
  }
}

/**
 * The wait that a server asks for, in ms: `retry-after-ms`, or `Retry-After` in seconds or as a date (RFC 9110);
 * undefined when it asks for none, or the value is unreadable.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const ms = headers.get('retry-after-ms');
  if (ms !== null && /^\d+(?:\.\d+)?$/.test(ms)) return Number(ms);
  const after = headers.get('retry-after');
  if (after === null) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(after)) return Number(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

import type { SessionEvent } from '../ledger/session-record.ts';
import { safeLine } from '../util/safe-text.ts';

/** What a person watching a session wants to know at once; undefined for events that show otherwise, or not at all. */
export function sessionWords(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'disconnected':
      return `The connection is lost (${event.cause}); trying to get back.`;
    case 'reconnected':
      return 'Back on the server.';
    case 'waiting':
      return `The server says: ${event.reason} Trying again.`;
    case 'replay-published':
      return `Replay on the server: ${event.url}`;
    case 'replay-refused':
      return `The server could not publish the replay (${event.reason}); it is kept here.`;
    case 'line-skipped':
      return `Skipped a line of the battle: ${safeLine(event.line)} (${safeLine(event.reason)})`;
    default:
      return undefined;
  }
}

import type { SessionEvent } from '../ledger/session-record.ts';
import { inWords } from '../util/duration.ts';
import { safeLine } from '../util/safe-text.ts';

/** A line for the user watching a session. */
export interface SessionWords {
  readonly text: string;
  /** `warning`: a message of the server; `error`: the server does not do what it was asked. */
  readonly tone: 'note' | 'warning' | 'error';
}

/** An event in words; undefined for events that are shown in another way, or not at all. */
export function sessionWords(event: SessionEvent): SessionWords | undefined {
  switch (event.type) {
    case 'connecting':
      return {
        text: `The server does not answer yet (${event.cause}); asking again${within(event)}.`,
        tone: 'warning',
      };
    case 'disconnected':
      return {
        text: `The connection was lost (${event.cause}); trying to reconnect${within(event)}.`,
        tone: 'warning',
      };
    case 'battle-finished':
      return event.endedBy === 'server'
        ? {
            text: `The server ended the battle against ${event.opponent} without a result; it counts for neither player.`,
            tone: 'warning',
          }
        : undefined;
    case 'battle-given-up':
      return { text: `Forfeited ${event.battleId}: ${event.reason}.`, tone: 'error' };
    case 'reconnected':
      return { text: 'Back on the server.', tone: 'note' };
    case 'message':
      return event.search ? undefined : { text: `The server says: ${event.text}`, tone: 'warning' };
    case 'waiting':
      return event.limitMs === undefined
        ? { text: `The server says: ${event.reason} Trying again.`, tone: 'error' }
        : { text: `${event.reason}; asking again${within(event)}.`, tone: 'warning' };
    case 'chat-refused':
      return {
        text: `The server did not pass on "${event.text}" (${event.reason.replace(/\.$/, '')}).`,
        tone: 'warning',
      };
    case 'default-chosen':
      return { text: `The server was left to choose: ${event.reason}.`, tone: 'warning' };
    case 'replay-published':
      return { text: `Replay on the server: ${event.url}`, tone: 'note' };
    case 'replay-refused':
      return {
        text: `The server could not publish the replay (${event.reason}); it is kept here.`,
        tone: 'warning',
      };
    case 'line-skipped': {
      const { line, reason } = event;
      return {
        text: `Skipped a line of the battle: ${safeLine(line)} (${safeLine(reason)})`,
        tone: 'warning',
      };
    }
    default:
      return undefined;
  }
}

function within({ limitMs }: { readonly limitMs?: number | undefined }): string {
  return limitMs === undefined ? '' : ` for up to ${inWords(limitMs)}`;
}

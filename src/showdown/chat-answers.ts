import { toId } from '../battle/generations.ts';
import { type Frame, splitLine } from './frame.ts';
import type { Outgoing } from './send-queue.ts';

/** Chat that has neither been repeated nor refused within this time is lost. */
const WAIT_MS = 10_000;

/** An error that is about chat: others answer our commands and choices. */
const ABOUT_CHAT = /^[^[].*\b(?:talk|speak|chat|message)\b/i;

interface Open {
  readonly room: string;
  readonly text: string;
  /** @param refusal why it was not said */
  readonly settle: (refusal?: string) => void;
}

/**
 * Matches our chat messages with the server's reaction: it repeats a message to everybody in the room, us included, or
 * tells only us why it does not.
 */
export class ChatAnswers {
  private readonly open = new Set<Open>();
  private readonly waiting = new Set<() => void>();

  /** @param id our user id */
  constructor(private readonly id: string) {}

  /** A message was sent. */
  expect({ text: message, onAnswer }: Outgoing): void {
    if (!onAnswer) return;
    const bar = message.indexOf('|');
    const chat: Open = {
      room: message.slice(0, bar),
      text: message.slice(bar + 1),
      settle: (refusal) => {
        clearTimeout(timer);
        this.open.delete(chat);
        onAnswer(refusal);
        this.release();
      },
    };
    const timer = setTimeout(() => chat.settle('no answer'), WAIT_MS);
    this.open.add(chat);
  }

  /** Takes lines received in a room. */
  hear({ room, lines }: Frame): void {
    if (this.open.size === 0) return;
    for (const line of lines) {
      const own = [...this.open].filter((chat) => chat.room === room);
      const refusal = readChatRefusal(line);
      if (refusal !== undefined) own[0]?.settle(refusal);
      else own.find(({ text }) => this.isOurs(line, text))?.settle();
    }
  }

  /** No more answers will come. */
  close(reason: string): void {
    for (const chat of [...this.open]) chat.settle(reason);
  }

  /** Resolves when every message has been answered. */
  async settled(): Promise<void> {
    if (this.open.size > 0) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private isOurs(line: string, text: string): boolean {
    const [kind, rest] = splitLine(line);
    const bar = rest.indexOf('|');
    return kind === 'c' && toId(rest.slice(0, bar)) === this.id && rest.slice(bar + 1) === text;
  }

  private release(): void {
    if (this.open.size > 0) return;
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** Why the server refused a chat message; undefined for a line that is not about that. */
function readChatRefusal(line: string): string | undefined {
  const [kind, rest] = splitLine(line);
  if (kind === 'error') return ABOUT_CHAT.test(rest) ? rest : undefined;
  const html = kind === 'html' ? /^<div class="message-error">(.*?)<\/div>/.exec(rest)?.[1] : undefined;
  return html?.replace(/<[^>]*>/g, '');
}

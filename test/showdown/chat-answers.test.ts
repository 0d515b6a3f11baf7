import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChatAnswers } from '../../src/showdown/chat-answers.ts';

const ROOM = 'battle-gen9ou-1';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Says "gg"; returns the outcome: `said`, or why not. */
function say(chat: ChatAnswers): string[] {
  const answers: string[] = [];
  chat.expect({ text: `${ROOM}|gg`, onAnswer: (refusal) => void answers.push(refusal ?? 'said') });
  return answers;
}

test.each([
  ['|c|☆Red One@!|gg', 'said'],
  [
    '|html|<div class="message-error">You must be <b>registered</b> to chat.</div> You may',
    'You must be registered to chat.',
  ],
  ['|error|You are muted and cannot talk in this room.', 'You are muted and cannot talk in this room.'],
])('%s is the answer', (line, answer) => {
  const chat = new ChatAnswers('redone');
  const answers = say(chat);
  chat.hear({ room: ROOM, lines: ['|turn|2', line, line] });
  vi.advanceTimersByTime(60_000);
  expect(answers).toEqual([answer]);
});

test('lines of others, of other rooms and about choices are not', async () => {
  const chat = new ChatAnswers('red');
  const answers = say(chat);
  const settled = vi.fn();
  void chat.settled().then(settled);
  chat.hear({ room: 'battle-gen9ou-2', lines: ['|c|☆Red|gg'] });
  const lines = ['|c|☆Blue|gg', '|c|☆Red|gg!', '|error|[Invalid choice] No message', '|error|Access denied.'];
  chat.hear({ room: ROOM, lines: [...lines, '|html|<div class="infobox">chat</div>'] });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(answers).toEqual([]);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(answers).toEqual(['no answer']);
  expect(settled).toHaveBeenCalled();
});

test('two open messages each get their own answer', () => {
  const chat = new ChatAnswers('red');
  const [first, second] = [say(chat), say(chat)];
  chat.hear({ room: ROOM, lines: ['|c| Red|gg'] });
  chat.close('the connection is lost');
  expect([first, second]).toEqual([['said'], ['the connection is lost']]);
});

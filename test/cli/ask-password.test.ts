import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askPassword } from '../../src/cli/ask-password.ts';

/** A terminal with a person who types. */
function keyboard() {
  const modes: boolean[] = [];
  const setRawMode = (isRaw: boolean): void => void modes.push(isRaw);
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode });
  let screen = '';
  const output = new PassThrough().setEncoding('utf8');
  output.on('data', (text: string) => {
    screen += text;
  });
  return { input, output, modes, screen: () => screen };
}

test('a password is read key by key and never shown', async () => {
  const { input, output, modes, screen } = keyboard();
  const answer = askPassword('Password: ', input, output);
  for (const key of ['h', 'o', 'r', 'x', '\u007f', 's', 'e', '\r']) input.write(key);
  expect(await answer).toBe('horse');
  expect(screen()).toBe('Password: \n');
  // In raw mode the terminal itself echoes nothing; afterwards it does again.
  expect(modes).toEqual([true, false]);
});

test('an empty answer is no password', async () => {
  const { input, output } = keyboard();
  const answer = askPassword('Password: ', input, output);
  input.write('\r');
  expect(await answer).toBeUndefined();
});

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s cancels', async (_name, key) => {
  const { input, output, modes } = keyboard();
  const answer = askPassword('Password: ', input, output);
  input.write(key);
  await expect(answer).rejects.toThrow('Cancelled at the password prompt');
  expect(modes.at(-1)).toBe(false);
});

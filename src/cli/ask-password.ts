import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UserError } from '../util/errors.ts';

/**
 * Asks for a password at the terminal, without showing it.
 *
 * @param input what the user types
 * @param output where the question is shown
 * @returns undefined for an empty answer
 * @throws {UserError} when the user cancels with Ctrl-C or Ctrl-D
 */
export async function askPassword(
  question: string,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<string | undefined> {
  output.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input, output: silent, terminal: true });
  try {
    return (await prompt.question('')) || undefined;
  } catch (cause) {
    throw new UserError('Cancelled at the password prompt', { cause });
  } finally {
    prompt.close();
    output.write('\n');
  }
}

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UserError } from '../util/errors.ts';

/**
 * Asks a person at the terminal for a password, which is not shown.
 *
 * @param input what the person types into
 * @param output where the question is asked
 * @returns undefined for an empty answer
 * @throws {UserError} when the person leaves with Ctrl-C or Ctrl-D
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

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks a person at the terminal for a password, which is not shown.
 *
 * @returns undefined for an empty answer
 */
export async function askPassword(question: string): Promise<string | undefined> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return (await prompt.question('')) || undefined;
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}

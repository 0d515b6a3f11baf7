import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppendFile } from './append-file.ts';
import { replaceFile } from './replace-file.ts';

/** More characters than this should not wait for a decision to be written. */
const BUFFER_CHARS = 1 << 16;

/** A log of a running battle: on disk, and complete in memory as long as the battle runs. */
export class LogFile {
  readonly #path: string;
  readonly #file: AppendFile;
  readonly #lines: string[] = [];
  /** The file's content is not the beginning of the lines, or may not be. */
  #isStale: boolean;
  #written = 0;
  #pendingChars = 0;

  /** @param lines lines of an earlier run, which replace the content of the file */
  constructor(path: string, lines?: readonly string[]) {
    this.#path = path;
    this.#file = new AppendFile(path);
    this.#lines.push(...(lines ?? []));
    this.#isStale = lines !== undefined;
  }

  add(line: string): void {
    this.#lines.push(line);
    this.#pendingChars += line.length;
  }

  /** Whether much is waiting to be written. */
  get isFull(): boolean {
    return this.#pendingChars > BUFFER_CHARS;
  }

  /** Writes what is new. */
  flush(): void {
    if (this.#isStale) replaceFile(this.#path, asText(this.#lines));
    else if (this.#written < this.#lines.length) this.#file.append(asText(this.#lines.slice(this.#written)));
    this.#isStale = false;
    this.#written = this.#lines.length;
    this.#pendingChars = 0;
  }

  /**
   * Writes what is missing in a folder: everything if it has no such file.
   *
   * @param folder the log's folder, or another one without it
   */
  restore(folder: string): void {
    this.#file.close();
    const path = join(folder, basename(this.#path));
    if (path === this.#path && (existsSync(path) || this.#isStale)) this.flush();
    else if (this.#lines.length > 0) replaceFile(path, asText(this.#lines));
  }

  close(): void {
    this.#file.close();
  }
}

/** Lines as the content of a file. */
export function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A file that grows by whole pieces of text: a piece that does not fit, as on a full disk, leaves nothing behind. */
export class AppendFile {
  #fd: number | undefined;

  constructor(readonly path: string) {}

  /**
   * Appends text to the file, which stays open after the first time.
   *
   * @throws {Error} when the file system does, or the file was deleted in the meantime
   */
  append(text: string): void {
    this.#fd ??= openSync(this.path, 'a');
    const { size, nlink } = fstatSync(this.#fd);
    if (nlink === 0) throw new Error('it was deleted while it was written');
    const bytes = Buffer.from(text);
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
    } catch (error) {
      ftruncateSync(this.#fd, size);
      throw error;
    }
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

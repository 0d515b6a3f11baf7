import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The result of a battle, or of a session, takes a fraction of this. */
const BYTES = 16 << 10;

/**
 * Disk space that is reserved until a write fails for lack of it, so that the most important data can still be written.
 * The file that takes it is unlinked: nothing remains of it when the process dies.
 */
export class DiskReserve {
  #fd: number | undefined;

  /** @param folder on the disk in question; if nothing can be written there is no reserve */
  constructor(folder: string) {
    const path = join(folder, `.reserve-${process.pid}`);
    try {
      const fd = openSync(path, 'wx');
      this.#fd = fd;
      unlinkSync(path);
      writeSync(fd, Buffer.alloc(BYTES, 0x20));
    } catch {
      this.free();
    }
  }

  /** Releases the space. */
  free(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The result of a battle, or of a session, is a fraction of this. */
const BYTES = 16 << 10;

/**
 * Room on a disk that is held until a write fails for want of it, so that what matters most can still be written. The
 * file that takes it has no name any more: nothing is left of it when the process dies.
 */
export class DiskReserve {
  #fd: number | undefined;

  /** @param folder on the disk in question; where nothing can be written there is no reserve */
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

  /** Gives the room back. */
  free(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

const ALIGNMENT = 64;
const PAGE = 65_536;
const LARGEST = 65_536 * PAGE;

/**
 * Hands out places in a memory that is made afterwards, when its size is known; so the memory never grows, and views on
 * it stay valid.
 */
export class Arena {
  // Nothing lies at 0, so that a forgotten pointer is noticed.
  private end = ALIGNMENT;

  /** The place of so many bytes, a multiple of 64. */
  allocate(bytes: number): number {
    const at = this.end;
    this.end = Math.ceil((at + bytes) / ALIGNMENT) * ALIGNMENT;
    return at;
  }

  /** Bytes handed out. */
  get size(): number {
    return this.end;
  }

  /**
   * The memory, all zero.
   * @throws {RangeError} when it would be larger than WebAssembly allows (4 GiB) or than the machine has
   */
  createMemory(): WebAssembly.Memory {
    if (this.end > LARGEST)
      throw new RangeError(`${(this.end / 2 ** 30).toFixed(1)} GiB are more than the 4 GiB of WebAssembly`);
    const pages = Math.ceil(this.end / PAGE);
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  }
}

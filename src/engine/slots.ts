import { BATCH } from './layout.ts';

/** A sequence's slots in the cache of keys and values. */
export interface SlotList {
  /** Which list in memory it is, from 0. */
  readonly index: number;
  /** Slots by position; valid up to `reserved`. */
  readonly slots: Int32Array;
  /** The list that this one began as a copy of. */
  readonly parent: SlotList | null;
  /** From this position on the slots are this list's own. */
  shared: number;
  /** Positions that have a slot; those behind `length` are kept for what comes next. */
  reserved: number;
  /** Tokens in the cache. */
  length: number;
  /** Open lists that began as a copy of this one. */
  children: number;
}

/**
 * Hands out slots, and lists of them. In models with a sliding window a slot is used again when no later token can look
 * back on it (a rolling cache).
 */
export class SlotPool {
  private readonly free: number[];
  private readonly unused: number[];

  /**
   * @param lists the lists in memory, all of one length
   * @param window tokens that one looks back on, itself included; null for all
   */
  constructor(
    private readonly lists: readonly Int32Array[],
    slots: number,
    private readonly window: number | null,
  ) {
    this.free = Array.from({ length: slots }, (_, index) => slots - 1 - index);
    this.unused = lists.map((_, index) => lists.length - 1 - index);
  }

  /**
   * An empty list, or one that begins as a copy of another and shares its slots.
   * @throws {RangeError} when all lists are in use
   */
  open(parent: SlotList | null): SlotList {
    const index = this.unused.pop();
    const slots = this.lists[index ?? -1];
    if (index === undefined || slots === undefined) {
      throw new RangeError(`All of ${this.lists.length} sequences are in use`);
    }
    const length = parent?.length ?? 0;
    if (parent !== null) {
      slots.set(parent.slots.subarray(0, length));
      parent.children++;
    }
    return { index, slots, parent, shared: length, reserved: length, length, children: 0 };
  }

  /**
   * Gives so many more tokens a slot. Returns false if there are not enough; what was reserved stays so.
   * @throws {RangeError} when lists that began as copies are open
   */
  reserve(list: SlotList, count: number): boolean {
    refuseIfShared(list);
    const wanted = list.length + count;
    if (wanted > list.slots.length) return false;
    for (; list.reserved < wanted; list.reserved++) {
      const left = list.reserved - this.reach;
      const slot = left >= list.shared ? list.slots[left] : this.free.pop();
      if (slot === undefined) return false;
      list.slots[list.reserved] = slot;
    }
    return true;
  }

  /** So many positions behind each other have slots of their own: a whole batch looks back over the window. */
  private get reach(): number {
    return this.window === null ? Number.POSITIVE_INFINITY : this.window + BATCH;
  }

  /**
   * Forgets the tokens from a position on, in constant time: their slots stay with the list for the next ones. Where the
   * slots that the next token looks back on have been used again, all tokens are forgotten.
   *
   * @throws {RangeError} when lists that began as copies are open
   */
  rewind(list: SlotList, length: number): void {
    if (length >= list.length) return;
    refuseIfShared(list);
    const intact = list.reserved <= this.reach || list.reserved <= length + BATCH;
    if (length >= list.shared && intact) {
      list.length = length;
      return;
    }
    this.release(list);
    list.shared = Math.min(length, list.shared);
    list.length = list.shared;
    list.reserved = list.shared;
  }

  /** Gives the list back, with its slots. */
  close(list: SlotList): void {
    refuseIfShared(list);
    this.release(list);
    if (list.parent !== null) list.parent.children--;
    this.unused.push(list.index);
  }

  private release(list: SlotList): void {
    const first = Math.max(list.shared, list.reserved - this.reach);
    for (let position = first; position < list.reserved; position++)
      this.free.push(list.slots[position] ?? 0);
  }
}

function refuseIfShared(list: SlotList): void {
  if (list.children > 0) throw new RangeError('A sequence cannot change while others share its tokens');
}

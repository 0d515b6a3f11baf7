/** Numbers for ids, in the order of their first use: effects are found many times faster by number. */
class Ids {
  private readonly names: string[] = [''];
  private readonly numbers = new Map([['', 0]]);

  /** The number of an id; 0 for the empty one. */
  numberOf(id: string): number {
    let number = this.numbers.get(id);
    if (number === undefined) {
      number = this.names.push(id) - 1;
      this.numbers.set(id, number);
    }
    return number;
  }

  nameOf(number: number): string {
    return this.names[number] as string;
  }

  /** The entries of a table by id, as a list by number. */
  listed<T>(entries: Readonly<Record<string, T>>): readonly (T | undefined)[] {
    const list: (T | undefined)[] = [];
    for (const [id, entry] of Object.entries(entries)) list[this.numberOf(id)] = entry;
    return Array.from(list);
  }
}

export const ABILITY_IDS = new Ids();
export const ITEM_IDS = new Ids();
export const MOVE_IDS = new Ids();

import type { Status } from './condition-ids.ts';
import type { Forme } from './forme.ts';
import { ITEM_IDS } from './ids.ts';

/** The changing state of one team member, kept on the bench. */
export class Pokemon {
  readonly index: number;
  forme: Forme;
  /** HP points. */
  hp = 0;
  maxHp = 1;
  status: Status = '';
  /** Remaining turns of sleep, or the toxic counter. */
  counter = 0;
  /** Number of the held item, see `ids.ts`; 0 for none. */
  itemNumber = 0;
  /** Whether it has lost an item in this battle. */
  lostItem = false;
  terastallized = false;
  /** Once-per-battle abilities (Disguise, Intrepid Sword …) are spent. */
  abilitySpent = false;
  /** Hits it has taken in this battle. */
  timesHit = 0;
  ateBerry = false;
  pp0 = 0;
  pp1 = 0;
  pp2 = 0;
  pp3 = 0;

  constructor(index: number, forme: Forme) {
    this.index = index;
    this.forme = forme;
  }

  get item(): string {
    return ITEM_IDS.nameOf(this.itemNumber);
  }

  set item(id: string) {
    this.itemNumber = ITEM_IDS.numberOf(id);
  }

  copyFrom(other: Pokemon): void {
    this.forme = other.forme;
    this.hp = other.hp;
    this.maxHp = other.maxHp;
    this.status = other.status;
    this.counter = other.counter;
    this.itemNumber = other.itemNumber;
    this.lostItem = other.lostItem;
    this.terastallized = other.terastallized;
    this.abilitySpent = other.abilitySpent;
    this.timesHit = other.timesHit;
    this.ateBerry = other.ateBerry;
    this.pp0 = other.pp0;
    this.pp1 = other.pp1;
    this.pp2 = other.pp2;
    this.pp3 = other.pp3;
  }

  /** PP left of the move in a slot, 0–3. */
  pp(slot: number): number {
    return slot === 0 ? this.pp0 : slot === 1 ? this.pp1 : slot === 2 ? this.pp2 : this.pp3;
  }

  usePp(slot: number, amount: number): void {
    if (slot === 0) this.pp0 = Math.max(0, this.pp0 - amount);
    else if (slot === 1) this.pp1 = Math.max(0, this.pp1 - amount);
    else if (slot === 2) this.pp2 = Math.max(0, this.pp2 - amount);
    else this.pp3 = Math.max(0, this.pp3 - amount);
  }
}

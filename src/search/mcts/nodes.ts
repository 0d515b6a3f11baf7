import { CHOICES } from '../../mechanics/choices.ts';
import type { SearchState } from '../../mechanics/search-state.ts';

/** Visits and summed values of choices, by choice number; one pair of arrays may hold several such lists. */
export interface ActionStats {
  readonly visits: Float64Array;
  readonly values: Float64Array;
}

/** Empty statistics for this many lists of choices. */
export const actionStats = (lists = 1): ActionStats => ({
  visits: new Float64Array(lists * CHOICES),
  values: new Float64Array(lists * CHOICES),
});

/** A situation, identified by both sides' choices since the root. */
export interface Node {
  readonly index: number;
  readonly visits: number;
  /** The choice numbers of both sides that led here. */
  readonly own: number;
  readonly foe: number;
  /** Indices of the active Pokémon. */
  readonly ownActive: number;
  readonly foeActive: number;
}

/** The first node. */
export const ROOT = 0;

const NONE = -1;
const FIRST_CAPACITY = 512;
/** Numbers that a node keeps; see below. */
const FIELDS = 8;
const VISITS = 0;
const PARENT = 1;
/** Both choices, the active Pokémon, and which sides must bring in one: what tells the children of a node apart. */
const KEY = 2;
const OWN_ACTIVE = 3;
const FOE_ACTIVE = 4;
/** Index of the node's statistics; most nodes are visited once and have none. */
const STATS = 5;
const LAST_CHILD = 6;
/** The previous child of the same parent. */
const SIBLING = 7;

/**
 * The nodes of a tree and the statistics of their choices, by index in a few arrays that double when they are full: a
 * playout makes a node, and objects for them would be most of what a search allocates.
 */
export class Nodes {
  /** Two lists of choices for each node that has statistics: our side's and the opponent's. */
  stats = actionStats(FIRST_CAPACITY / 2);
  /** The prior of each choice in those lists; 0 until it is first asked for. */
  priors = new Float64Array((FIRST_CAPACITY / 2) * CHOICES);
  private fields = new Int32Array(FIRST_CAPACITY * FIELDS);
  /** Indices of nodes by the hash of their parent and key; open addressing, at most half full. */
  private table = new Int32Array(2 * FIRST_CAPACITY).fill(NONE);
  private count = 0;
  private grown = 0;

  /** @param root where the tree begins */
  constructor(root: SearchState) {
    this.add(NONE, 0, root);
  }

  /** Counts a visit. Returns the number of visits, this one included. */
  visit(node: number): number {
    const at = node * FIELDS + VISITS;
    const visits = (this.fields[at] ?? 0) + 1;
    this.fields[at] = visits;
    return visits;
  }

  /**
   * Where in {@link Nodes.stats} our side's list of a node begins; the opponent's follows it. Made when first needed.
   */
  statsOf(node: number): number {
    const at = node * FIELDS + STATS;
    const known = this.fields[at] ?? NONE;
    if (known !== NONE) return known;
    const place = this.grown++ * 2 * CHOICES;
    if (place === this.stats.visits.length) {
      this.stats = { visits: doubled(this.stats.visits), values: doubled(this.stats.values) };
      this.priors = doubled(this.priors);
    }
    this.fields[at] = place;
    return place;
  }

  /** The child that both choices lead to, given the active Pokémon and which sides must bring in one. */
  childOf(parent: number, p: SearchState, own: number, foe: number): number {
    const [a, b] = p.sides;
    let key = own * CHOICES + foe;
    key = key * 6 + a.active.index;
    key = key * 6 + b.active.index;
    key = key * 4 + (a.mustSwitch > 0 ? 1 : 0) + (b.mustSwitch > 0 ? 2 : 0);
    const mask = this.table.length - 1;
    for (let slot = hash(parent, key) & mask; ; slot = (slot + 1) & mask) {
      const node = this.table[slot] ?? NONE;
      if (node === NONE) return this.add(parent, key, p);
      const at = node * FIELDS;
      if (this.fields[at + PARENT] === parent && this.fields[at + KEY] === key) return node;
    }
  }

  /** A node as it is now. */
  node(index: number): Node {
    const field = (name: number): number => this.fields[index * FIELDS + name] ?? 0;
    const choices = Math.floor(field(KEY) / (6 * 6 * 4));
    return {
      index,
      visits: field(VISITS),
      own: Math.floor(choices / CHOICES),
      foe: choices % CHOICES,
      ownActive: field(OWN_ACTIVE),
      foeActive: field(FOE_ACTIVE),
    };
  }

  /** The children of a node, in the order they were made. */
  children(parent: number): Node[] {
    const children: Node[] = [];
    let index = this.fields[parent * FIELDS + LAST_CHILD] ?? NONE;
    while (index !== NONE) {
      children.push(this.node(index));
      index = this.fields[index * FIELDS + SIBLING] ?? NONE;
    }
    return children.reverse();
  }

  private add(parent: number, key: number, { sides: [a, b] }: SearchState): number {
    const index = this.count++;
    const at = index * FIELDS;
    if (at === this.fields.length) this.grow();
    const { fields } = this;
    fields[at + PARENT] = parent;
    fields[at + KEY] = key;
    fields[at + OWN_ACTIVE] = a.active.index;
    fields[at + FOE_ACTIVE] = b.active.index;
    fields[at + STATS] = NONE;
    fields[at + LAST_CHILD] = NONE;
    fields[at + SIBLING] = NONE;
    if (parent !== NONE) {
      fields[at + SIBLING] = fields[parent * FIELDS + LAST_CHILD] ?? NONE;
      fields[parent * FIELDS + LAST_CHILD] = index;
    }
    this.enter(index);
    return index;
  }

  private grow(): void {
    this.fields = doubled(this.fields);
    this.table = new Int32Array(2 * this.table.length).fill(NONE);
    for (let index = 0; index < this.count - 1; index++) this.enter(index);
  }

  /** Enters a node into the table. */
  private enter(index: number): void {
    const mask = this.table.length - 1;
    const at = index * FIELDS;
    let slot = hash(this.fields[at + PARENT] ?? 0, this.fields[at + KEY] ?? 0) & mask;
    while (this.table[slot] !== NONE) slot = (slot + 1) & mask;
    this.table[slot] = index;
  }
}

function hash(parent: number, key: number): number {
  const mixed = Math.imul(Math.imul(parent, 0x9e3779b1) ^ key, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function doubled<T extends Float64Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}

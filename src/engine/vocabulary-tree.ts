import type { Constraint } from './constraint.ts';

interface Node {
  readonly children: Map<number, Node>;
  /** Tokens that write exactly the bytes up to here. */
  readonly tokens: number[];
}

/** A vocabulary as a tree of bytes, so that the tokens that a constraint allows are found without trying all. */
export class VocabularyTree {
  private readonly root: Node = { children: new Map(), tokens: [] };
  private readonly found = new WeakMap<object, Map<string, readonly number[]>>();

  /** @param bytesOf what each token writes; null for those that write nothing, which are never allowed */
  constructor(
    size: number,
    private readonly bytesOf: (token: number) => Uint8Array | null,
  ) {
    for (let token = 0; token < size; token++) {
      const bytes = bytesOf(token);
      if (bytes === null || bytes.length === 0) continue;
      let node = this.root;
      for (const byte of bytes) {
        let child = node.children.get(byte);
        if (child === undefined) {
          child = { children: new Map(), tokens: [] };
          node.children.set(byte, child);
        }
        node = child;
      }
      node.tokens.push(token);
    }
  }

  /** Tokens that may come in a state of a constraint. */
  allowed<State>(constraint: Constraint<State>, state: State): readonly number[] {
    let byKey = this.found.get(constraint);
    if (byKey === undefined) {
      byKey = new Map();
      this.found.set(constraint, byKey);
    }
    const key = constraint.key(state);
    let tokens = byKey.get(key);
    if (tokens === undefined) {
      tokens = this.search(constraint, state);
      byKey.set(key, tokens);
    }
    return tokens;
  }

  private search<State>(constraint: Constraint<State>, state: State): number[] {
    const tokens: number[] = [];
    const open: { node: Node; state: State }[] = [{ node: this.root, state }];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      tokens.push(...at.node.tokens);
      for (const [byte, node] of at.node.children) {
        const next = constraint.next(at.state, byte);
        if (next !== null) open.push({ node, state: next });
      }
    }
    return tokens;
  }

  /** The state after a token that the constraint allows. */
  after<State>(constraint: Constraint<State>, state: State, token: number): State {
    let after = state;
    for (const byte of this.bytesOf(token) ?? []) after = constraint.next(after, byte) ?? after;
    return after;
  }
}

/** A stretch of text, or a token that was found in it. */
export type Fragment = string | number;

/** What the characters so far may go on with: a tree in which each token is a path. */
interface Node {
  /** The token that ends here. */
  id: number | null;
  readonly next: Map<string, Node>;
}

interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/**
 * Tokens that are found in text as they stand, before it is split into words: longer ones first, each from left to
 * right, as llama.cpp does it.
 */
export class MarkedTokens {
  readonly #root: Node = { id: null, next: new Map() };

  /** @param tokens texts with their ids; empty texts are never found */
  constructor(tokens: Iterable<readonly [text: string, id: number]>) {
    for (const [text, id] of tokens) {
      let node = this.#root;
      for (let i = 0; i < text.length; i++) {
        const character = text.charAt(i);
        let child = node.next.get(character);
        if (child === undefined) {
          child = { id: null, next: new Map() };
          node.next.set(character, child);
        }
        node = child;
      }
      node.id = id;
    }
  }

  /** The text in order as stretches without tokens, none of them empty, and ids of the tokens between them. */
  split(text: string): Fragment[] {
    const fragments: Fragment[] = [];
    let position = 0;
    for (const { start, end, id } of this.#chosen(text)) {
      if (start > position) fragments.push(text.slice(position, start));
      fragments.push(id);
      position = end;
    }
    if (position < text.length) fragments.push(text.slice(position));
    return fragments;
  }

  /** What is found and does not overlap with anything longer, from left to right. */
  #chosen(text: string): Occurrence[] {
    const longestFirst = this.#all(text).sort(
      (a, b) => b.end - b.start - (a.end - a.start) || a.id - b.id || a.start - b.start,
    );
    const isTaken = new Uint8Array(text.length);
    const chosen = longestFirst.filter(({ start, end }) => {
      // All that are longer were placed before, so that whatever overlaps covers an end of this one.
      if (isTaken[start] || isTaken[end - 1]) return false;
      isTaken.fill(1, start, end);
      return true;
    });
    return chosen.sort((a, b) => a.start - b.start);
  }

  #all(text: string): Occurrence[] {
    const found: Occurrence[] = [];
    for (let start = 0; start < text.length; start++) {
      let node = this.#root.next.get(text.charAt(start));
      for (let end = start + 1; node !== undefined; end++) {
        if (node.id !== null) found.push({ start, end, id: node.id });
        node = node.next.get(text.charAt(end));
      }
    }
    return found;
  }
}

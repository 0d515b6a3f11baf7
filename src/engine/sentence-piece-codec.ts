import { ModelFileError } from './model-file-error.ts';
import type { TextCodec } from './text-codec.ts';
import type { Vocabulary } from './vocabulary.ts';

/** SentencePiece writes it for a space. */
const SPACE = '▁';

const encoder = new TextEncoder();

/** A piece of the text in a chain; merging joins the right one to the left. */
interface Piece {
  /** Empty once it is part of its left neighbour. */
  text: string;
  previous: number;
  next: number;
}

/** Two neighbours that together are a token. */
interface Pair {
  readonly left: number;
  readonly right: number;
  readonly text: string;
  readonly score: number;
}

function isBefore(a: Pair, b: Pair): boolean {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}

/** Pairs of which the best comes out first: a binary heap. */
class PairQueue {
  readonly #heap: Pair[] = [];

  push(pair: Pair): void {
    const heap = this.#heap;
    let at = heap.push(pair) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as Pair;
      if (!isBefore(pair, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = pair;
  }

  pop(): Pair | undefined {
    const heap = this.#heap;
    const [best] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return best;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Pair, heap[child] as Pair)) child++;
      if (!isBefore(heap[child] as Pair, last)) break;
      heap[at] = heap[child] as Pair;
      at = child;
    }
    heap[at] = last;
    return best;
  }
}

/** The text in pieces: single characters, of which the pair whose token has the highest score is merged, again and again. */
function segment(text: string, scoreOf: (token: string) => number | undefined): string[] {
  const pieces = Array.from(
    text,
    (character, i): Piece => ({ text: character, previous: i - 1, next: i + 1 }),
  );
  const queue = new PairQueue();
  const consider = (left: number, right: number): void => {
    const [a, b] = [pieces[left], pieces[right]];
    if (a === undefined || b === undefined) return;
    const score = scoreOf(a.text + b.text);
    if (score !== undefined) queue.push({ left, right, text: a.text + b.text, score });
  };
  for (let i = 1; i < pieces.length; i++) consider(i - 1, i);
  for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
    const left = pieces[pair.left] as Piece;
    const right = pieces[pair.right] as Piece;
    const isOutdated = left.text === '' || right.text === '' || left.text + right.text !== pair.text;
    if (isOutdated) continue;
    left.text = pair.text;
    left.next = right.next;
    right.text = '';
    const after = pieces[right.next];
    if (after !== undefined) after.previous = pair.left;
    consider(left.previous, pair.left);
    consider(pair.left, left.next);
  }
  return pieces.map((piece) => piece.text).filter((piece) => piece !== '');
}

function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

function idsOf(vocabulary: Vocabulary, ...kinds: readonly string[]): Map<string, number> {
  const found = vocabulary.tokens.map((token, id): [string, number] => [token, id]);
  return new Map(found.filter(([, id]) => kinds.includes(vocabulary.kinds[id] ?? '')));
}

/**
 * SentencePiece's byte-pair encoding (Kudo and Richardson 2018) by the scores of tokens, as Llama 1, 2 and Mistral have
 * it: no words, spaces are part of tokens, and a character without a token is written byte by byte. The library for
 * tokenizers merges by a list of pairs, which these files do not have; this is the order of llama.cpp's
 * `llm_tokenizer_spm`.
 *
 * @throws {ModelFileError} when the file has no scores
 */
export function createSentencePieceCodec(vocabulary: Vocabulary): TextCodec {
  if (vocabulary.scores.length === 0) {
    throw new ModelFileError('the SentencePiece vocabulary is without tokenizer.ggml.scores');
  }
  const ids = idsOf(vocabulary, 'normal', 'user', 'unused');
  const byteIds = idsOf(vocabulary, 'byte');
  const addsSpacePrefix = vocabulary.addsSpacePrefix ?? true;
  const scoreOf = (token: string): number | undefined => {
    const id = ids.get(token);
    return id === undefined ? undefined : vocabulary.scores[id];
  };
  const idsOfPiece = (piece: string): number[] => {
    const id = ids.get(piece);
    if (id !== undefined) return [id];
    const bytes = Array.from(encoder.encode(piece), (byte) => byteIds.get(byteToken(byte)));
    return bytes.map((byte) => byte ?? vocabulary.unknown).filter((byte) => byte !== null);
  };
  return {
    encode(text, isFirst) {
      const whole = (isFirst && addsSpacePrefix ? ' ' : '') + text;
      return segment(whole.replaceAll(' ', SPACE), scoreOf).flatMap(idsOfPiece);
    },
    bytesOf: (token) => encoder.encode(token.replaceAll(SPACE, ' ')),
    addsBos: vocabulary.addsBos ?? true,
    addsSpacePrefix,
  };
}

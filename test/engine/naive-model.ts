import { HIDDEN, LAYERS, type RandomModel, VOCABULARY, WIDTH } from '../support/random-model.ts';

/**
 * The same models written down again in the plainest way, in double precision and without a cache: for each position all
 * is computed from the beginning. Returns the logits after each token.
 */
export function naiveLogits({ metadata, weights }: RandomModel, tokens: readonly number[]): number[][] {
  const number = (key: string, fallback: number): number => Number(metadata[`llama.${key}`] ?? fallback);
  const heads = number('attention.head_count', 1);
  const kvHeads = number('attention.head_count_kv', heads);
  const headSize = WIDTH / heads;
  const window = number('attention.sliding_window', tokens.length);
  const get = (name: string): Float32Array => weights.get(`${name}.weight`) ?? new Float32Array();
  const matrixTimes = (
    matrix: Float32Array,
    x: readonly number[],
    from = 0,
    rows = matrix.length / x.length,
  ): number[] =>
    Array.from({ length: rows }, (_, row) =>
      x.reduce((sum, value, column) => sum + value * (matrix[from + row * x.length + column] ?? 0), 0),
    );
  const norm = (x: readonly number[], gain: Float32Array): number[] => {
    const square = x.reduce((sum, value) => sum + value * value, 0) / x.length;
    return x.map((value, index) => ((gain[index] ?? 0) * value) / Math.sqrt(square + 0.00001));
  };
  const rotate = (x: readonly number[], position: number): number[] => {
    const turned = [...x];
    const dimensions = number('rope.dimension_count', headSize);
    for (let head = 0; head < x.length; head += headSize) {
      for (let i = 0; i < dimensions; i += 2) {
        const slowed = number('rope.scaling.factor', 1) * (get('rope_freqs')[i / 2] ?? 1);
        const angle = (position / slowed) * Math.fround(1000.5) ** (-i / dimensions);
        const [a, b] = [x[head + i] ?? 0, x[head + i + 1] ?? 0];
        turned[head + i] = a * Math.cos(angle) - b * Math.sin(angle);
        turned[head + i + 1] = a * Math.sin(angle) + b * Math.cos(angle);
      }
    }
    return turned;
  };
  const feedForward = (layer: number, x: readonly number[]): number[] => {
    const one = (expert: number, suffix: string): number[] => {
      const from = expert * WIDTH * HIDDEN;
      const gate = matrixTimes(get(`blk.${layer}.ffn_gate${suffix}`), x, from, HIDDEN);
      const up = matrixTimes(get(`blk.${layer}.ffn_up${suffix}`), x, from, HIDDEN);
      const inner = gate.map((value, index) => (value / (1 + Math.exp(-value))) * (up[index] ?? 0));
      return matrixTimes(get(`blk.${layer}.ffn_down${suffix}`), inner, from, WIDTH);
    };
    const count = number('expert_count', 0);
    if (count === 0) return one(0, '');
    const scores = matrixTimes(get(`blk.${layer}.ffn_gate_inp`), x).map((score, expert) => ({
      score: Math.exp(score),
      expert,
    }));
    const best = scores.sort((a, b) => b.score - a.score).slice(0, number('expert_used_count', count));
    const sum = best.reduce((total, { score }) => total + score, 0);
    return best
      .map(({ score, expert }) => one(expert, '_exps').map((value) => (value * score) / sum))
      .reduce((some, others) => some.map((value, index) => value + (others[index] ?? 0)));
  };

  let xs = tokens.map((token) => [...get('token_embd').subarray(token * WIDTH, (token + 1) * WIDTH)]);
  for (let layer = 0; layer < LAYERS; layer++) {
    const inputs = xs.map((x) => norm(x, get(`blk.${layer}.attn_norm`)));
    const keys = inputs.map((x, position) => rotate(matrixTimes(get(`blk.${layer}.attn_k`), x), position));
    const values = inputs.map((x) => matrixTimes(get(`blk.${layer}.attn_v`), x));
    xs = xs.map((x, position) => {
      const query = rotate(matrixTimes(get(`blk.${layer}.attn_q`), inputs[position] ?? []), position);
      const attended = Array.from({ length: heads }, (_, head) => {
        const shared = Math.floor(head / (heads / kvHeads)) * headSize;
        const seen = [...tokens.keys()].filter((other) => other <= position && other > position - window);
        const weightsOf = seen.map((other) =>
          Math.exp(
            Array.from(
              { length: headSize },
              (_, i) => (query[head * headSize + i] ?? 0) * (keys[other]?.[shared + i] ?? 0),
            ).reduce((sum, value) => sum + value, 0) / Math.sqrt(headSize),
          ),
        );
        const total = weightsOf.reduce((sum, weight) => sum + weight, 0);
        return Array.from({ length: headSize }, (_, i) =>
          seen.reduce(
            (sum, other, index) =>
              sum + ((weightsOf[index] ?? 0) / total) * (values[other]?.[shared + i] ?? 0),
            0,
          ),
        );
      }).flat();
      const added = matrixTimes(get(`blk.${layer}.attn_output`), attended).map(
        (value, index) => value + (x[index] ?? 0),
      );
      const fed = feedForward(layer, norm(added, get(`blk.${layer}.ffn_norm`)));
      return added.map((value, index) => value + (fed[index] ?? 0));
    });
  }
  const output = weights.has('output.weight') ? get('output') : get('token_embd');
  return xs.map((x) => matrixTimes(output, norm(x, get('output_norm')), 0, VOCABULARY));
}

"""A decoder-only transformer in numpy and 64-bit floats, written to be read: the witness that every kind of model has."""

import numpy as np


def rms_norm(x, weight, epsilon):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def rotate(x, position, spec, factors):
    """Turns the pairs (2i, 2i + 1) of the first `rope_dimensions` numbers of each head."""
    dimensions = spec["rope_dimensions"]
    frequencies = spec["rope_base"] ** (-np.arange(0, dimensions, 2) / dimensions)
    angles = position / spec.get("linear_factor", 1) * frequencies / factors
    even, odd = x[..., 0:dimensions:2], x[..., 1:dimensions:2]
    turned = x.copy()
    turned[..., 0:dimensions:2] = even * np.cos(angles) - odd * np.sin(angles)
    turned[..., 1:dimensions:2] = even * np.sin(angles) + odd * np.cos(angles)
    return turned


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def swiglu(x, gate, up, down):
    g = gate @ x
    return down @ (g / (1 + np.exp(-g)) * (up @ x))


def feed_forward(x, weights, layer, spec):
    w = lambda name: weights[f"blk.{layer}.{name}.weight"]
    if "experts" not in spec:
        return swiglu(x, w("ffn_gate"), w("ffn_up"), w("ffn_down"))
    chances = softmax(w("ffn_gate_inp") @ x)
    best = np.argsort(-chances)[: spec["experts_used"]]
    share = chances[best] / chances[best].sum()
    expert = lambda e: swiglu(x, w("ffn_gate_exps")[e], w("ffn_up_exps")[e], w("ffn_down_exps")[e])
    return sum(s * expert(e) for s, e in zip(share, best))


def logits(spec, weights, tokens):
    """The logits after each of `tokens`; `weights` have the names of GGUF, as [output, input]."""
    weights = {name: w.astype(np.float64) for name, w in weights.items()}
    heads, kv_heads, size, epsilon = spec["heads"], spec["kv_heads"], spec["head_size"], spec["epsilon"]
    factors = weights.get("rope_freqs.weight", np.ones(spec["rope_dimensions"] // 2))
    window = spec.get("window", len(tokens))
    x = weights["token_embd.weight"][tokens]
    for layer in range(spec["layers"]):
        w = lambda name: weights[f"blk.{layer}.{name}.weight"]
        h = rms_norm(x, w("attn_norm"), epsilon)
        q = (h @ w("attn_q").T).reshape(-1, heads, size)
        k = (h @ w("attn_k").T).reshape(-1, kv_heads, size)
        v = (h @ w("attn_v").T).reshape(-1, kv_heads, size)
        q = np.stack([rotate(row, i, spec, factors) for i, row in enumerate(q)])
        k = np.stack([rotate(row, i, spec, factors) for i, row in enumerate(k)])
        k, v = (np.repeat(part, heads // kv_heads, axis=1) for part in (k, v))
        scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(size)
        before = np.arange(len(tokens))[:, None] - np.arange(len(tokens))[None, :]
        scores = np.where((before >= 0) & (before < window), scores, -np.inf)
        mixed = np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(len(tokens), -1)
        x = x + mixed @ w("attn_output").T
        h = rms_norm(x, w("ffn_norm"), epsilon)
        x = x + np.stack([feed_forward(row, weights, layer, spec) for row in h])
    x = rms_norm(x, weights["output_norm.weight"], epsilon)
    return x @ weights.get("output.weight", weights["token_embd.weight"]).T

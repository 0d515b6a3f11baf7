"""Writes tiny models with random weights, and their logits by independent implementations: python3 make-vectors.py."""

import ctypes
import json
import tempfile
from pathlib import Path

import llama_cpp
import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, GGUFReader, GGUFWriter
from gguf.quants import dequantize

import oracles
import reference

PLAIN = dict(
    vocabulary=64, width=64, layers=2, heads=4, kv_heads=4, head_size=16, feed_forward=64, rope_dimensions=16,
    rope_base=10000.0, epsilon=1e-5, positions=24,
)
SMALL = dict(PLAIN, width=32, heads=2, kv_heads=1, feed_forward=32)
NARROW_HEADS = dict(SMALL, heads=4, kv_heads=2, head_size=8, rope_dimensions=8)
LARGE = dict(PLAIN, width=256, heads=8, kv_heads=2, head_size=32, rope_dimensions=32, feed_forward=256, layers=1)

# Llama 3's factors: high frequencies stay, low ones are divided by 8, those between in between.
LLAMA_3_FACTORS = [1, 1, 1, 1.7, 3.9, 8, 8, 8]

MODELS = {
    "dense": dict(PLAIN),
    "grouped-queries-tied": dict(NARROW_HEADS, tied=True),
    "sliding-window": dict(NARROW_HEADS, window=8, positions=40),
    "experts": dict(SMALL, experts=4, experts_used=2),
    "rope-linear": dict(SMALL, linear_factor=4.0),
    "rope-llama-3": dict(SMALL, rope_base=500000.0, rope_factors=LLAMA_3_FACTORS),
    "rope-part-of-head": dict(SMALL, rope_dimensions=8),
    "wide-heads": dict(SMALL, head_size=32, rope_dimensions=32),
    "dense-q8_0": dict(PLAIN, seed="dense", types={"": "Q8_0"}),
    "dense-q4_0": dict(PLAIN, seed="dense", types={"": "Q4_0"}),
    "every-type": dict(LARGE, types={
        "token_embd": "Q4_1", "attn_q": "Q4_K", "attn_k": "Q5_K", "attn_v": "Q6_K", "attn_output": "F16",
        "ffn_gate": "Q4_K", "ffn_up": "Q5_K", "ffn_down": "Q6_K", "output.": "Q8_0",
    }),
    "every-type-small": dict(SMALL, types={
        "token_embd": "Q8_0", "attn_q": "Q4_0", "attn_k": "Q4_1", "attn_v": "BF16", "attn_output": "Q8_0",
        "ffn_gate": "BF16", "ffn_up": "Q4_1", "ffn_down": "Q4_0", "output.": "F16",
    }),
}


def shapes(spec):
    width, feed_forward = spec["width"], spec["feed_forward"]
    queries, keys = spec["heads"] * spec["head_size"], spec["kv_heads"] * spec["head_size"]
    found = {"token_embd": (spec["vocabulary"], width), "output_norm": (width,)}
    if not spec.get("tied"):
        found["output"] = (spec["vocabulary"], width)
    for layer in range(spec["layers"]):
        parts = {
            "attn_norm": (width,), "ffn_norm": (width,), "attn_q": (queries, width), "attn_k": (keys, width),
            "attn_v": (keys, width), "attn_output": (width, queries),
        }
        if experts := spec.get("experts"):
            parts["ffn_gate_inp"] = (experts, width)
            parts["ffn_gate_exps"] = parts["ffn_up_exps"] = (experts, feed_forward, width)
            parts["ffn_down_exps"] = (experts, width, feed_forward)
        else:
            parts["ffn_gate"] = parts["ffn_up"] = (feed_forward, width)
            parts["ffn_down"] = (width, feed_forward)
        found |= {f"blk.{layer}.{part}": shape for part, shape in parts.items()}
    return {f"{name}.weight": shape for name, shape in found.items()}


def draw_weights(spec, seed):
    draws = np.random.default_rng(list(seed.encode()))
    weights = {}
    for name, shape in shapes(spec).items():
        numbers = draws.standard_normal(shape)
        if len(shape) == 1:
            numbers = 1 + 0.1 * numbers
        elif spec.get("tied") or not name.startswith("token_embd"):
            numbers *= 1.5 / np.sqrt(shape[-1])
        weights[name] = numbers.astype(np.float32)
    if factors := spec.get("rope_factors"):
        weights["rope_freqs.weight"] = np.array(factors, dtype=np.float32)
    return weights


quantize_chunk = ctypes.CDLL(
    str(Path(llama_cpp.__file__).parent / "lib" / "libggml-base.so")
).ggml_quantize_chunk
quantize_chunk.restype = ctypes.c_size_t


def pack(weight, type_name):
    """The weight in another type, by llama.cpp's own quantisation, and what it then means."""
    kind = GGMLQuantizationType[type_name]
    numbers, size = GGML_QUANT_SIZES[kind]
    packed = np.zeros((*weight.shape[:-1], weight.shape[-1] // numbers * size), dtype=np.uint8)
    if type_name == "F16":
        packed = weight.astype(np.float16).view(np.uint8)
    elif type_name == "BF16":
        packed = np.ascontiguousarray(weight.view(np.uint8).reshape(*weight.shape, 4)[..., 2:]).reshape(packed.shape)
    else:
        quantize_chunk(
            ctypes.c_int(kind), weight.ctypes.data_as(ctypes.c_void_p), packed.ctypes.data_as(ctypes.c_void_p),
            ctypes.c_int64(0), ctypes.c_int64(weight.size // weight.shape[-1]), ctypes.c_int64(weight.shape[-1]), None,
        )
    return packed, kind, dequantize(packed, kind).astype(np.float32)


def type_of(name, spec, weight):
    if weight.ndim < 2:
        return None
    return next((kind for part, kind in spec.get("types", {}).items() if part in name), None)


def write(path, spec, weights):
    """Writes the model, and gives the weights as they are after quantisation."""
    writer = GGUFWriter(path, "llama")
    writer.add_name(Path(path).stem)
    writer.add_block_count(spec["layers"])
    writer.add_context_length(64)
    writer.add_embedding_length(spec["width"])
    writer.add_feed_forward_length(spec["feed_forward"])
    writer.add_head_count(spec["heads"])
    writer.add_head_count_kv(spec["kv_heads"])
    writer.add_layer_norm_rms_eps(spec["epsilon"])
    writer.add_rope_dimension_count(spec["rope_dimensions"])
    writer.add_rope_freq_base(spec["rope_base"])
    writer.add_vocab_size(spec["vocabulary"])
    writer.add_tokenizer_model("no_vocab")
    if spec["head_size"] != spec["width"] // spec["heads"]:
        writer.add_key_length(spec["head_size"])
        writer.add_value_length(spec["head_size"])
    if "window" in spec:
        writer.add_sliding_window(spec["window"])
    if "linear_factor" in spec:
        writer.add_string("llama.rope.scaling.type", "linear")
        writer.add_rope_scaling_factor(spec["linear_factor"])
    if "experts" in spec:
        writer.add_expert_count(spec["experts"])
        writer.add_expert_used_count(spec["experts_used"])
    meant = {}
    for name, weight in weights.items():
        kind = type_of(name, spec, weight)
        if kind is None:
            writer.add_tensor(name, weight)
            meant[name] = weight
        else:
            packed, raw, meant[name] = pack(weight, kind)
            writer.add_tensor(name, packed, raw_dtype=raw)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return meant


def try_llama_cpp(spec, weights, tokens):
    """By llama.cpp from a file of 32-bit floats, since it rounds its inputs where weights are quantised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plain.gguf"
        write(path, {**spec, "types": {}}, weights)
        try:
            return oracles.by_llama_cpp(path, tokens)
        except ValueError:
            return None


def largest(a, b):
    return None if a is None or b is None else float(np.max(np.abs(a - b)))


def make(name, spec):
    weights = write(f"{name}.gguf", spec, draw_weights(spec, spec.get("seed", name)))
    tokens = np.random.default_rng(22).integers(0, spec["vocabulary"], spec["positions"]).tolist()
    ours = reference.logits(spec, weights, tokens)
    llama = try_llama_cpp(spec, weights, tokens)
    hugging = oracles.by_transformers(spec, weights, tokens) if "window" in spec else None
    witness = "transformers" if "window" in spec else "numpy" if llama is None else "llama.cpp"
    golden = {"transformers": hugging, "llama.cpp": llama, "numpy": ours}[witness]
    golden.astype(np.float32).tofile(f"{name}.f32")
    differences = {"llama.cpp and numpy": largest(llama, ours), "transformers and numpy": largest(hugging, ours)}
    if "window" in spec:
        unlimited = reference.logits({**spec, "window": len(tokens)}, weights, tokens)
        differences["llama.cpp and numpy without the window"] = largest(llama, unlimited)
    return {
        "tokens": tokens, "vocabulary": spec["vocabulary"], "witness": witness,
        "differences": {pair: value for pair, value in differences.items() if value is not None},
        "largest": float(np.max(np.abs(golden))),
    }


if __name__ == "__main__":
    index = {name: make(name, spec) for name, spec in MODELS.items()}
    lines = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in index.items()]
    Path("index.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    for name, entry in index.items():
        print(name, entry["witness"], entry["differences"], entry["largest"])

"""Writes a checkpoint as a GGUF file of the architecture llama: matrices in Q8_0, the rest in float32."""

import argparse
import json
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType, TokenType
from tokenizers import Tokenizer
from torch import Tensor

from tokenizer import END

# What the engine reads off this model, and in which prompt style: see src/model/local.
STYLE = "local"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", type=Path, default="training/data/model/checkpoint.pt")
    options.add_argument("--tokenizer", type=Path, default="training/data/tokenizer.json")
    options.add_argument("--out", type=Path, default="knowledge/models/local.gguf")
    options.add_argument("--name", default="PokéLLMon local")
    args = options.parse_args()
    saved = torch.load(args.checkpoint, weights_only=True, map_location="cpu")

    part = args.out.with_suffix(".part")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(part, "llama")
    writer.add_name(args.name)
    writer.add_license("mit")
    add_shape(writer, saved["shape"])
    add_tokenizer(writer, args.tokenizer)
    writer.add_string("pokellmon.style", STYLE)
    for name, weight in tensors(saved["model"]):
        add_tensor(writer, name, weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    part.replace(args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, after {saved['at']['samples']:,} samples")


def add_shape(writer: gguf.GGUFWriter, shape: dict) -> None:
    writer.add_block_count(shape["layers"])
    writer.add_context_length(shape["context"])
    writer.add_embedding_length(shape["width"])
    writer.add_feed_forward_length(shape["hidden"])
    writer.add_head_count(shape["heads"])
    writer.add_head_count_kv(shape["kv_heads"])
    writer.add_rope_dimension_count(shape["width"] // shape["heads"])
    writer.add_rope_freq_base(shape["rope_base"])
    writer.add_layer_norm_rms_eps(shape["epsilon"])


def add_tokenizer(writer: gguf.GGUFWriter, file: Path) -> None:
    """The tokenizer in GGUF's own form, and as it is, which alone has how it cuts text into words."""
    text = file.read_text(encoding="utf-8")
    parts = json.loads(text)
    added = {token["id"] for token in parts["added_tokens"]}
    tokenizer = Tokenizer.from_file(str(file))
    end = tokenizer.token_to_id(END)
    size = tokenizer.get_vocab_size()
    kind = lambda token: TokenType.CONTROL if token == end else TokenType.USER_DEFINED if token in added else TokenType.NORMAL
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([tokenizer.id_to_token(token) for token in range(size)])
    writer.add_token_types([kind(token) for token in range(size)])
    writer.add_token_merges([merge if isinstance(merge, str) else " ".join(merge) for merge in parts["model"]["merges"]])
    writer.add_eos_token_id(end)
    writer.add_add_bos_token(False)
    writer.add_string("tokenizer.huggingface.json", json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


# The model's names for the parts of a block, and GGUF's.
BLOCK = {
    "attention_norm": "attn_norm",
    "attention.query": "attn_q",
    "attention.key": "attn_k",
    "attention.value": "attn_v",
    "attention.out": "attn_output",
    "feed_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def tensors(weights: dict[str, Tensor]) -> list[tuple[str, Tensor]]:
    """The weights under GGUF's names. Pairs are turned as GGUF does, so queries and keys stay as they are."""
    named = []
    for name, weight in weights.items():
        if name.startswith("blocks."):
            _, number, rest = name.removesuffix(".weight").split(".", 2)
            named.append((f"blk.{number}.{BLOCK[rest]}.weight", weight))
        else:
            named.append(({"embedding.weight": "token_embd.weight", "norm.weight": "output_norm.weight"}[name], weight))
    return named


def add_tensor(writer: gguf.GGUFWriter, name: str, weight: Tensor) -> None:
    values = weight.float().numpy()
    if values.ndim == 1:
        writer.add_tensor(name, values)
        return
    kind = GGMLQuantizationType.Q8_0
    writer.add_tensor(name, gguf.quants.quantize(values.astype(np.float32), kind), raw_dtype=kind)


if __name__ == "__main__":
    main()

"""The logits of a model by llama.cpp and by transformers, with 32-bit floats throughout."""

import llama_cpp
import numpy as np
import torch
from transformers import MistralConfig, MistralForCausalLM

F32_CACHE = 0


def by_llama_cpp(path, tokens):
    model = llama_cpp.Llama(
        str(path), n_ctx=64, n_batch=64, logits_all=True, n_threads=1, n_gpu_layers=0, verbose=False,
        type_k=F32_CACHE, type_v=F32_CACHE, flash_attn=False,
    )
    model.eval(tokens)
    return np.array(model.scores[: len(tokens)], dtype=np.float32)


def halves(weight, heads):
    """Rows of queries or keys from GGUF's order, pairs (2i, 2i + 1), to transformers', pairs (i, i + half)."""
    return weight.reshape(heads, -1, 2, weight.shape[-1]).swapaxes(1, 2).reshape(weight.shape)


def by_transformers(spec, weights, tokens):
    """Mistral with eager attention, which masks what is beyond the window."""
    config = MistralConfig(
        vocab_size=spec["vocabulary"], hidden_size=spec["width"], intermediate_size=spec["feed_forward"],
        num_hidden_layers=spec["layers"], num_attention_heads=spec["heads"], head_dim=spec["head_size"],
        num_key_value_heads=spec["kv_heads"], rms_norm_eps=spec["epsilon"], sliding_window=spec["window"],
        rope_parameters={"rope_type": "default", "rope_theta": spec["rope_base"]},
        tie_word_embeddings=False, attn_implementation="eager",
    )
    model = MistralForCausalLM(config).eval()
    names = {
        "attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
        "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
        "ffn_down": "mlp.down_proj", "attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm",
    }
    state = {
        "model.embed_tokens.weight": weights["token_embd.weight"],
        "model.norm.weight": weights["output_norm.weight"],
        "lm_head.weight": weights.get("output.weight", weights["token_embd.weight"]),
    }
    for layer in range(spec["layers"]):
        for ours, theirs in names.items():
            weight = weights[f"blk.{layer}.{ours}.weight"]
            if ours == "attn_q":
                weight = halves(weight, spec["heads"])
            if ours == "attn_k":
                weight = halves(weight, spec["kv_heads"])
            state[f"model.layers.{layer}.{theirs}.weight"] = weight
    model.load_state_dict({name: torch.from_numpy(weight.copy()) for name, weight in state.items()})
    with torch.no_grad():
        return model(torch.tensor([tokens])).logits[0].numpy()

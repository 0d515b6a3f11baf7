"""Writes what llama.cpp makes of texts and chats with SmolLM2: python3 make-smollm2.py SmolLM2-135M-Instruct.Q4_1.gguf.

Where weights are quantised, llama.cpp rounds what they are multiplied with to 8 bits, so that its answers are not those
of the file's numbers. Here it is given the same numbers as 32-bit floats.
"""

import json
import sys
import tempfile
from pathlib import Path

import llama_cpp
import numpy as np
from gguf import GGUFReader, GGUFValueType, GGUFWriter
from gguf.quants import dequantize

F32_CACHE = 0
LENGTH = 64

TEXTS = json.loads(Path("../../engine/vectors/tokenizers/ids.json").read_text())["texts"]

QUESTIONS = [
    "What is the capital of France?",
    "How do I bake bread?",
    "Explain what a critical hit is.",
    "Your Iron Valiant (78% HP) faces Great Tusk (100% HP).\n1. move Moonblast\n2. move Close Combat\n3. switch Gholdengo\nWhich number do you choose, and why?",
    "Nenne drei Städte in Deutschland: ",
]


def write_plain(source, target):
    """The same model with all weights as 32-bit floats."""
    reader = GGUFReader(source)
    writer = GGUFWriter(target, "llama")
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture":
            continue
        main, *rest = field.types
        writer.add_key_value(name, field.contents(), main, rest[-1] if main == GGUFValueType.ARRAY else None)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, dequantize(tensor.data, tensor.tensor_type).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def render(question):
    system = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
    return f"<|im_start|>system\n{system}<|im_end|>\n<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n"


def greedy(model, prompt):
    """The answer, and by how much its tokens were at least ahead of the second best."""
    model.reset()
    model.eval(prompt)
    answer, lead = [], np.inf
    while len(answer) < LENGTH:
        logits = model.scores[model.n_tokens - 1]
        token = int(logits.argmax())
        second, best = np.partition(logits, -2)[-2:]
        lead = min(lead, float(best - second))
        answer.append(token)
        if token == model.token_eos():
            break
        model.eval([token])
    return {"answer": answer, "lead": round(lead, 4)}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write_plain(sys.argv[1], f"{folder}/plain.gguf")
        model = llama_cpp.Llama(
            f"{folder}/plain.gguf", n_ctx=1024, logits_all=True, n_threads=1, verbose=False,
            type_k=F32_CACHE, type_v=F32_CACHE, flash_attn=False,
        )
    encode = lambda text, special: model.tokenize(text.encode(), add_bos=False, special=special)
    rows = [{"text": text, "plain": encode(text, False), "template": encode(text, True)} for text in TEXTS]
    prompts = {question: encode(render(question), True) for question in QUESTIONS}
    chats = [{"question": question, "prompt": prompt, **greedy(model, prompt)} for question, prompt in prompts.items()]
    lines = lambda all: ",\n".join(json.dumps(one, separators=(",", ":")) for one in all)
    Path("smollm2.json").write_text(f'{{"texts": [\n{lines(rows)}\n],\n"chats": [\n{lines(chats)}\n]}}\n')

"""Random blocks of each tensor type with what numpy's `gguf` makes of them: python3 make-vectors.py."""

import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf import GGML_QUANT_SIZES
from gguf.quants import dequantize

# Bytes of a block that begin a 16-bit float; the rest is random.
HALVES = {"F16": [0], "Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}
ROWS = 4

draws = np.random.default_rng(22)
for name in ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q4_K", "Q5_K", "Q6_K"]:
    numbers, size = GGML_QUANT_SIZES[Type[name]]
    blocks = ROWS * 512 // numbers
    if name == "F32":
        data = draws.standard_normal(blocks, dtype=np.float32).view(np.uint8).reshape(blocks, 4)
    elif name == "BF16":
        data = draws.standard_normal(blocks, dtype=np.float32).view(np.uint8).reshape(blocks, 4)[:, 2:].copy()
    else:
        data = draws.integers(0, 256, (blocks, size), dtype=np.uint8)
        for at in HALVES[name]:
            # Of all sizes and both signs, some below the smallest normal number, and zero.
            halves = (draws.standard_normal(blocks) * 10.0 ** draws.integers(-8, 3, blocks)).astype(np.float16)
            halves[0] = 0
            data[:, at : at + 2] = halves.view(np.uint8).reshape(blocks, 2)
    packed = np.ascontiguousarray(data).reshape(ROWS, -1)
    expected = dequantize(packed, Type[name]) if name != "F32" else packed.view(np.float32)
    packed.tofile(f"{name}.bin")
    expected.astype(np.float32).tofile(f"{name}.f32")

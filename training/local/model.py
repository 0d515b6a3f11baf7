"""A decoder-only transformer in GGUF's `llama` architecture: RMSNorm, rotary positions on neighbouring pairs,
attention whose key and value heads may be fewer, SwiGLU, and one matrix for the first and the last layer."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


# Initial standard deviation of the embeddings.
EMBEDDING_SPREAD = 0.1


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 6
    hidden: int = 512
    context: int = 1024
    rope_base: float = 10_000.0
    epsilon: float = 1e-5


class Norm(nn.Module):
    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, self.weight.shape, self.weight, self.epsilon)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        size = shape.width // shape.heads
        self.query = nn.Linear(shape.width, shape.heads * size, bias=False)
        self.key = nn.Linear(shape.width, shape.kv_heads * size, bias=False)
        self.value = nn.Linear(shape.width, shape.kv_heads * size, bias=False)
        self.out = nn.Linear(shape.heads * size, shape.width, bias=False)

    def forward(self, x: Tensor, turn: "Turn", reads: Tensor | None) -> Tensor:
        """x is normalized; with `reads`, [batch, count], only these places query, and only they get a result."""
        asking = x if reads is None else taken(x, reads)
        q = rotated(self.split(self.query(asking), self.shape.heads), turn if reads is None else turn_at(turn, reads))
        k = rotated(self.split(self.key(x), self.shape.kv_heads), turn)
        v = self.split(self.value(x), self.shape.kv_heads)
        shared = self.shape.heads // self.shape.kv_heads
        if shared > 1:
            k, v = k.repeat_interleave(shared, 1), v.repeat_interleave(shared, 1)
        if reads is None:
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            before = reads[:, None, :, None] >= torch.arange(x.shape[1], device=x.device)
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=before)
        return self.out(y.transpose(1, 2).flatten(2))

    @staticmethod
    def split(x: Tensor, heads: int) -> Tensor:
        return x.unflatten(2, (heads, -1)).transpose(1, 2)


# Cosines and sines of the angles of each place.
Turn = tuple[Tensor, Tensor]


def turn_at(turn: Turn, reads: Tensor) -> Turn:
    return turn[0][reads][:, None], turn[1][reads][:, None]


def taken(x: Tensor, reads: Tensor) -> Tensor:
    """The rows of x, [batch, length, width], at some places of each sample."""
    return x.gather(1, reads[..., None].expand(-1, -1, x.shape[2]))


def rotated(x: Tensor, turn: Turn) -> Tensor:
    """Rotates the pairs (0, 1), (2, 3), … of each head by an angle that grows with the position."""
    cos, sin = turn
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = Norm(shape.width, shape.epsilon)
        self.attention = Attention(shape)
        self.feed_norm = Norm(shape.width, shape.epsilon)
        self.gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, turn: Turn, reads: Tensor | None = None) -> Tensor:
        y = self.attention(self.attention_norm(x), turn, reads)
        x = (x if reads is None else taken(x, reads)) + y
        y = self.feed_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Transformer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.epsilon)
        size = shape.width // shape.heads
        speeds = shape.rope_base ** (-torch.arange(0, size, 2) / size)
        angles = torch.outer(torch.arange(shape.context), speeds)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        # Wider than is usual: a model this small has few steps to grow in.
        for name, weight in self.named_parameters():
            if weight.dim() == 2 and not name.startswith("embedding"):
                deep = name.endswith(("out.weight", "down.weight"))
                nn.init.normal_(weight, std=(weight.shape[1] * (2 * shape.layers if deep else 1)) ** -0.5)
        nn.init.normal_(self.embedding.weight, std=EMBEDDING_SPREAD)

    def forward(self, tokens: Tensor, reads: Tensor) -> Tensor:
        """What the last layer makes of the tokens at some places, [batch, count, width], of those up to them; its product
        with a token's embedding is that token's logit. The last block works for these places alone.

        tokens: [batch, length]; reads: places, [batch, count]
        """
        length = tokens.shape[1]
        turn = (self.cos[:length], self.sin[:length])
        x = self.embedding(tokens)
        for block in self.blocks[:-1]:
            x = block(x, turn)
        return self.norm(self.blocks[-1](x, turn, reads))


def place_numbers(model: Transformer, numbers: dict[int, int], seed: int) -> None:
    """Begins with numbers that are close to each other where their values are: the same waves of the value for each.

    numbers: value by token; called once for numbers with % and once for those without.
    """
    chance = torch.Generator().manual_seed(seed)
    tokens = torch.tensor(list(numbers))
    values = torch.tensor([float(value) for value in numbers.values()])
    waves = 2 * torch.pi * values[:, None] / torch.tensor([600.0, 300, 150, 75, 37, 18, 9])
    features = torch.cat((values[:, None] / 100, values[:, None].log1p() / 3, waves.sin(), waves.cos()), 1)
    way = torch.randn(features.shape[1] + 1, model.shape.width, generator=chance)
    places = features @ way[:-1] / 2 + way[-1] + torch.randn(len(numbers), model.shape.width, generator=chance)
    with torch.no_grad():
        model.embedding.weight[tokens] = places * (EMBEDDING_SPREAD / places.std())

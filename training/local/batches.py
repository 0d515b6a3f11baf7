"""Turns recorded positions into tokens, and tokens into batches in an order that depends on the seed alone."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from records import read_records, shard_files

# The positions of a battle share their result. When that is all there is to learn from, one position in this many is used:
# a model that learns it from all of them learns the battles by heart.
RESULT_EVERY = 8


@dataclass(frozen=True)
class Sample:
    """One position. Places count tokens from 0."""

    tokens: np.ndarray
    # Where the prompt ends: its last token is the word `foe`, the one before it `odds`.
    end: int
    # For each line of an action: its action's index, and the place of its last token.
    actions: np.ndarray
    places: np.ndarray
    policy: np.ndarray
    # The battle's result, or with a search as teacher the mean of that and its chance to win; and whether to learn it.
    odds: float
    learns_odds: bool
    # The battle's result.
    result: float


def encoded(records: list[dict], tokenizer: Tokenizer, context: int) -> list[Sample]:
    """Samples of those records that fit into the context."""
    line_break = tokenizer.token_to_id("Ċ")
    prompts = tokenizer.encode_batch([record["prompt"] for record in records])
    answers = tokenizer.encode_batch([f" {record['foe']}\n" if record["foe"] else "" for record in records])
    samples = []
    for number, (record, prompt, answer) in enumerate(zip(records, prompts, answers)):
        tokens = np.array(prompt.ids + answer.ids, dtype=np.uint16)
        if len(tokens) > context:
            continue
        breaks = np.flatnonzero(np.array(prompt.ids) == line_break)
        lines = [(index, line) for index, action in enumerate(record["actions"]) for line in action["lines"]]
        value = record["value"]
        samples.append(
            Sample(
                tokens,
                len(prompt.ids),
                np.array([index for index, _ in lines], dtype=np.int32),
                breaks[[line for _, line in lines]].astype(np.int32) - 1,
                np.array(record["policy"], dtype=np.float32),
                record["result"] if value is None else (record["result"] + value) / 2,
                value is not None or number % RESULT_EVERY == 0,
                record["result"],
            )
        )
    return samples


@dataclass(frozen=True)
class Batch:
    """Several samples. Each place that is read is given by its sample (`rows`) and its column in `reads`."""

    tokens: Tensor  # [batch, length]
    reads: Tensor  # [batch, count]: the places that are read; padding is 0
    # One for each line of an action; the last counts the actions of the whole batch.
    line_rows: Tensor
    line_reads: Tensor
    line_actions: Tensor
    # One for each action: its sample, and the teacher's probability.
    action_rows: Tensor
    policy: Tensor
    # One for each sample.
    odds_reads: Tensor
    odds: Tensor
    learns_odds: Tensor
    results: Tensor
    # One for each token of the opponents' actions; whether it is the first one of its action.
    foe_rows: Tensor
    foe_reads: Tensor
    foe_tokens: Tensor
    foe_first: Tensor

    def to(self, device: str) -> "Batch":
        return Batch(**{name: value.to(device) for name, value in vars(self).items()})


def batch_of(samples: list[Sample]) -> Batch:
    tokens = np.zeros((len(samples), max(len(sample.tokens) for sample in samples)), dtype=np.int64)
    places = [np.concatenate((s.places, np.arange(s.end - 2, len(s.tokens) - 1))) for s in samples]
    reads = np.zeros((len(samples), max(len(part) for part in places)), dtype=np.int64)
    for row, (sample, part) in enumerate(zip(samples, places)):
        tokens[row, : len(sample.tokens)] = sample.tokens
        reads[row, : len(part)] = part
    lines = [len(sample.places) for sample in samples]
    actions = [len(sample.policy) for sample in samples]
    foes = [len(sample.tokens) - sample.end for sample in samples]
    joined = lambda parts: torch.from_numpy(np.concatenate(parts).astype(np.int64))
    rows = lambda counts: torch.repeat_interleave(torch.arange(len(samples)), torch.tensor(counts))
    before = np.cumsum([0, *actions])
    return Batch(
        tokens=torch.from_numpy(tokens),
        reads=torch.from_numpy(reads),
        line_rows=rows(lines),
        line_reads=joined([np.arange(count) for count in lines]),
        line_actions=joined([sample.actions + first for sample, first in zip(samples, before)]),
        action_rows=rows(actions),
        policy=torch.from_numpy(np.concatenate([sample.policy for sample in samples])),
        odds_reads=torch.tensor(lines),
        odds=torch.tensor([float(sample.odds) for sample in samples]),
        learns_odds=torch.tensor([float(sample.learns_odds) for sample in samples]),
        results=torch.tensor([float(sample.result) for sample in samples]),
        foe_rows=rows(foes),
        foe_reads=joined([count + 1 + np.arange(foe) for count, foe in zip(lines, foes)]),
        foe_tokens=joined([sample.tokens[sample.end :] for sample in samples]),
        foe_first=joined([np.arange(foe) == 0 for foe in foes]).bool(),
    )


def batches_of(samples: list[Sample], most_tokens: int, random: np.random.Generator | None) -> list[list[Sample]]:
    """Batches of samples that are about equally long, so that there is little padding."""
    order = np.arange(len(samples)) if random is None else random.permutation(len(samples))
    batches: list[list[Sample]] = []
    for start in range(0, len(order), 1024):
        part = sorted((samples[index] for index in order[start : start + 1024]), key=lambda sample: len(sample.tokens))
        batch: list[Sample] = []
        for sample in part:
            if batch and (len(batch) + 1) * len(sample.tokens) > most_tokens:
                batches.append(batch)
                batch = []
            batch.append(sample)
        batches.append(batch)
    if random is not None:
        random.shuffle(batches)
    return batches


class Stream:
    """The training positions block by block, a block being a few shards; waits for shards that are still to be written."""

    def __init__(self, folder: Path, shards: int, tokenizer: Tokenizer, context: int, seed: int, most_tokens: int) -> None:
        self.folder, self.shards, self.tokenizer = folder, shards, tokenizer
        self.context, self.seed, self.most_tokens = context, seed, most_tokens

    SHARDS_A_BLOCK = 4

    @property
    def blocks(self) -> int:
        """Blocks of one pass over all shards."""
        return -(-self.shards // self.SHARDS_A_BLOCK)

    def block(self, number: int) -> list[list[Sample]]:
        """The batches of a block; numbering continues from pass to pass."""
        first = number % self.blocks * self.SHARDS_A_BLOCK
        last = min(first + self.SHARDS_A_BLOCK, self.shards)
        while len(files := shard_files(self.folder)) < last:
            print(f"waiting for shard {last} of {self.shards}", flush=True)
            time.sleep(60)
        records = [record for file in files[first:last] for record in read_records(file) if not record["heldOut"]]
        samples = encoded(records, self.tokenizer, self.context)
        return batches_of(samples, self.most_tokens, np.random.default_rng([self.seed, number]))


def held_out(folder: Path, shards: int, tokenizer: Tokenizer, context: int) -> Iterator[tuple[dict, Sample]]:
    """The positions kept for evaluation, of the shards that exist."""
    records = [
        record for file in shard_files(folder)[:shards] for record in read_records(file) if record["heldOut"]
    ]
    for record in records:
        for sample in encoded([record], tokenizer, context):
            yield record, sample

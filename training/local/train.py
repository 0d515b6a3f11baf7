"""Trains the local model on recorded positions: each action scored at the end of its line, the chance to win, and what the
foe does. The same command goes on from the last checkpoint. Runs on a GPU where there is one.
"""

import argparse
import json
import math
import time
from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from batches import Batch, Sample, Stream, batch_of, batches_of, held_out
from model import Shape, Transformer, place_numbers
from records import shard_files

# Weight of each part of the loss relative to the teacher's distribution.
ODDS_WEIGHT = 0.3
FOE_WEIGHT = 0.2


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0].replace("\n", " "))
    parser.add_argument("--records", type=Path, default="training/data", help="folder of shards")
    parser.add_argument("--tokenizer", type=Path, default="training/data/tokenizer.json")
    parser.add_argument("--out", type=Path, default="training/data/model", help="folder of checkpoint and log")
    parser.add_argument("--samples", type=int, default=1_000_000, help="positions to train on, repeats counted")
    parser.add_argument("--shards", type=int, help="number of shards there will be (default: those that exist)")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=6)
    parser.add_argument("--kv-heads", type=int, default=6)
    parser.add_argument("--hidden", type=int, default=512, help="width of the feed-forward layers")
    parser.add_argument("--rate", type=float, default=8e-4, help="highest learning rate")
    parser.add_argument("--batch-tokens", type=int, default=1600)
    parser.add_argument("--from", dest="start", type=Path, help="checkpoint whose weights to begin with")
    parser.add_argument("--minutes", type=float, default=5, help="between checkpoints")
    parser.add_argument("--evaluate-every", type=int, default=8192, help="samples between evaluations")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Losses:
    """The parts of the loss of a batch, each a sum, and measures of the answers' quality."""

    def __init__(self, model: Transformer, batch: Batch, answers: dict[str, int]) -> None:
        hidden = model(batch.tokens, batch.reads)
        weight = model.embedding.weight
        self.count = len(batch.odds)

        lines = hidden[batch.line_rows, batch.line_reads] @ weight[answers["good"]]
        scores = torch.zeros(len(batch.policy), device=lines.device).index_add(0, batch.line_actions, lines)
        self.logs = grouped_log_softmax(scores, batch.action_rows, self.count)
        self.policy = -(batch.policy * self.logs).sum()

        ends = hidden[torch.arange(self.count, device=lines.device), batch.odds_reads]
        margin = ends @ (weight[answers["win"]] - weight[answers["loss"]])
        self.odds = F.binary_cross_entropy_with_logits(margin, batch.odds, batch.learns_odds, reduction="sum")
        self.brier = ((torch.sigmoid(margin) - batch.results) ** 2).sum()

        logits = hidden[batch.foe_rows, batch.foe_reads] @ weight.T
        self.foe = F.cross_entropy(logits, batch.foe_tokens, reduction="sum")
        hits = (logits.argmax(-1) == batch.foe_tokens) & batch.foe_first
        self.foes, self.foe_hits = int(batch.foe_first.sum()), int(hits.sum())

    @property
    def total(self) -> Tensor:
        return (self.policy + ODDS_WEIGHT * self.odds + FOE_WEIGHT * self.foe) / self.count


def grouped_log_softmax(scores: Tensor, groups: Tensor, count: int) -> Tensor:
    """The logarithm of each score's share in its group."""
    most = torch.full((count,), -torch.inf, device=scores.device).scatter_reduce(0, groups, scores.detach(), "amax")
    shifted = scores - most[groups]
    sums = torch.zeros(count, device=scores.device).index_add(0, groups, shifted.exp())
    return shifted - sums.log()[groups]


@torch.no_grad()
def evaluated(model: Transformer, samples: list[Sample], answers: dict[str, int], device: str) -> dict:
    sums = {"agreement": 0.0, "cross_entropy": 0.0, "brier": 0.0, "foe": 0.0, "foes": 0}
    for part in batches_of(samples, 16_384, None):
        batch = batch_of(part).to(device)
        losses = Losses(model, batch, answers)
        chosen = [row.argmax() for row in losses.logs.split([len(sample.policy) for sample in part])]
        sums["agreement"] += sum(int(index) == int(sample.policy.argmax()) for index, sample in zip(chosen, part))
        sums["cross_entropy"] += float(losses.policy)
        sums["brier"] += float(losses.brier)
        sums["foe"] += losses.foe_hits
        sums["foes"] += losses.foes
    foes = max(1, sums.pop("foes"))
    return {name: round(value / (foes if name == "foe" else len(samples)), 4) for name, value in sums.items()}


def rate_at(done: int, samples: int, highest: float) -> float:
    """Rises for the first hundredth, at least 1,000 samples, then falls along half a cosine to a fiftieth."""
    warm = max(1_000, samples // 100)
    if done < warm:
        return highest * (done + 1) / warm
    share = min(1.0, (done - warm) / max(1, samples - warm))
    return highest * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))


def optimizer_of(model: Transformer, rate: float) -> torch.optim.AdamW:
    matrices = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and "embedding" not in name]
    rest = [weight for name, weight in model.named_parameters() if weight.dim() != 2 or "embedding" in name]
    groups = [{"params": matrices, "weight_decay": 0.05}, {"params": rest, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.95))


def new_model(args: argparse.Namespace, tokenizer: Tokenizer) -> Transformer:
    torch.manual_seed(args.seed)
    shape = Shape(tokenizer.get_vocab_size(), args.width, args.layers, args.heads, args.kv_heads, args.hidden)
    model = Transformer(shape)
    vocabulary = tokenizer.get_vocab()
    for seed, sign in enumerate(("", "%")):
        numbers = {vocabulary[f" {value}{sign}"]: value for value in range(301)}
        place_numbers(model, numbers, args.seed + seed)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True)["model"])
    return model


def main() -> None:
    args = options()
    torch.set_num_threads(args.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if not args.tokenizer.exists():
        raise SystemExit(f"No tokenizer in {args.tokenizer}; make it with tokenizer.py")
    if not args.shards and not shard_files(args.records):
        raise SystemExit(f"No records in {args.records}; make them with positions.ts")
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    answers = {word: tokenizer.token_to_id(f" {word}") for word in ("good", "win", "loss")}
    model = new_model(args, tokenizer).to(device)
    optimizer = optimizer_of(model, args.rate)
    args.out.mkdir(parents=True, exist_ok=True)
    checkpoint, log = args.out / "checkpoint.pt", args.out / "log.jsonl"
    shards = args.shards or len(shard_files(args.records))
    at = {"block": 0, "batch": 0, "samples": 0, "seconds": 0.0, "shards": shards}
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True, map_location=device)
        if saved["shape"] != asdict(model.shape):
            raise SystemExit(f"{checkpoint} has another shape, {saved['shape']}; choose another --out")
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        at = saved["at"]
        print(f"goes on after {at['samples']:,} samples")
    context = model.shape.context
    stream = Stream(args.records, at["shards"], tokenizer, context, args.seed, args.batch_tokens)
    kept = [sample for _, sample in held_out(args.records, at["shards"], tokenizer, context)]
    weights = sum(weight.numel() for weight in model.parameters())
    print(f"{weights:,} weights on {device}; {at['shards']} shards; {len(kept):,} positions held out", flush=True)

    def save() -> None:
        part = checkpoint.with_suffix(".part")
        shape = asdict(model.shape)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "shape": shape, "at": at}, part)
        part.replace(checkpoint)

    def tell(training_loss: float) -> None:
        model.eval()
        found = {"samples": at["samples"], "minutes": round(at["seconds"] / 60, 1), "loss": round(training_loss, 4)}
        found |= evaluated(model, kept, answers, device) if kept else {}
        model.train()
        print(json.dumps(found), flush=True)
        with log.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(found) + "\n")

    saved_at = began = time.monotonic()
    loss_sum, loss_count = 0.0, 0
    while at["samples"] < args.samples:
        batches = stream.block(at["block"])
        while at["batch"] < len(batches) and at["samples"] < args.samples:
            for group in optimizer.param_groups:
                group["lr"] = rate_at(at["samples"], args.samples, args.rate)
            batch = batch_of(batches[at["batch"]]).to(device)
            losses = Losses(model, batch, answers)
            optimizer.zero_grad(set_to_none=True)
            losses.total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            loss_sum += float(losses.policy.detach())
            loss_count += losses.count
            before = at["samples"]
            now = time.monotonic()
            at["seconds"] += now - began
            began = now
            at["samples"] += losses.count
            at["batch"] += 1
            if before // args.evaluate_every != at["samples"] // args.evaluate_every:
                tell(loss_sum / loss_count)
                loss_sum, loss_count = 0.0, 0
            if now - saved_at > 60 * args.minutes:
                save()
                saved_at = now
        if at["batch"] >= len(batches):
            at["block"], at["batch"] = at["block"] + 1, 0
    if loss_count > 0:
        tell(loss_sum / loss_count)
    save()


if __name__ == "__main__":
    main()

"""Trains the byte-level BPE of the local model on recorded positions, and writes it as a tokenizer.json.

Each name of a species, move, ability or item, and each number from 0 to 300 with and without %, is one token where a space
stands before it. Names that the records have come first, then those of the current generation, as many as fit.
"""

import argparse
import json
import subprocess
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from records import read_records, shard_files

END = "<|end|>"
# Answers read as the probability of one token: whether an action's line is good, how the battle ends.
ANSWERS = [" good", " win", " loss"]
NUMBERS = [f" {number}{sign}" for number in range(301) for sign in ("", "%")]
# A line break, a signed number, a word or punctuation, each with the space before it.
PIECES = r"\n| ?[+-]?\d+%?| ?\p{L}+| ?[^\s\p{L}\d]+|\s"
BYTES = 256


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--records", type=Path, default="training/data", help="folder of shards")
    options.add_argument("--out", type=Path, default="training/data/tokenizer.json")
    options.add_argument("--vocabulary", type=int, default=4096, help="tokens in all")
    options.add_argument("--merges", type=int, default=500, help="at least this many of them for other text")
    options.add_argument("--shards", type=int, default=10, help="number of shards to read")
    args = options.parse_args()

    if not shard_files(args.records):
        raise SystemExit(f"No records in {args.records}; make them with positions.ts")
    texts = [text for file in shard_files(args.records)[: args.shards] for text in texts_of(file)]
    room = args.vocabulary - 1 - BYTES - args.merges - len(NUMBERS) - len(ANSWERS)
    added = [*ANSWERS, *NUMBERS, *names(texts, room)]
    trained = bpe(others(texts, added), args.vocabulary - len(added))
    trained.add_tokens([plain(token) for token in added])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    part = args.out.with_suffix(".part")
    trained.save(str(part))
    part.replace(args.out)

    prompts = [text for text in texts if text.endswith("odds foe")]
    lengths = sorted(len(encoding.ids) for encoding in trained.encode_batch(prompts))
    print(f"{trained.get_vocab_size()} tokens, {len(added)} of them names and numbers")
    print(
        f"{len(prompts)} prompts: {sum(lengths) / len(lengths):.1f} tokens on average, "
        f"{lengths[len(lengths) // 2]} in the middle, {lengths[len(lengths) * 95 // 100]} at 95%, {lengths[-1]} at most"
    )


def texts_of(file: Path) -> list[str]:
    """Everything in a shard's records that a model may read or write."""
    texts = []
    for record in read_records(file):
        if record["heldOut"]:
            continue
        texts += [record["prompt"], record["line"] or "", record["foe"] or ""]
    return texts


def names(texts: list[str], room: int) -> list[str]:
    """The names with a space before them: those that occur first, by frequency, then the others."""
    command = ["npx", "tsx", "training/local/names.ts"]
    known = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found = {f" {name}": 0 for name in known}
    splitter = Tokenizer(models.BPE())
    splitter.add_tokens([plain(name) for name in found])
    for encoding in splitter.encode_batch(texts):
        for token in encoding.tokens:
            found[token] += 1
    return sorted(found, key=lambda name: -found[name])[:room]


def others(texts: list[str], added: list[str]) -> list[str]:
    """The parts of the texts between existing tokens."""
    splitter = Tokenizer(models.BPE())
    splitter.add_tokens([plain(token) for token in added])
    left = []
    for text, encoding in zip(texts, splitter.encode_batch(texts)):
        at = 0
        for start, end in encoding.offsets:
            left.append(text[at:start])
            at = end
        left.append(text[at:])
    return [text for text in left if text]


def bpe(texts: list[str], vocabulary: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def plain(token: str) -> AddedToken:
    """A token of ordinary text: the longest match is taken, anywhere in a text."""
    return AddedToken(token, normalized=False, special=False)


if __name__ == "__main__":
    main()

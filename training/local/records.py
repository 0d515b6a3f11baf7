"""Reads the shards that positions.ts writes."""

import json
from collections.abc import Iterator
from pathlib import Path


def shard_files(folder: Path) -> list[Path]:
    """The finished shards, in the order of their names."""
    return sorted(folder.glob("*.jsonl"))


def read_records(file: Path) -> Iterator[dict]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)

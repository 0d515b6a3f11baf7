"""Fits the network of src/search/evaluation/value-network to positions.

    python training/value-network/fit.py --out knowledge/value-network.json [--from knowledge/value-network.json]
                                      [--epochs 6] [--threads 2] FILE ...

Needs Python 3.10 or newer with numpy and torch. FILEs are what positions.ts wrote. Every tenth battle is kept for the
test: its Brier score is printed beside that of the search's own value.

A position's target is its lambda-return: what the search thought of the positions that followed, the later the less, and
in the end how the battle ended. It says more than the outcome alone, most of which is luck.
"""

import argparse
import json
import time

import numpy as np
import torch
from torch import nn

HEAD, TEAM, PAIR, MEMBER, SIDE, FIELD = 4, 6, 11, 40, 14, 12
INPUTS = TEAM * TEAM * PAIR + 2 * TEAM * MEMBER + 2 * SIDE + FIELD
# Where the inputs of a pair go when seen from the other side; `faster` and `race` change as well.
SWAPPED, FASTER, RACE = [1, 0, 3, 2, 4, 5, 7, 6, 9, 8, 10], 4, 5
LAMBDA = 0.93
BATCH = 1024


def read_layout(paths):
    """The inputs' names, which the weights keep."""
    with open(f"{paths[0]}.layout.json") as file:
        layout = json.load(file)
    if [len(layout[part]) for part in ("pair", "member", "side", "field")] != [PAIR, MEMBER, SIDE, FIELD]:
        raise SystemExit(f"{paths[0]}: not the inputs that this fit knows; make it anew with positions.ts")
    return layout


def read(paths):
    parts = []
    for number, path in enumerate(paths):
        records = np.fromfile(path, dtype="<f4")
        width = HEAD + INPUTS
        records = records[: len(records) // width * width].reshape(-1, width)
        if not (records[:, 3] == INPUTS).all():
            raise SystemExit(f"{path}: not {INPUTS} inputs a position; make it anew with positions.ts")
        records[:, 2] += number * 1_000_000
        parts.append(records)
    return np.concatenate(parts)


def lambda_returns(records):
    outcome, value, battle = records[:, 0], records[:, 1], records[:, 2]
    returns = np.empty(len(records), np.float32)
    later = 0.0
    for i in range(len(records) - 1, -1, -1):
        is_last = i == len(records) - 1 or battle[i + 1] != battle[i]
        later = outcome[i] if is_last else (1 - LAMBDA) * value[i + 1] + LAMBDA * later
        returns[i] = later
    return returns


class WinChance(nn.Module):
    def __init__(self, pair=8, member=16, side=8):
        super().__init__()
        self.pair = nn.Linear(PAIR, pair)
        self.member = nn.Linear(2 * pair + MEMBER, member)
        self.side = nn.Linear(2 * member + 2 * SIDE + FIELD, side)
        self.output = nn.Linear(side, 1, bias=False)

    def team(self, pairs, own, foe):
        alive = foe[:, :, 0]
        seen = torch.relu(self.pair(pairs)) * alive[:, None, :, None]
        count = alive.sum(1).clamp(min=1)[:, None, None]
        told = torch.cat([seen.sum(2) / count, seen.max(2).values, own], -1)
        return (torch.relu(self.member(told)) * own[:, :, :1]).sum(1)

    def look(self, team, other, sides, field):
        told = torch.cat([team, other, sides[:, 0], sides[:, 1], field], -1)
        return self.output(torch.relu(self.side(told)))[:, 0]

    def forward(self, inputs):
        counts = [TEAM * TEAM * PAIR, 2 * TEAM * MEMBER, 2 * SIDE, FIELD]
        pairs, members, sides, field = inputs.split(counts, 1)
        pairs = pairs.view(-1, TEAM, TEAM, PAIR)
        members = members.view(-1, 2, TEAM, MEMBER)
        sides = sides.view(-1, 2, SIDE)
        swapped = pairs.transpose(1, 2)[..., SWAPPED].clone()
        swapped[..., FASTER] = 1 - swapped[..., FASTER]
        swapped[..., RACE] = -swapped[..., RACE]
        own = self.team(pairs, members[:, 0], members[:, 1])
        foe = self.team(swapped, members[:, 1], members[:, 0])
        return self.look(own, foe, sides, field) - self.look(foe, own, sides.flip(1), field)

    def load(self, path):
        with open(path) as file:
            weights = json.load(file)
        with torch.no_grad():
            for name in ("pair", "member", "side"):
                layer = getattr(self, name)
                layer.weight.copy_(torch.tensor(weights[name]["weights"]).T)
                layer.bias.copy_(torch.tensor(weights[name]["bias"]))
            self.output.weight.copy_(torch.tensor(weights["output"])[None])

    def save(self, path, layout):
        def rounded(tensor):
            return [[round(x, 5) for x in row] for row in tensor.tolist()]

        weights = {"layout": layout} | {
            name: {"weights": rounded(layer.weight.T), "bias": rounded(layer.bias[None])[0]}
            for name, layer in (("pair", self.pair), ("member", self.member), ("side", self.side))
        }
        weights["output"] = rounded(self.output.weight)[0]
        with open(path, "w") as file:
            json.dump(weights, file, separators=(",", ":"))
            file.write("\n")


def brier(chance, outcome):
    return ((chance - outcome) ** 2).mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--from", dest="start")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    layout = read_layout(options.files)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)

    records = read(options.files)
    targets = torch.from_numpy(lambda_returns(records))
    is_test = records[:, 2].astype(np.int64) % 10 == 0
    data = torch.from_numpy(records)
    train, test = (torch.from_numpy(np.flatnonzero(mask)) for mask in (~is_test, is_test))
    outcome = data[test, 0]
    print(f"{len(train)} positions, {len(test)} for the test; Brier score of the search's value {brier(data[test, 1], outcome):.4f}")

    network = WinChance()
    if options.start:
        network.load(options.start)
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.01)
    steps = options.epochs * (len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=steps)

    def tested():
        with torch.no_grad():
            chances = torch.cat([torch.sigmoid(network(data[part, HEAD:])) for part in test.split(8192)])
        return brier(chances, outcome)

    started = time.time()
    if options.start:
        print(f"before: Brier score {tested():.4f}")
    for epoch in range(options.epochs):
        order = train[torch.randperm(len(train))]
        loss_sum = 0.0
        for i in range(len(train) // BATCH):
            batch = order[i * BATCH : (i + 1) * BATCH]
            loss = nn.functional.binary_cross_entropy_with_logits(network(data[batch, HEAD:]), targets[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            loss_sum += loss.item()
        loss = loss_sum / max(1, len(train) // BATCH)
        print(f"epoch {epoch + 1}: loss {loss:.4f}, Brier score {tested():.4f} ({time.time() - started:.0f} s)", flush=True)
    network.save(options.out, layout)


if __name__ == "__main__":
    main()

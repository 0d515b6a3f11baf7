"""Fits the network of src/search/evaluation/policy-network to the choices of searches.

    python training/policy-network/fit.py --out knowledge/policy-network.json [--epochs 12] [--threads 2] FILE ...

Needs Python 3.10 or newer with numpy and torch. FILEs are what choices.ts wrote. Every tenth battle is kept for the
test: the cross-entropy of the policy to the searches' shares is printed beside that of all choices being equally likely,
and beside the shares' own entropy, which is the least that there can be.
"""

import argparse
import json
import time

import numpy as np
import torch
from torch import nn

HEAD, CONTEXT, CHOICE, MOST = 2, 39, 61, 18
WIDTH = HEAD + CONTEXT + MOST * (1 + CHOICE)
UNITS = 32
BATCH = 512


def read_layout(paths):
    """The inputs' names, which the weights keep."""
    with open(f"{paths[0]}.layout.json") as file:
        layout = json.load(file)
    if [len(layout["context"]), len(layout["choice"])] != [CONTEXT, CHOICE]:
        raise SystemExit(f"{paths[0]}: not {CONTEXT} inputs of the position and {CHOICE} of a choice; make it anew with choices.ts")
    return layout


def read(paths):
    parts = []
    for number, path in enumerate(paths):
        records = np.fromfile(path, dtype="<f4")
        if len(records) % WIDTH:
            raise SystemExit(f"{path}: not {WIDTH} numbers a record; make it anew with choices.ts")
        records = records.reshape(-1, WIDTH)
        records[:, 0] += number * 1_000_000
        parts.append(records)
    return np.concatenate(parts)


class Policy(nn.Module):
    def __init__(self):
        super().__init__()
        self.context = nn.Linear(CONTEXT, UNITS)
        self.choice = nn.Linear(CHOICE, UNITS, bias=False)
        self.direct = nn.Linear(CHOICE, 1, bias=False)
        self.output = nn.Linear(UNITS, 1, bias=False)

    def forward(self, context, choices, there):
        units = torch.relu(self.context(context)[:, None] + self.choice(choices))
        logits = (self.output(units) + self.direct(choices))[..., 0]
        return torch.log_softmax(logits.masked_fill(~there, -1e9), 1)

    def save(self, path, layout):
        def rounded(tensor):
            return [[round(x, 4) for x in row] for row in tensor.tolist()]

        weights = {
            "layout": layout,
            "units": {
                "weights": rounded(self.context.weight.T) + rounded(self.choice.weight.T),
                "bias": rounded(self.context.bias[None])[0],
            },
            "output": rounded(self.output.weight)[0],
            "direct": rounded(self.direct.weight)[0],
        }
        with open(path, "w") as file:
            json.dump(weights, file, separators=(",", ":"))
            file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    layout = read_layout(options.files)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)

    records = read(options.files)
    is_test = records[:, 0].astype(np.int64) % 10 == 0
    train, test = (torch.from_numpy(np.flatnonzero(mask)) for mask in (~is_test, is_test))
    data = torch.from_numpy(records)
    there = torch.arange(MOST)[None] < data[:, 1:2]
    context = data[:, HEAD : HEAD + CONTEXT]
    listed = data[:, HEAD + CONTEXT :].view(-1, MOST, 1 + CHOICE)
    shares, choices = listed[..., 0], listed[..., 1:]

    def cross_entropy(log_chances, rows):
        return -(shares[rows] * log_chances).sum(1).mean()

    least = cross_entropy(torch.log(shares[test].clamp(min=1e-9)), test)
    equal = torch.log(data[test, 1]).mean()
    print(f"{len(train)} records, {len(test)} for the test; all alike {equal:.4f}, the least {least:.4f}")

    network = Policy()
    optimizer = torch.optim.AdamW(network.parameters(), lr=options.rate, weight_decay=0.02)
    steps = options.epochs * (len(train) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=steps)
    started = time.time()
    for epoch in range(options.epochs):
        order = train[torch.randperm(len(train))]
        for i in range(len(train) // BATCH):
            rows = order[i * BATCH : (i + 1) * BATCH]
            loss = cross_entropy(network(context[rows], choices[rows], there[rows]), rows)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        with torch.no_grad():
            tested = cross_entropy(network(context[test], choices[test], there[test]), test)
        print(f"epoch {epoch + 1}: cross-entropy {tested:.4f} ({time.time() - started:.0f} s)", flush=True)
    network.save(options.out, layout)


if __name__ == "__main__":
    main()

"""PyTorch, trained with the usual loop: shuffled indices, batch, zero_grad, forward, backward, step."""
import json
import os
import resource
import sys
import time

import numpy as np
import torch
from torch import nn

task = json.loads(sys.argv[1])
torch.set_num_threads(os.cpu_count() or 1)
torch.manual_seed(7)
pixels = np.fromfile(task["samplesFile"], dtype=np.uint8).reshape(task["count"], 1, 28, 28)
samples = torch.from_numpy(pixels.astype("float32") / 255.0)

if task["model"] == "dense":
    samples = samples.reshape(task["count"], 784)
    model = nn.Sequential(
        nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 32),
        nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 784),
    )  # fmt: skip
    loss_of = nn.BCEWithLogitsLoss()
else:
    model = nn.Sequential(
        nn.Conv2d(1, 32, 3, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(32, 64, 3, stride=2, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(7 * 7 * 64, 32), nn.Linear(32, 7 * 7 * 64), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 32, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 3, stride=2, padding=1, output_padding=1), nn.Sigmoid(),
    )  # fmt: skip
    loss_of = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def epoch():
    order = torch.randperm(task["count"])
    for start in range(0, task["count"], task["batchSize"]):
        batch = samples[order[start : start + task["batchSize"]]]
        optimizer.zero_grad()
        loss = loss_of(model(batch), batch)
        loss.backward()
        optimizer.step()
        loss.item()


def go():
    epoch()
    began = time.perf_counter()
    for _ in range(task["epochs"]):
        epoch()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"samplesPerSecond": task["count"] * task["epochs"] / seconds, "peakMemoryMB": peak}


print("ready", flush=True)
for line in sys.stdin:
    if line.strip() == "go":
        print(json.dumps(go()), flush=True)

"""The peer of AdaptSpeed: the same adapter trained by eager PyTorch, one thread.

Keys in whitened coordinates, cross-entropy, torch.optim.Adam, a batch drawn with replacement each
step. Reads lines "CLASSES WIDTH POOL BATCH STEPS KIND" with KIND eager or fused, prints steps a
second for each. Needs torch 2.7.1 and nothing else.

    echo 135 512 900 128 500 eager | OMP_NUM_THREADS=1 python bench/peers/adapt_step.py
"""

import sys
import time

import torch

WARM_UP = 50


def steps_per_second(classes: int, width: int, pool: int, batch: int, steps: int, kind: str) -> float:
    z = torch.randn(pool, width + 1) / 4
    y = torch.randint(0, classes, (pool,))
    keys = torch.nn.Parameter(torch.randn(classes, width + 1) * 0.1)
    optimizer = torch.optim.Adam([keys], lr=0.002, fused=True if kind == "fused" else None)

    def step() -> None:
        rows = torch.randint(0, pool, (batch,))
        loss = torch.nn.functional.cross_entropy(z[rows] @ keys.t(), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for _ in range(WARM_UP):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    return steps / (time.perf_counter() - start)


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    for line in sys.stdin:
        *sizes, kind = line.split()
        print(steps_per_second(*(int(size) for size in sizes), kind), flush=True)


if __name__ == "__main__":
    main()

"""The peer of AdaptSpeed: the same adapter trained by eager PyTorch, one thread.

Keys in whitened coordinates, cross-entropy, torch.optim.Adam, a batch drawn with replacement each
step. Prints steps a second. Needs torch 2.7.1 and nothing else.

    OMP_NUM_THREADS=1 python bench/peers/adapt_step.py CLASSES WIDTH POOL BATCH STEPS [fused]
"""

import sys
import time

import torch


def main() -> None:
    classes, width, pool, batch, steps = (int(a) for a in sys.argv[1:6])
    fused = "fused" in sys.argv[6:]
    torch.set_num_threads(1)
    torch.manual_seed(0)
    z = torch.randn(pool, width + 1) / 4
    y = torch.randint(0, classes, (pool,))
    keys = torch.nn.Parameter(torch.randn(classes, width + 1) * 0.1)
    optimizer = torch.optim.Adam([keys], lr=0.002, fused=fused or None)

    def step() -> None:
        rows = torch.randint(0, pool, (batch,))
        loss = torch.nn.functional.cross_entropy(z[rows] @ keys.t(), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for _ in range(200):
        step()
    start = time.perf_counter()
    for _ in range(steps):
        step()
    print(steps / (time.perf_counter() - start))


if __name__ == "__main__":
    main()

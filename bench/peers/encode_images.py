"""The peer of EncodeSpeed: EfficientNet-Lite0 in eager PyTorch, images by Pillow, one thread.

Arguments: the weight file, then a text file with one image path a line. Tries batch sizes and
memory formats first and keeps the fastest. Then, for each line "go" on standard input, encodes
all images once and answers with one JSON line: wall and processor seconds. "features FILE"
writes the features as raw float32. Needs torch, numpy and pillow.
"""

import json
import sys
import time

import numpy as np
import torch
from PIL import Image
from torch import nn

STAGES = [  # expansion, kernel, stride of the first block, channels, blocks
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
]


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3)


class SamePadded(nn.Conv2d):
    """TensorFlow's "same" padding: symmetric at stride 1, one more at the end at stride 2."""

    def __init__(self, inputs, outputs, kernel, stride, groups=1):
        padding = kernel // 2 if stride == 1 else 0
        super().__init__(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
        total = kernel - 2
        self.extra = None if stride == 1 else [total // 2, total - total // 2] * 2

    def forward(self, x):
        return super().forward(x if self.extra is None else nn.functional.pad(x, self.extra))


class Block(nn.Module):
    def __init__(self, inputs, outputs, expansion, kernel, stride):
        super().__init__()
        wide = inputs * expansion
        if expansion != 1:
            self._expand_conv = nn.Conv2d(inputs, wide, 1, bias=False)
            self._bn0 = norm(wide)
        self._depthwise_conv = SamePadded(wide, wide, kernel, stride, wide)
        self._bn1 = norm(wide)
        self._project_conv = nn.Conv2d(wide, outputs, 1, bias=False)
        self._bn2 = norm(outputs)
        self.relu6 = nn.ReLU6(inplace=True)
        self.expands = expansion != 1
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        y = self.relu6(self._bn1(self._depthwise_conv(y)))
        y = self._bn2(self._project_conv(y))
        return y + x if self.adds else y


class EfficientNetLite0(nn.Module):
    def __init__(self):
        super().__init__()
        self._conv_stem = SamePadded(3, 32, 3, 2)
        self._bn0 = norm(32)
        blocks, inputs = [], 32
        for expansion, kernel, stride, outputs, count in STAGES:
            for i in range(count):
                blocks.append(Block(inputs, outputs, expansion, kernel, stride if i == 0 else 1))
                inputs = outputs
        self._blocks = nn.Sequential(*blocks)
        self._conv_head = nn.Conv2d(320, 1280, 1, bias=False)
        self._bn1 = norm(1280)
        self._fc = nn.Linear(1280, 1000)
        self.relu6 = nn.ReLU6(inplace=True)

    def forward(self, x):
        x = self._blocks(self.relu6(self._bn0(self._conv_stem(x))))
        return self.relu6(self._bn1(self._conv_head(x))).mean((2, 3))


def prepare(path):
    image = Image.open(path).convert("RGB")
    width, height = image.size
    shorter = min(width, height)
    width, height = round(224 * width / shorter), round(224 * height / shorter)
    image = image.resize((width, height), Image.BICUBIC)
    left, top = (width - 224) // 2, (height - 224) // 2
    pixels = np.asarray(image.crop((left, top, left + 224, top + 224)))
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1)


def encode(model, paths, batch, memory_format):
    rows = []
    for start in range(0, len(paths), batch):
        images = torch.stack([prepare(path) for path in paths[start : start + batch]])
        x = ((images.float() - 127) / 128).contiguous(memory_format=memory_format)
        rows.append(model(x))
    return torch.cat(rows)


def timed(call):
    wall, processor = time.perf_counter(), time.process_time()
    result = call()
    return time.perf_counter() - wall, time.process_time() - processor, result


@torch.inference_mode()
def main(weights, list_file):
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    model = EfficientNetLite0().eval()
    model.load_state_dict(torch.load(weights, weights_only=True))
    paths = open(list_file, encoding="utf-8").read().splitlines()
    best = None
    for name, memory_format in (
        ("contiguous", torch.contiguous_format),
        ("channels_last", torch.channels_last),
    ):
        model = model.to(memory_format=memory_format)
        for batch in (1, 4, 16):
            encode(model, paths[:batch], batch, memory_format)
            trial = paths[: max(16, batch)]
            _, seconds, _ = timed(lambda: encode(model, trial, batch, memory_format))
            if best is None or seconds < best[0]:
                best = (seconds, batch, name, memory_format)
    _, batch, name, memory_format = best
    model = model.to(memory_format=memory_format)
    encode(model, paths, batch, memory_format)
    described = {
        "torch": torch.__version__,
        "capability": torch.backends.cpu.get_cpu_capability(),
        "batch": batch,
        "memoryFormat": name,
    }
    print(json.dumps(described), flush=True)
    for line in sys.stdin:
        wall, processor, rows = timed(lambda: encode(model, paths, batch, memory_format))
        if line.startswith("features "):
            rows.numpy().tofile(line.split(" ", 1)[1].strip())
        print(json.dumps({"wall": wall, "processor": processor}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

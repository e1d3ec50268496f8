"""Writes golden.json: what FusionNetworkTest expects, by PyTorch's own modules in float64.

    python golden.py > golden.json

Every image goes through the attention with all its tokens, one after the other; nothing is shared
between images. Inputs are sines that the test computes, too. Needs torch and nothing else.
"""

import json

import torch
from torch.nn import functional as F

D, CLASSES, TO_COME, IMAGES, KEPT_PROMPTS, NEW_PROMPTS, SCALE = 6, 3, 1, 4, 2, 2, 10.0
LABELS = torch.tensor([2, 0, 1, 2])


def waves(start, step, factor, *shape):
    count = torch.Size(shape).numel()
    values = factor * torch.sin(start + step * torch.arange(count, dtype=torch.float64))
    return values.float().double().reshape(shape)


def projected(x, matrix, bias):
    return F.normalize(x + F.linear(x, matrix, bias), dim=-1)


def matchings(z, pair, attention, prompts, texts, means):
    """Projected matching [b, texts]; fused and prototype matching [b, means]."""
    image_map, text_map = pair
    image, names = projected(z, *image_map), projected(texts, *text_map)
    prototypes = projected(means, *image_map)
    wq, wk, wv, wo, bias, gain, shift = attention
    count = len(means)
    rows = []
    for own in image:
        tokens = torch.cat([own[None], names[:count], prototypes, prompts])
        q, k, v = (F.linear(tokens, w)[None, None] for w in (wq, wk, wv))
        seen = F.scaled_dot_product_attention(q, k, v)[0, 0]
        fused = F.layer_norm(tokens + F.linear(seen, wo, bias), [D], gain, shift)
        rows.append(fused[1 : 1 + 2 * count] @ fused[0] * SCALE / D)
    fused, prototype = torch.stack(rows).split(count, 1)
    return SCALE * image @ names.t(), fused, prototype


def main():
    z = F.normalize(waves(0.3, 1.7, 1, IMAGES, D)).float().double()
    texts = F.normalize(waves(1.1, 2.3, 1, CLASSES + TO_COME, D)).float().double()
    means = waves(2.9, 0.9, 0.5, CLASSES, D)
    past = waves(0.7, 1.3, 0.3, 2 * (D * D + D))
    prompts = waves(1.9, 2.1, 1, KEPT_PROMPTS + NEW_PROMPTS, D)
    sizes = [D * D, D] * 2 + [D * D] * 4 + [D] * 3 + [NEW_PROMPTS * D]
    vector = waves(0.2, 1.1, 0.8, sum(sizes)).requires_grad_()

    parts = vector.split(sizes)
    before = past.split(sizes[:4])
    pair = [
        ((parts[i] + before[i]).view(D, D), parts[i + 1] + before[i + 1]) for i in (0, 2)
    ]
    attention = [part.view(D, D) for part in parts[4:8]] + list(parts[8:11])
    context = torch.cat([prompts[:KEPT_PROMPTS], parts[11].view(NEW_PROMPTS, D)])

    learned = matchings(z, pair, attention, context, texts[:CLASSES], means)
    loss = sum(F.cross_entropy(logits, LABELS) for logits in learned)
    loss.backward()
    projection, fused, prototype = matchings(z, pair, attention, context, texts, means)
    summed = projection[:, :CLASSES] + fused + prototype
    scores = torch.cat([summed, 3 * projection[:, CLASSES:]], 1)

    golden = {"loss": loss, "gradient": vector.grad, "scores": scores.flatten()}
    lines = (f'  "{name}": {json.dumps(value.tolist())}' for name, value in golden.items())
    print("{\n" + ",\n".join(lines) + "\n}")


if __name__ == "__main__":
    main()

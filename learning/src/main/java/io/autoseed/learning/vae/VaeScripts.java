package io.autoseed.learning.vae;

import io.autoseed.learning.torch.ScriptModule;

/** Loss, gradient and decoder of a {@link VaeShape}, in TorchScript. */
final class VaeScripts {
  /**
   * {@code gradient(w, x, noise, widths)}: (the gradient of the loss in w, the loss). The loss is
   * the mean over rows of sum (x - x')^2 / 2 + KL(N(mu, exp(s)) || N(0, 1)), with x' the decoder's
   * answer to mu + exp(s / 2) noise. {@code decoded(w, z, widths)}: the decoder's answer, w its
   * parameters alone. Widths are those of the hidden layers and of x.
   */
  static final ScriptModule MODULE =
      ScriptModule.of(
          """
          def norm(self, x: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
            return torch.batch_norm(x, scale, shift, None, None, True, 0.1, 1e-5, False)
          """,
          """
          def decode(self, p: List[Tensor], at: int, z: Tensor, h: int, d: int) -> Tensor:
            k = torch.size(z, 1)
            a = torch.leaky_relu(torch.linear(z, torch.view(p[at], [h, k]), p[at + 1]), 0.2)
            b = torch.leaky_relu(torch.linear(a, torch.view(p[at + 2], [h, h]), p[at + 3]), 0.2)
            return torch.linear(b, torch.view(p[at + 4], [d, h]), p[at + 5])
          """,
          """
          def decoded(self, w: Tensor, z: Tensor, widths: Tensor) -> Tensor:
            h = int(widths[0])
            d = int(widths[1])
            k = torch.size(z, 1)
            p = torch.split_with_sizes(torch.to(w, 6), [h * k, h, h * h, h, d * h, d])
            return self.decode(p, 0, z, h, d)
          """,
          """
          def gradient(self, w: Tensor, x: Tensor, noise: Tensor, widths: Tensor) -> Tuple[Tensor, Tensor]:
            h = int(widths[0])
            d = torch.size(x, 1)
            k = torch.size(noise, 1)
            v = torch.requires_grad_(torch.detach(w), True)
            sizes = [h * d, h, h, h, h * h, h, h, h, 2 * k * h, 2 * k, h * k, h, h * h, h, d * h, d]
            p = torch.split_with_sizes(v, sizes)
            a = torch.linear(x, torch.view(p[0], [h, d]), p[1])
            a = torch.leaky_relu(self.norm(a, p[2], p[3]), 0.2)
            a = torch.linear(a, torch.view(p[4], [h, h]), p[5])
            a = torch.leaky_relu(self.norm(a, p[6], p[7]), 0.2)
            code = torch.linear(a, torch.view(p[8], [2 * k, h]), p[9])
            both = torch.split_with_sizes(code, [k, k], 1)
            mu = both[0]
            s = both[1]
            z = torch.add(mu, torch.mul(torch.exp(torch.mul(s, 0.5)), noise))
            miss = torch.sub(self.decode(p, 10, z, h, d), x)
            kl = torch.sub(torch.add(torch.exp(s), torch.mul(mu, mu)), torch.add(s, 1.))
            total = torch.add(torch.sum(torch.mul(miss, miss)), torch.sum(kl))
            loss = torch.div(total, 2. * torch.size(x, 0))
            g = torch.grad([loss], [v])
            return (unchecked_cast(Tensor, g[0]), torch.detach(loss))
          """);

  private VaeScripts() {}
}

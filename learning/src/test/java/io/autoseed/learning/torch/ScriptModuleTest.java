package io.autoseed.learning.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {
  private static final ScriptModule MODULE =
      ScriptModule.of(
          """
          def affine(self, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
            return torch.add(torch.mul(x, a), b)
          """,
          """
          def total(self, first: Tensor, rest: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
            sum = first
            for t in rest:
              sum = torch.add(sum, t)
            return (sum, rest)
          """,
          """
          def twice(self, x: Tensor) -> Tensor:
            return self.affine(x, torch.tensor(2.0), torch.tensor(0.0))

          def add_to_all(self, targets: List[Tensor], amount: Tensor) -> Tensor:
            for t in targets:
              _ = torch.add_(t, amount)
            return amount
          """);

  @Test
  void aMethodIsCalledByName() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray result =
          MODULE.call(
              "affine", manager.create(new float[] {1, 2}), manager.create(3f), manager.create(1f));
      assertThat(result.toFloatArray()).containsExactly(4, 7);
      assertThat(MODULE.call("twice", result).toFloatArray()).containsExactly(8, 14);
    }
  }

  @Test
  void listsGoInAndTuplesComeOut() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDList rest = ScriptModule.list("rest", new NDList(manager.create(2f), manager.create(4f)));
      NDList inputs = new NDList(manager.create(1f));
      inputs.addAll(rest);
      NDList result = MODULE.call("total", inputs);
      assertThat(result).hasSize(3);
      assertThat(result.get(0).getFloat()).isEqualTo(7f);
      assertThat(result.get(2).getFloat()).isEqualTo(4f);
    }
  }

  @Test
  void inPlaceOperatorsChangeTheArraysOfAListArgument() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray target = manager.create(new float[] {1, 2});
      NDList inputs = ScriptModule.list("targets", new NDList(target));
      inputs.add(manager.create(10f));
      MODULE.call("add_to_all", inputs);
      assertThat(target.toFloatArray()).containsExactly(11, 12);
    }
  }

  @Test
  void gradientsFlowThroughAMethodWhenTheThreadRecordsThem() {
    Torch.start(Device.cpu());
    JniUtils.setGradMode(true);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray x = manager.create(new float[] {1, 2});
      x.setRequiresGradient(true);
      NDArray y = MODULE.call("affine", x, manager.create(3f), manager.create(1f));
      JniUtils.backward(
          (PtNDArray) y, (PtNDArray) manager.create(new float[] {1, 10}), false, false);
      try (NDArray gradient = x.getGradient()) {
        assertThat(gradient.toFloatArray()).containsExactly(3, 30);
      }
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  @Test
  void threadsMayCallAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Float>> sums = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        float x = i;
        sums.add(
            threads.submit(
                () -> {
                  try (NDManager manager = Torch.newManager(Device.cpu())) {
                    return MODULE.call("twice", manager.create(x)).getFloat();
                  }
                }));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(sums.get(i).get()).isEqualTo(2f * i);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFaultyScriptIsRefusedWithTorchsMessage() {
    assertThatThrownBy(() -> ScriptModule.of("def f(self, x: Tensor):\n  return torch.nonsense(x)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense");
  }

  @Test
  void anErrorInsideAMethodNamesTheMethod() {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray two = manager.create(new float[] {1, 2});
      NDArray three = manager.create(new float[] {1, 2, 3});
      assertThatThrownBy(() -> MODULE.call("affine", two, three, three))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("affine")
          .hasMessageContaining("size");
      assertThatThrownBy(() -> MODULE.call("unknown", two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unknown");
    }
  }
}

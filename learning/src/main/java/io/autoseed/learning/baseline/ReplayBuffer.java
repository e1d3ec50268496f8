package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Real features of past classes, rounded to float16 before a later task uses them: k a class,
 * chosen at random without replacement (no herding), or those that a {@link Reservoir} chose.
 *
 * @param images float16 [M, d]
 * @param labels class numbers, [M]
 */
public record ReplayBuffer(Tensor images, int[] labels) {
  static final String NAME = "buffer";

  /** Those of a state; none if it has none. */
  public static ReplayBuffer of(LearnerState state, int d) {
    if (!state.has(NAME)) {
      return new ReplayBuffer(Tensor.ofBytes(ElementType.F16, new byte[0], 0, d), new int[0]);
    }
    TensorBundle kept = state.get(NAME);
    return new ReplayBuffer(kept.get("image"), kept.get("label").ints());
  }

  /** The given rows of a set. */
  static ReplayBuffer of(TrainingSet set, int[] places, Device device) {
    int[] labels = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      labels[i] = set.labels()[places[i]];
    }
    return new ReplayBuffer(
        cast(Rows.select(set.images(), places), DataType.FLOAT16, device), labels);
  }

  int count() {
    return labels.length;
  }

  TensorBundle bundle() {
    return TensorBundle.of(Map.of("image", images, "label", Tensor.of(labels, labels.length)));
  }

  /** With {@code perClass} examples of each of the task's classes, or all if there are fewer. */
  ReplayBuffer with(PhaseInput input, int perClass, Device device) {
    TrainingSet set = input.trainingSet().orElseThrow();
    List<Integer> chosen = new ArrayList<>();
    for (int number : input.classes().numbers()) {
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < set.count(); i++) {
        if (set.labels()[i] == number) {
          rows.add(i);
        }
      }
      int[] order = input.random("buffer", number).permutation(rows.size());
      for (int i = 0; i < Math.min(perClass, order.length); i++) {
        chosen.add(rows.get(order[i]));
      }
    }
    int[] places = chosen.stream().mapToInt(Integer::intValue).toArray();
    TensorBundle both = Rows.append(bundle(), of(set, places, device).bundle());
    return new ReplayBuffer(both.get("image"), both.get("label").ints());
  }

  /** SEED_UPDATE that adds {@code perClass} examples of each of the task's classes to a state. */
  public static PhaseLoop remember(PhaseInput input, int perClass, Device device) {
    return new ClosedForm(
        () -> {
          int d = input.classes().texts().size(1);
          ReplayBuffer buffer = of(input.state(), d).with(input, perClass, device);
          return PhaseResult.of(
              input.state().with(NAME, buffer.bundle()),
              Map.of("buffer-features", (double) buffer.count()));
        });
  }

  /** The task's examples, then those kept. */
  public TrainingSet behind(TrainingSet task, Device device) {
    Tensor kept = cast(images, DataType.FLOAT32, device);
    int[] all = new int[task.count() + count()];
    System.arraycopy(task.labels(), 0, all, 0, task.count());
    System.arraycopy(labels, 0, all, task.count(), count());
    return new TrainingSet(Rows.append(task.images(), kept), all);
  }

  private static Tensor cast(Tensor rows, DataType type, Device device) {
    if (rows.size(0) == 0) {
      return Tensor.ofBytes(
          type == DataType.FLOAT16 ? ElementType.F16 : ElementType.F32, new byte[0], rows.shape());
    }
    try (NDManager manager = Torch.newManager(device)) {
      return NdArrays.toTensor(NdArrays.toArray(manager, rows).toType(type, false));
    }
  }
}

package io.autoseed.activities.phase;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The seeds of a learner state as the catalog lists them. A state keeps seeds if it has an object
 * {@code seeds} with the tensors {@code v} [M, d], {@code class} [M] and {@code weight} [M]. A
 * seed's id is the start of the SHA-256 over its class and vector.
 */
final class SeedRows {
  private static final String SEEDS = "seeds";

  /** Name of the seeds' object in a manifest. */
  static final String OBJECT = SEEDS + ".safetensors";

  private static final int ID_DIGITS = 16;

  private SeedRows() {}

  static boolean keptBy(LearnerState state) {
    return state.has(SEEDS)
        && state.get(SEEDS).has("v")
        && state.get(SEEDS).has("class")
        && state.get(SEEDS).has("weight");
  }

  /**
   * @param names of the classes by number
   */
  static List<SeedRow> of(LearnerState state, Map<Integer, String> names) {
    if (!keptBy(state)) {
      return List.of();
    }
    TensorBundle seeds = state.get(SEEDS);
    int[] classes = seeds.get("class").ints();
    float[] weights = seeds.get("weight").floats();
    List<SeedRow> rows = new ArrayList<>();
    for (int row = 0; row < classes.length; row++) {
      rows.add(
          new SeedRow(
              id(seeds.get("v"), row, classes[row]),
              classes[row],
              names.get(classes[row]),
              OBJECT,
              row,
              weights[row]));
    }
    return rows;
  }

  /** Class numbers of the seeds of a state that keeps some, [M]. */
  static int[] classes(LearnerState state) {
    return state.get(SEEDS).get("class").ints();
  }

  /** The visual prototypes of a state that keeps seeds, float32 [M, d]. */
  static Tensor vectors(LearnerState state) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return NdArrays.toTensor(
          NdArrays.toArray(manager, state.get(SEEDS).get("v")).toType(DataType.FLOAT32, false));
    }
  }

  private static String id(Tensor vectors, int row, int classNumber) {
    int width = vectors.byteSize() / vectors.size(0);
    ByteBuffer bytes = ByteBuffer.allocate(4 + width).putInt(classNumber);
    bytes.put(vectors.buffer().slice(row * width, width));
    return CanonicalJson.sha256(bytes.array()).substring(0, ID_DIGITS);
  }
}

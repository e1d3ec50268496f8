package io.autoseed.learning.cgil;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.vae.Decoder;
import io.autoseed.learning.vae.Standardisation;
import io.autoseed.learning.vae.VaeShape;
import io.autoseed.learning.vae.VaeTraining;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The decoders of a task's classes, one object of the learner state a task, so that earlier tasks'
 * objects keep their digests. A decoder is float16: 1.3 MB a class at d = 512.
 */
record Generators(TensorBundle rows) {
  private static final String PREFIX = "generators-";
  private static final String DECODER = "decoder";
  private static final String CENTRE = "centre";
  private static final String SCALE = "scale";

  /** The name of a task's object, in the order of the tasks. */
  static String name(int task) {
    return PREFIX + String.format(Locale.ROOT, "%05d", task);
  }

  /**
   * The generators of all classes learned, in the order learned. Each is copied out of the state
   * when it is asked for, and not kept: together they are as large as the state.
   */
  static List<Decoder> all(LearnerState state, VaeShape shape) {
    List<Supplier<Decoder>> all = new ArrayList<>();
    state.objects().tailMap(PREFIX).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(PREFIX))
        .map(entry -> new Generators(entry.getValue()))
        .forEach(
            task ->
                IntStream.range(0, task.count())
                    .forEach(c -> all.add(() -> task.decoder(c, shape))));
    return new AbstractList<>() {
      @Override
      public Decoder get(int i) {
        return all.get(i).get();
      }

      @Override
      public int size() {
        return all.size();
      }
    };
  }

  /** Those among the tensors of a snapshot, if there are any. */
  static Optional<Generators> in(TensorBundle snapshot) {
    if (!snapshot.has(DECODER)) {
      return Optional.empty();
    }
    return Optional.of(
        new Generators(
            TensorBundle.of(
                Map.of(
                    DECODER,
                    snapshot.get(DECODER),
                    CENTRE,
                    snapshot.get(CENTRE),
                    SCALE,
                    snapshot.get(SCALE)))));
  }

  private int count() {
    return rows.get(DECODER).size(0);
  }

  private Decoder decoder(int c, VaeShape shape) {
    Standardisation standard = new Standardisation(row(CENTRE, c), row(SCALE, c));
    return new Decoder(shape, row(DECODER, c), standard);
  }

  private Tensor row(String name, int c) {
    Tensor all = rows.get(name);
    byte[] bytes = new byte[all.byteSize() / all.size(0)];
    all.buffer().get(c * bytes.length, bytes);
    return Tensor.ofBytes(all.type(), bytes, all.size(1));
  }

  /** These, if there are any, and one more. */
  static Generators with(
      Optional<Generators> before, NDManager owner, VaeTraining trained, Standardisation standard) {
    try (NDManager manager = owner.newSubManager()) {
      Tensor decoder = trained.decoder();
      Tensor half =
          NdArrays.toTensor(
              NdArrays.toArray(manager, decoder).toType(DataType.FLOAT16, false).expandDims(0));
      int d = standard.centre().size(0);
      TensorBundle one =
          TensorBundle.of(
              Map.of(
                  DECODER,
                  half,
                  CENTRE,
                  Tensor.of(standard.centre().floats(), 1, d),
                  SCALE,
                  Tensor.of(standard.scale().floats(), 1, d)));
      return new Generators(before.map(some -> Rows.append(some.rows, one)).orElse(one));
    }
  }
}

package io.autoseed.learning.proof;

import io.autoseed.learning.network.ParameterLayout;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Arrays;
import java.util.Map;

/**
 * What PROOF has learned, as an object of the learner state: 4 (6 d^2 + 5 d) bytes, and 4 d bytes a
 * context prompt.
 *
 * @param projections the sums over tasks of the images' projections, [d, d] and biases [d], then of
 *     the texts', float32 [2 (d^2 + d)]. Only sums are kept, for linear maps of the same input add
 *     up to one.
 * @param fusion of the attention: weights of queries, keys, values and outputs, [d, d] each, biases
 *     of the outputs [d], scales and shifts of the layer normalisation, [d] each, float32
 * @param prompts those of all tasks, float32 [k, d]
 */
record ProjectionFusion(Tensor projections, Tensor fusion, Tensor prompts) {
  private static final String NAME = "projection-fusion";

  static boolean in(LearnerState state) {
    return state.has(NAME);
  }

  static ProjectionFusion of(LearnerState state) {
    TensorBundle kept = state.get(NAME);
    return new ProjectionFusion(kept.get("projections"), kept.get("fusion"), kept.get("prompts"));
  }

  /**
   * What a task's training starts from: what the tasks before left, and new prompts behind theirs.
   * Queries, keys and values start with the variance of the authors' code, 1 / d, and prompts with
   * its variance, 1; projections and the attention's outputs start at 0, so that nothing but the
   * embeddings themselves is matched before the first step.
   *
   * @param count prompts of the task
   */
  static ProjectionFusion forTask(PhaseInput input, int count) {
    int d = input.classes().texts().size(1);
    Tensor drawn = Tensor.of(input.random("prompts", 0).gaussians(count * d), count, d);
    if (!in(input.state())) {
      float[] attention = attention(d).initial(input.random("attention", 0));
      return new ProjectionFusion(
          Tensor.of(new float[pair(d)], pair(d)), Tensor.of(attention, attention.length), drawn);
    }
    ProjectionFusion before = of(input.state());
    return new ProjectionFusion(
        before.projections, before.fusion, Rows.append(before.prompts, drawn));
  }

  private static int pair(int d) {
    return 2 * (d * d + d);
  }

  private static ParameterLayout attention(int d) {
    return ParameterLayout.empty()
        .uniform(3 * d * d, StrictMath.sqrt(3.0 / d))
        .constant(d * d + d, 0)
        .constant(d, 1)
        .constant(d, 0);
  }

  /**
   * What a task trains, as one vector [6 d^2 + 5 d + count d]: its own pair of projections, which
   * starts at 0, the attention, and the last {@code count} prompts, in the orders of the fields.
   */
  float[] trained(int count) {
    float[] attention = fusion.floats();
    float[] all = prompts.floats();
    int own = count * prompts.size(1);
    int pair = projections.size(0);
    float[] vector = new float[pair + attention.length + own];
    System.arraycopy(attention, 0, vector, pair, attention.length);
    System.arraycopy(all, all.length - own, vector, pair + attention.length, own);
    return vector;
  }

  /**
   * This with what such a vector has become: its pair added, the rest in the place of the old.
   *
   * @param vector of {@link #trained}
   */
  ProjectionFusion with(float[] vector) {
    float[] sums = projections.floats();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += vector[i];
    }
    int from = sums.length + fusion.size(0);
    float[] all = prompts.floats();
    System.arraycopy(vector, from, all, all.length - (vector.length - from), vector.length - from);
    return new ProjectionFusion(
        Tensor.of(sums, sums.length),
        Tensor.of(Arrays.copyOfRange(vector, sums.length, from), from - sums.length),
        Tensor.of(all, prompts.shape()));
  }

  LearnerState addedTo(LearnerState state) {
    return state.with(
        NAME,
        TensorBundle.of(Map.of("projections", projections, "fusion", fusion, "prompts", prompts)));
  }
}

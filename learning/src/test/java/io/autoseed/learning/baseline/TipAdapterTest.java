package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TipAdapterTest {
  private static final TaskClasses NAMES =
      new TaskClasses(new int[] {0, 1, 2}, Tensor.of(new float[] {1, 0, 0, 1, 0.6f, 0.8f}, 3, 2));

  /** Two features (1, 0) and (0, 1) of class 0, one (0, 1) of class 1; class 2 is to come. */
  private static final FeatureCache CACHE =
      new FeatureCache(
          halves(new float[] {1, 0, 0, 1, 0, 1}), new int[] {0, 0, 1}, 2, Device.cpu());

  @Test
  void scores_equal_those_computed_by_hand() {
    Classifier classifier = new CacheClassifier(NAMES, CACHE, new CacheBlend(2, 3, 0));
    float[] scores = classifier.scores(Tensor.of(new float[] {0.8f, 0.6f}, 1, 2)).floats();
    double near = Math.exp(-3 * (1 - 0.8));
    double far = Math.exp(-3 * (1 - 0.6));
    assertThat((double) scores[0]).isCloseTo(0.8 + 2 * (near + far), within(1e-5));
    assertThat((double) scores[1]).isCloseTo(0.6 + 2 * far, within(1e-5));
    assertThat((double) scores[2]).isCloseTo(0.8 * 0.6 + 0.6 * 0.8, within(1e-6));
  }

  @Test
  void a_cache_without_weight_is_the_zero_shot_classifier_exactly() {
    Tensor images = Tensor.of(new float[] {0.8f, 0.6f, -0.6f, 0.8f}, 2, 2);
    Classifier zeroShot = LinearClassifier.zeroShot(NAMES);
    assertThat(new CacheClassifier(NAMES, CACHE, new CacheBlend(0, 3, 0)).scores(images))
        .isEqualTo(zeroShot.scores(images));
  }

  /** Names are wrong for every feature; its neighbour of the same class is right for each. */
  @Test
  void the_blend_trusts_the_cache_where_names_mislead_and_a_feature_does_not_vote_for_itself() {
    TaskClasses swapped =
        new TaskClasses(new int[] {0, 1}, Tensor.of(new float[] {0, 1, 1, 0}, 2, 2));
    FeatureCache pairs =
        new FeatureCache(
            halves(new float[] {1, 0, 1, 0, 0, 1, 0, 1}), new int[] {0, 0, 1, 1}, 2, Device.cpu());
    CacheBlend blend = pairs.bestBlend(swapped);
    assertThat(blend.accuracy()).isEqualTo(100);
    assertThat(blend.a()).isGreaterThanOrEqualTo(1);
    FeatureCache lone =
        new FeatureCache(halves(new float[] {1, 0, 0, 1}), new int[] {0, 1}, 2, Device.cpu());
    assertThat(lone.bestBlend(swapped).accuracy()).isZero();
  }

  @Test
  void a_cache_of_clusters_beats_their_names() {
    List<TaskInputs> tasks = ClusterTasks.of(3, 4, 20, 12);
    LocalRun run =
        new LocalSequenceRunner(
                new TipAdapter(8, Device.cpu()), 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(tasks);
    double zeroShot =
        run.rows().get(2).zeroShotClassIncremental().stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    assertThat(run.metrics().headline("last").orElseThrow()).isGreaterThan(zeroShot);
    assertThat(run.finalState().get(ReplayBuffer.NAME).get("image").byteSize())
        .isEqualTo(12 * 8 * 12 * 2);
  }

  /** float16 rows of zeros and ones. */
  private static Tensor halves(float[] values) {
    byte[] bytes = new byte[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[2 * i + 1] = (byte) (values[i] == 1 ? 0x3C : 0);
    }
    return Tensor.ofBytes(ElementType.F16, bytes, values.length / 2, 2);
  }
}

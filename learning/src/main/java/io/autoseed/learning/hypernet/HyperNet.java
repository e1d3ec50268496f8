package io.autoseed.learning.hypernet;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.baseline.Schedule;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;

/**
 * A task-conditioned hypernetwork (von Oswald et al. 2020, arXiv 1906.00695) that makes the keys of
 * each task's classes, key_c = 10 t_c + h(e_t, t_c) ({@link HyperNetwork}). A task's keys learn by
 * cross-entropy over the task's own classes; those of the tasks before are held by eq. 2, beta / (T
 * - 1) sum |h(e_t'; phi*) - h(e_t'; phi + dphi)|^2, with dphi the step that Adam would take against
 * the task's gradient alone and no gradient through it, as in the paper; their embeddings stay. The
 * task of a test image is inferred by entropy ({@link TaskInference}); classes to come are scored
 * as one more task, by their names alone, so that their scores depend on which of them are asked
 * about together, and Transfer is not comparable with that of other strategies. Without steps the
 * answer within a given task is the zero-shot one exactly; the inference among tasks is never
 * zero-shot.
 *
 * <p>Differs from the paper in that a chunk's embedding is a class's text embedding, not learned.
 *
 * <p>State: the network, 4 (513 d + 8705) bytes at 32 numbers a task and 256 hidden units, the
 * tasks' embeddings, 128 bytes each, text embeddings 4 d bytes a class.
 */
public final class HyperNet extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "hypernet",
          "a network that makes each task's keys, held to what it made of earlier tasks",
          "von Oswald et al. 2020, arXiv 1906.00695",
          Schedule.settings(
              0.001,
              new Setting.Real("beta", "weight of holding earlier tasks' keys", 0.01, 0, 1e6)),
          (settings, device) ->
              new HyperNet(Schedule.of(settings), (Double) settings.get("beta"), device));

  /** The inverse temperature of the zero-shot logits, that of the trained baselines. */
  static final float TEXT_SCALE = 10;

  private final Schedule schedule;
  private final double beta;
  private final Device device;

  HyperNet(Schedule schedule, double beta, Device device) {
    super(FACTORY.name(), 1);
    this.schedule = schedule;
    this.beta = beta;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return new HyperLoop(input, schedule, beta, device);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    int d = all.texts().size(1);
    float[] keys = all.texts().floats();
    for (int i = 0; i < keys.length; i++) {
      keys[i] *= TEXT_SCALE;
    }
    float[] biases = new float[all.count()];
    int[] tasks = new int[all.count()];
    if (LearnedTasks.in(state)) {
      LearnedTasks learned = LearnedTasks.of(state);
      add(learned, state, keys, biases);
      System.arraycopy(learned.taskOfClass(), 0, tasks, 0, learned.taskOfClass().length);
      Arrays.fill(tasks, learned.taskOfClass().length, tasks.length, learned.count());
    }
    Tensor rows = Tensor.of(keys, all.count(), d);
    return new TaskInference(new LinearClassifier(all.numbers(), rows, biases), tasks);
  }

  /** Adds what the network makes of the classes learned to their keys and biases. */
  private void add(LearnedTasks learned, LearnerState state, float[] keys, float[] biases) {
    Tensor texts = TaskClasses.of(state.get(TaskClasses.NAME)).texts();
    int d = texts.size(1);
    try (NDManager manager = Torch.newManager(device)) {
      NDArray added =
          new HyperNetwork(d)
              .added(
                  NdArrays.toArray(manager, learned.phi()),
                  NdArrays.toArray(manager, learned.codeOfClass()),
                  NdArrays.toArray(manager, texts));
      float[] rows = added.toFloatArray();
      for (int c = 0; c < texts.size(0); c++) {
        for (int k = 0; k < d; k++) {
          keys[c * d + k] += rows[c * (d + 1) + k];
        }
        biases[c] += rows[c * (d + 1) + d];
      }
    }
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }
}

package io.autoseed.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows.Kind;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final EvaluationRows ALL = new EvaluationRows(Kind.ALL, 0);

  /** Texts at 0 and 90, then at 20 and 180 degrees. */
  private static final List<TaskInputs> TASKS =
      new PlaneTasks()
          .task(new double[] {0, 90}, new double[][] {{5, 15, 350, 8}, {80, 100}})
          .task(new double[] {20, 180}, new double[][] {{25, 60}, {170, 190}})
          .list();

  private final Strategy zeroShot =
      Strategies.named("continual-clip").orElseThrow().create(Map.of(), Device.cpu());

  @Test
  void accuracies_equal_those_counted_by_hand() {
    LocalRun run = new LocalSequenceRunner(zeroShot, 1, ALL).run(TASKS);
    EvaluationRow first = run.rows().get(0);
    assertThat(first.classIncremental()).containsExactly(100.0, 75.0);
    assertThat(first.taskIncremental()).containsExactly(100.0, 100.0);
    assertThat(first.allClasses()).containsExactly(null, 75.0);
    // With the text at 20 degrees among the candidates the image at 15 is lost; 60 goes to 90.
    EvaluationRow second = run.rows().get(1);
    assertThat(second.classIncremental()).containsExactly(500.0 / 6, 75.0);
    assertThat(second.taskIncremental()).containsExactly(100.0, 100.0);
    assertThat(second.allClasses()).containsExactly(null, null);
    assertThat(run.metrics().headline("last")).hasValue((500.0 / 6 + 75) / 2);
    assertThat(run.metrics().headline("bwt").orElseThrow()).isEqualTo(500.0 / 6 - 100);
  }

  @Test
  void seen_loss_is_what_the_seen_classes_lose_to_the_new_keys() {
    LearnerState afterFirst = new LocalSequenceRunner(zeroShot, 1, ALL).run(TASKS).states().get(0);
    ForwardTransfer before = Evaluation.afterReplay(zeroShot, afterFirst, TASKS);
    assertThat(before.classIncremental()).isEqualTo(75.0);
    assertThat(before.taskIncremental()).isEqualTo(100.0);
    assertThat(before.seenLoss()).isEqualTo(-100.0 / 6);
    assertThat(before.randomClassIncremental()).isNotNull();
  }

  @Test
  void continual_clip_is_zero_shot_exactly() {
    LocalRun run = new LocalSequenceRunner(zeroShot, 1, ALL).run(TASKS);
    for (EvaluationRow row : run.rows()) {
      assertThat(row.classIncremental()).isEqualTo(row.zeroShotClassIncremental());
      assertThat(row.taskIncremental()).isEqualTo(row.zeroShotTaskIncremental());
    }
    assertThat(run.metrics().headline("fwt")).hasValue(0);
    assertThat(run.metrics().headline("last")).isEqualTo(run.metrics().headline("zeroShotLast"));
  }

  @Test
  void memory_counts_the_state_and_the_centre() {
    EvaluationRow row = new LocalSequenceRunner(zeroShot, 1, ALL).run(TASKS).rows().get(1);
    long texts = 4 * 2 * 4;
    long numbers = 4 * 4;
    long centre = 3 * 4;
    assertThat(row.memoryBytes()).isEqualTo(texts + numbers + centre);
    assertThat(row.memoryBytesPerClass()).isEqualTo((texts + numbers + centre) / 4.0);
  }

  @Test
  void a_strategy_that_cannot_score_unseen_classes_has_zero_shot_cells_and_no_forward_transfer() {
    LocalRun run = new LocalSequenceRunner(new OnlySeen(zeroShot), 1, ALL).run(TASKS);
    assertThat(run.rows().get(0).classIncremental()).containsExactly(100.0, 75.0);
    assertThat(run.rows().get(0).allClasses()).containsOnlyNulls();
    assertThat(run.metrics().headline("fwt")).isEmpty();
    assertThat(run.metrics().headline("transfer")).hasValue(75);
    assertThat(run.metrics().absent())
        .containsKeys("classIncremental.fwt", "classIncremental.ciTransfer");
  }

  @Test
  void omitted_rows_are_null_and_metrics_that_need_them_say_so() {
    LocalRun run =
        new LocalSequenceRunner(zeroShot, 1, new EvaluationRows(Kind.LAST, 1)).run(TASKS);
    assertThat(run.rows().get(0).classIncremental()).containsOnlyNulls();
    assertThat(run.metrics().headline("last")).isPresent();
    assertThat(run.metrics().headline("avg")).isEmpty();
    assertThat(run.metrics().absent().get("classIncremental.avg")).contains("R[0][0]");
  }

  @Test
  void a_task_that_is_not_at_hand_leaves_its_cells_null() {
    List<TaskInputs> partly = new ArrayList<>(TASKS);
    partly.set(1, null);
    LearnerState afterFirst = new LocalSequenceRunner(zeroShot, 1, ALL).run(TASKS).states().get(0);
    EvaluationRow row = Evaluation.row(zeroShot, afterFirst, partly, 0, ALL);
    assertThat(row.classIncremental()).containsExactly(100.0, null);
    assertThat(row.zeroShotClassIncremental()).containsExactly(100.0, null);
  }

  /** Refuses upcoming classes. */
  private record OnlySeen(Strategy strategy) implements Strategy {
    @Override
    public String name() {
      return "only-seen";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public PhaseLoop open(PhaseInput input) {
      return strategy.open(input);
    }

    @Override
    public Classifier classifier(LearnerState state, TaskClasses upcoming) {
      assertThat(upcoming.count()).isZero();
      return strategy.classifier(state, upcoming);
    }

    @Override
    public boolean scoresUnseen() {
      return false;
    }
  }
}

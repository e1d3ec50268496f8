package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskStreamTest {
  private static final int N = 20;
  private static final int CAPACITY = 5;
  private static final TaskInputs TASK = ClusterTasks.of(1, 2, N / 2, 4).get(0);

  @Test
  void each_pass_meets_each_row_once_in_an_order_of_its_own() {
    TaskStream stream = stream();
    int[] first = IntStream.range(0, N).map(stream::met).toArray();
    int[] second = IntStream.range(N, 2 * N).map(stream::met).toArray();
    int[] rows = IntStream.range(0, N).toArray();
    assertThat(first).containsExactlyInAnyOrder(rows).isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrder(rows);
    assertThat(IntStream.range(0, N).map(stream::met).toArray()).isEqualTo(first);
  }

  @Test
  void each_row_is_offered_when_it_is_met_for_the_first_time() {
    TaskStream stream = stream();
    int[] met = IntStream.range(0, CAPACITY).map(stream::met).toArray();
    assertThat(stream.before(0).kept()).isEmpty();
    assertThat(stream.before(CAPACITY).kept()).containsExactly(met);
    assertThat(stream.before(N - 1).seen()).isEqualTo(N - 1);
    assertThat(stream.before(3 * N).seen()).isEqualTo(N);
  }

  @Test
  void a_reservoir_asked_for_directly_is_that_of_one_asked_for_in_order() {
    for (int step : new int[] {1, CAPACITY + 1, N, N + 3}) {
      TaskStream inOrder = stream();
      for (int i = 0; i < step; i++) {
        inOrder.before(i);
        inOrder.met(i);
      }
      assertThat(stream().before(step).kept()).isEqualTo(inOrder.before(step).kept());
    }
  }

  private static TaskStream stream() {
    PhaseInput input = TaskPhases.input(LearningPhase.ADAPT, 0, 7, LearnerState.empty(), TASK);
    return new TaskStream(input, N, 0, 0, CAPACITY);
  }
}

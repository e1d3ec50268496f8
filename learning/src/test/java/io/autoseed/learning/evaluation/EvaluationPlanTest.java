package io.autoseed.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {
  @Test
  void all_measures_every_cell_of_two_hundred_tasks() {
    EvaluationPlan plan = new EvaluationPlan(new EvaluationRows(Kind.ALL, 0), 200);
    assertThat(plan.tasksRead(0)).hasSize(200);
    assertThat(plan.wholeRow(57)).isTrue();
  }

  @Test
  void a_row_of_a_long_sequence_reads_its_neighbours_and_a_fixed_sample() {
    EvaluationPlan plan = new EvaluationPlan(new EvaluationRows(Kind.ALL, 0), 10_000);
    int[] read = plan.tasksRead(5_000);
    assertThat(read.length).isBetween(50, 50 + 41);
    assertThat(read).contains(IntStream.rangeClosed(4_980, 5_020).toArray());
    int[] far = Arrays.stream(read).filter(j -> Math.abs(j - 5_000) > 20).toArray();
    assertThat(plan.tasksRead(9_000)).contains(far);
  }

  @Test
  void the_last_row_of_a_long_sequence_is_whole() {
    EvaluationPlan plan = new EvaluationPlan(new EvaluationRows(Kind.ALL, 0), 300);
    assertThat(plan.tasksRead(299)).hasSize(300);
    assertThat(plan.wholeRow(298)).isFalse();
  }

  @Test
  void every_measures_each_nth_row_and_the_last() {
    EvaluationPlan plan = new EvaluationPlan(new EvaluationRows(Kind.EVERY, 3), 8);
    assertThat(IntStream.range(0, 8).filter(plan::measuresRow)).containsExactly(2, 5, 7);
    assertThat(plan.tasksRead(1)).isEmpty();
  }

  @Test
  void last_measures_the_last_rows() {
    EvaluationPlan plan = new EvaluationPlan(new EvaluationRows(Kind.LAST, 2), 5);
    assertThat(IntStream.range(0, 5).filter(plan::measuresRow)).containsExactly(3, 4);
  }

  @Test
  void a_count_that_is_not_positive_is_refused() {
    assertThatThrownBy(() -> new EvaluationPlan(new EvaluationRows(Kind.EVERY, 0), 5))
        .hasMessageContaining("expected a positive count, found 0");
  }
}

package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.autoseed.FirstLook.Samples;
import io.autoseed.learning.torch.Torch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstLookTest {
  private static final int SEEN = 4;
  private static final int NEW = 3;

  private NDManager manager;
  private Samples task;
  private Samples draws;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
    task = samples("task", 12, SEEN, NEW, 0.05);
    draws = samples("draws", 8, 0, SEEN, 0.01);
  }

  @AfterEach
  void free() {
    manager.close();
  }

  /** Samples of classes first .. first + classes - 1 in turn, which the encoders know a little. */
  private Samples samples(String name, int count, int first, int classes, double known) {
    int[] labels = IntStream.range(0, count).map(i -> first + i % classes).toArray();
    NDArray y = Expressions.oneHot(manager, labels, SEEN + NEW);
    NDArray logits = Gaussians.of(manager, name, count, SEEN + NEW).add(y.mul(2));
    NDArray noise = Gaussians.of(manager, name + "-encoders", count, NEW).mul(0.02);
    return new Samples(logits, noise.add(y.get(":, " + SEEN + ":").mul(known)), y);
  }

  private double loss(Samples samples, double beta, double bias) {
    NDArray upcoming =
        samples.logits().get(":, " + SEEN + ":").add(samples.byEncoders().mul(beta)).add(bias / 4);
    NDArray all = samples.logits().get(":, :" + SEEN).concat(upcoming, 1);
    return Expressions.value(Expressions.crossEntropy(all, samples.y()).mean());
  }

  private double loss(double beta, double bias) {
    return 0.5 * loss(task, beta, bias) + 0.5 * loss(draws, beta, bias);
  }

  @Test
  void no_other_beta_and_bias_has_a_smaller_loss() {
    FirstLook found = FirstLook.at(task, draws, true);
    assertThat(found.beta()).isPositive();
    double least = loss(found.beta(), found.bias());
    for (double beta : new double[] {0, 2.5, 5, 10, 20, 40, 80}) {
      for (double bias = -5; bias <= 80; bias += 2.5) {
        assertThat(least).isLessThan(loss(beta, bias) + 1e-6);
      }
    }
  }

  @Test
  void names_that_mislead_get_no_weight() {
    Samples misled = new Samples(task.logits(), task.byEncoders().neg(), task.y());
    assertThat(FirstLook.at(misled, draws, true).beta()).isZero();
  }

  @Test
  void beta_stays_out_where_it_is_not_looked_for() {
    assertThat(FirstLook.at(task, draws, false).beta()).isZero();
  }

  @Test
  void looks_are_averaged_for_beta_and_halved_for_the_bias() {
    Statistics none = Statistics.initial(2);
    assertThat(none.beta()).isEqualTo(20);
    Statistics once = new FirstLook(40, 10).applied(none);
    assertThat(once.beta()).isEqualTo(40);
    assertThat(once.bias()).isEqualTo(5);
    Statistics thrice =
        new FirstLook(2.5, 0).applied(new FirstLook(10, 20).applied(Statistics.of(once.bundle())));
    assertThat(thrice.looks()).isEqualTo(3);
    assertThat(thrice.beta()).isCloseTo((40 + 10 + 2.5) / 3, within(1e-12));
    assertThat(thrice.bias()).isEqualTo(0.5 * (0.5 * 5 + 0.25 * 20));
  }

  @Test
  void logits_that_are_not_finite_are_refused() {
    Samples broken = new Samples(task.logits().mul(Float.NaN), task.byEncoders(), task.y());
    assertThatThrownBy(() -> FirstLook.at(broken, draws, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keys are not finite");
  }
}

package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackingRelayTest {
  private final List<String> drained = new ArrayList<>();

  private void drain(String run) {
    if (run.equals("broken")) {
      throw new IllegalStateException("run broken has no MLflow run: rows out of order");
    }
    if (run.equals("unreachable")) {
      throw new TrackingDownException("MLflow is away", null);
    }
    drained.add(run);
  }

  @Test
  void aRunThatCannotBeDeliveredKeepsNoOtherWaitingAndIsHeardOf() {
    assertThatThrownBy(() -> TrackingRelay.drainEach(List.of("one", "broken", "two"), this::drain))
        .hasMessageContaining("run broken");

    assertThat(drained).containsExactly("one", "two");
  }

  @Test
  void anMlflowThatIsAwayIsNotAskedForEveryRun() {
    assertThatThrownBy(
            () -> TrackingRelay.drainEach(List.of("one", "unreachable", "two"), this::drain))
        .isInstanceOf(TrackingDownException.class);

    assertThat(drained).containsExactly("one");
  }
}

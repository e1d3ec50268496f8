package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.supervisor.ProcessIdentity;
import io.autoseed.infra.supervisor.SupervisorIdentity;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GlanceTest {
  private static final Glance ASKED = new Glance(Set.of("worker"), Map.of());
  private static final Glance DOWN = new Glance(Set.of(), Map.of());

  @Test
  void theSupervisorOfWhatIsAskedForShouldLive() {
    assertThat(ASKED.of(supervisor()))
        .isEqualTo(new ComponentStatus("supervisor", true, Condition.HEALTHY, "", 4421, ""));
    assertThat(ASKED.of(Optional.<SupervisorIdentity>empty()))
        .isEqualTo(new ComponentStatus("supervisor", false, Condition.UNHEALTHY, "", 0, ""));
  }

  @Test
  void theSupervisorEndsWhatIsAskedForNoMore() {
    assertThat(DOWN.of(supervisor()))
        .isEqualTo(new ComponentStatus("supervisor", false, Condition.STOPPING, "", 4421, ""));
    assertThat(DOWN.of(Optional.<SupervisorIdentity>empty()))
        .isEqualTo(new ComponentStatus("supervisor", false, Condition.DOWN, "", 0, ""));
  }

  private static Optional<SupervisorIdentity> supervisor() {
    return Optional.of(new SupervisorIdentity(new ProcessIdentity(4421, 7), "digest"));
  }
}

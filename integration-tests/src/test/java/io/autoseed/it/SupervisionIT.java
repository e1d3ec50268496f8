package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.ProcessIdentity;
import io.autoseed.infra.supervisor.RunDirectory;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupervisionIT {
  /** One second is promised; the rest is for a machine that is busy with other tests. */
  private static final Duration RESTART = Duration.ofSeconds(5);

  private static RunDirectory run() {
    return new RunDirectory(TestStack.addresses().home().resolve("run"));
  }

  private static Map<String, Long> pids() {
    Map<String, Long> pids = new TreeMap<>();
    run().states().forEach((name, state) -> pids.put(name, state.process().pid()));
    return pids;
  }

  private static long supervisor() {
    return run().supervisor().orElseThrow().process().pid();
  }

  private static boolean alive(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "object-store", "temporal", "mlflow"})
  void aKilledComponentIsStartedAgainAtOnceAndWorks(String name) {
    TestStack.awaitHealthy();
    long before = pids().get(name);

    Processes.kill9(before);

    Duration taken =
        Processes.await(
            name + " is started again",
            TestStack.RECOVERY,
            () -> {
              ComponentState state = run().states().get(name);
              return state != null && state.process().pid() != before && state.alive();
            });
    assertThat(taken).isLessThan(RESTART);
    TestStack.awaitHealthy();
  }

  @Test
  void componentsOutliveTheirSupervisorAndTheNextUpTakesThemOver() {
    TestStack.awaitHealthy();
    Map<String, Long> before = pids();
    long supervisor = supervisor();

    Processes.kill9(supervisor);
    Processes.await(
        "the supervisor is dead", TestStack.RECOVERY, () -> run().supervisor().isEmpty());
    assertThat(TestStack.stack().status().components())
        .filteredOn(component -> !component.healthy())
        .extracting(ComponentStatus::name)
        .containsExactly("supervisor");
    assertThat(TestStack.stack().status().healthy()).isFalse();
    TestStack.stack().up(line -> {});

    assertThat(supervisor()).isNotEqualTo(supervisor);
    assertThat(pids()).isEqualTo(before);
    assertThat(TestStack.stack().status().healthy()).isTrue();
  }

  @Test
  void upRepairsAStackThatIsHalfUp() {
    TestStack.awaitHealthy();
    Map<String, Long> before = pids();
    Processes.kill9(supervisor());
    Processes.kill9(before.get("temporal"));
    Processes.await(
        "both are dead",
        TestStack.RECOVERY,
        () -> run().supervisor().isEmpty() && !run().states().get("temporal").alive());

    TestStack.stack().up(line -> {});

    assertThat(TestStack.stack().status().healthy()).isTrue();
    Map<String, Long> after = pids();
    assertThat(after.remove("temporal")).isNotEqualTo(before.remove("temporal"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void downStopsWhatUpStartedAndTwoUpsAtOnceBringItBackOnce() {
    StackAddresses addresses = TestStack.addresses();
    Map<String, Long> before = pids();
    long supervisor = supervisor();

    TestStack.stack().down(line -> {});

    boolean anyLeft = before.values().stream().anyMatch(SupervisionIT::alive) || alive(supervisor);
    CompletableFuture<StackAddresses> one =
        CompletableFuture.supplyAsync(() -> TestStack.stack().up(line -> {}));
    CompletableFuture<StackAddresses> other =
        CompletableFuture.supplyAsync(() -> TestStack.stack().up(line -> {}));

    // Judged only now: whatever comes out, the other tests find the shared stack running.
    assertThat(one.join()).isEqualTo(addresses);
    assertThat(other.join()).isEqualTo(addresses);
    assertThat(TestStack.stack().status().healthy()).isTrue();
    assertThat(run().states().values()).allMatch(state -> state.starts() == 1);
    assertThat(anyLeft).as("a process of %s or %s outlived down", before, supervisor).isFalse();
  }
}

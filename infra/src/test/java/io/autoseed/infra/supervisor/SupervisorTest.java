package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir private Path folder;
  private RunDirectory run;
  private Supervisor supervisor;

  @BeforeEach
  void setUp() {
    run = new RunDirectory(folder.resolve("run"));
    supervisor = new Supervisor(run);
  }

  @AfterEach
  void stopEverything() {
    run.desired().keySet().forEach(run::release);
    until(() -> !supervisor.round());
  }

  private ComponentSpec shell(String name, String script) {
    return ComponentSpec.of(
        name,
        List.of("sh", "-c", script),
        Map.of("GREETING", "hello"),
        folder,
        folder.resolve(name + ".log"),
        SHORT);
  }

  private void until(BooleanSupplier condition) {
    for (int i = 0; i < 500; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      pause();
    }
    throw new AssertionError("waited in vain");
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private long pid(String name) {
    return run.states().get(name).process().pid();
  }

  private boolean said(String name, String text) {
    try {
      Path log = folder.resolve(name + ".log");
      return Files.exists(log) && Files.readString(log).contains(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsAskedForRunsWithItsEnvironmentAndLog() {
    run.ask(shell("greeter", "echo $GREETING from $$; exec sleep 60"));

    supervisor.round();

    until(() -> said("greeter", "hello from " + pid("greeter")));
  }

  @Test
  void aDeadComponentIsStartedAgainInTheNextRound() {
    run.ask(shell("sleeper", "exec sleep 60"));
    supervisor.round();
    long first = pid("sleeper");

    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    until(() -> !run.states().get("sleeper").alive());
    supervisor.round();

    assertThat(pid("sleeper")).isNotEqualTo(first);
    assertThat(run.states().get("sleeper").alive()).isTrue();
    assertThat(run.states().get("sleeper").starts()).isEqualTo(2);
  }

  @Test
  void whatADeadComponentLeftBehindIsKilledBeforeItsRestart() {
    // One child stays in the group, the other leaves it: both hold on to what the parent had.
    run.ask(
        shell(
            "parent", "sleep 61 & echo child $!; setsid sleep 62 & echo child $!; exec sleep 60"));
    supervisor.round();
    until(() -> childrenOf("parent").size() == 2);
    List<Long> children = childrenOf("parent");
    long parent = pid("parent");

    ProcessHandle.of(parent).orElseThrow().destroyForcibly();
    until(() -> !run.states().get("parent").alive());
    assertThat(children).allMatch(child -> ProcessIdentity.of(child).isPresent());
    supervisor.round();

    assertThat(children).noneMatch(child -> ProcessIdentity.of(child).isPresent());
    assertThat(run.states().get("parent").alive()).isTrue();
  }

  private List<Long> childrenOf(String name) {
    try {
      return Files.readAllLines(folder.resolve(name + ".log")).stream()
          .filter(line -> line.startsWith("child "))
          .map(line -> Long.parseLong(line.substring(6)))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void theNextSupervisorTakesOverWhatLives() {
    run.ask(shell("sleeper", "exec sleep 60"));
    run.ask(shell("other", "exec sleep 60"));
    supervisor.round();
    long sleeper = pid("sleeper");
    long other = pid("other");
    ProcessHandle.of(other).orElseThrow().destroyForcibly();
    until(() -> !run.states().get("other").alive());

    supervisor = new Supervisor(run);
    supervisor.adopt();
    supervisor.round();

    assertThat(pid("sleeper")).isEqualTo(sleeper);
    assertThat(pid("other")).isNotEqualTo(other);
  }

  @Test
  void aReleasedComponentEndsPolitelyOrIsKilledAfterItsGrace() {
    run.ask(shell("polite", "trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
    run.ask(shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.05; done"));
    supervisor.round();
    until(() -> said("polite", "up") && said("stubborn", "up"));
    long stubborn = pid("stubborn");

    run.release("polite");
    run.release("stubborn");
    until(() -> !supervisor.round());

    assertThat(said("polite", "bye")).isTrue();
    assertThat(ProcessIdentity.of(stubborn)).isEmpty();
    assertThat(run.states()).isEmpty();
  }

  @Test
  void anotherSpecTakesThePlaceOfTheOneThatRuns() {
    run.ask(shell("service", "echo first; exec sleep 60"));
    supervisor.round();
    until(() -> said("service", "first"));
    long first = pid("service");

    run.ask(shell("service", "echo second; exec sleep 60"));
    until(
        () -> {
          supervisor.round();
          return said("service", "second");
        });

    assertThat(ProcessIdentity.of(first)).isEmpty();
  }

  @Test
  void aProgramThatDoesNotExistIsTriedAgainLaterAndHoldsUpNobody() {
    run.ask(
        ComponentSpec.of(
            "broken",
            List.of("sleep", "1"),
            Map.of(),
            folder.resolve("no-such-folder"),
            folder.resolve("broken.log"),
            SHORT));
    run.ask(shell("sleeper", "exec sleep 60"));

    supervisor.round();
    supervisor.round();

    assertThat(run.states().get("sleeper").alive()).isTrue();
    assertThat(run.states().get("broken").backoffUntil()).isPositive();
  }

  @Test
  void leftoversOfAComponentThatIsNoLongerAskedForAreEndedByTheNextSupervisor() {
    run.ask(shell("parent", "setsid sleep 63 & echo child $!; exec sleep 60"));
    supervisor.round();
    until(() -> childrenOf("parent").size() == 1);
    long child = childrenOf("parent").get(0);
    ProcessHandle.of(pid("parent")).orElseThrow().destroyForcibly();
    until(() -> !run.states().get("parent").alive());

    run.release("parent"); // after the supervisor's death
    supervisor = new Supervisor(run);
    supervisor.adopt();
    until(() -> !supervisor.round());

    assertThat(ProcessIdentity.of(child)).isEmpty();
    assertThat(run.states()).isEmpty();
    assertThat(run.started()).isEmpty();
  }

  @Test
  void whatWasStartedAndNeverRecordedIsEndedByTheNextSupervisor() throws IOException {
    run.ask(shell("parent", "echo child $$; exec sleep 60"));
    supervisor.round();
    until(() -> childrenOf("parent").size() == 1);
    long child = childrenOf("parent").get(0);
    Files.delete(folder.resolve("run/state/parent"));

    run.release("parent");
    supervisor = new Supervisor(run);
    supervisor.adopt();

    assertThat(ProcessIdentity.of(child)).isEmpty();
    assertThat(supervisor.round()).isFalse();
  }

  @Test
  void aDiskThatTakesNothingMoreEndsNeitherTheSupervisorNorItsCare() throws IOException {
    run.ask(shell("sleeper", "echo child $$; exec sleep 60"));
    supervisor.round();
    until(() -> childrenOf("sleeper").size() == 1);
    long first = childrenOf("sleeper").get(0);
    Path state = folder.resolve("run/state");
    Files.move(state, folder.resolve("away"));
    Files.createFile(state); // nothing can be written below it, not even by root

    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    until(
        () -> {
          supervisor.round();
          return childrenOf("sleeper").size() == 2;
        });
    Files.delete(state);
    supervisor.round();

    assertThat(pid("sleeper")).isEqualTo(childrenOf("sleeper").get(1)).isNotEqualTo(first);
    assertThat(run.states().get("sleeper").alive()).isTrue();
  }
}

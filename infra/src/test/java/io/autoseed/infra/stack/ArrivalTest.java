package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.infra.supervisor.SupervisorMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalTest {
  @TempDir private Path folder;
  private StackHome home;
  private RunDirectory run;
  private CompletableFuture<Void> supervisor;

  @BeforeEach
  void startASupervisor() {
    home = new StackHome(folder);
    run = home.run();
    supervisor = CompletableFuture.runAsync(this::supervise);
  }

  private void supervise() {
    try {
      SupervisorMain.main(
          new String[] {run.root().toString(), "digest", home.log("supervisor").toString()});
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stopIt() {
    run.desired().keySet().forEach(run::release);
    run.askEnd(true);
    supervisor.join();
  }

  @Test
  void theAnswerOfTheProcessThatRanBeforeDoesNotCount() {
    Arrival arrival = new Arrival(home);
    ComponentSpec first = sleeper("exec sleep 60");
    run.ask(first);
    arrival.await("sleeper", Optional.of(first), () -> true);

    // The one before takes its time to end and answers until then.
    ComponentSpec second = sleeper("exec sleep 61");
    run.ask(second);
    arrival.await("sleeper", Optional.of(second), () -> true);

    ComponentState state = run.states().get("sleeper");
    assertThat(state.specDigest()).isEqualTo(second.digest());
    assertThat(state.alive()).isTrue();
  }

  @Test
  void aComponentThatDiesAgainAndAgainIsNotWaitedFor() {
    ComponentSpec broken = sleeper("exit 1");
    run.ask(broken);

    assertThatThrownBy(() -> new Arrival(home).await("sleeper", Optional.of(broken), () -> false))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("dies again and again")
        .hasMessageContaining("sleeper.log");
  }

  private ComponentSpec sleeper(String script) {
    return ComponentSpec.of(
        "sleeper",
        List.of("sh", "-c", script),
        Map.of(),
        folder,
        folder.resolve("sleeper.log"),
        Duration.ofSeconds(1));
  }
}

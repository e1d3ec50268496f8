package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.worker.chaos.Chaos;
import io.autoseed.worker.chaos.ChaosPlan;
import io.autoseed.worker.chaos.ChaosReport;
import io.autoseed.worker.chaos.LostRunException;
import io.autoseed.worker.chaos.Target;
import io.autoseed.worker.report.Numbers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Kills processes of the stack at random and proves that no bit of the result changes. */
@Command(
    name = "chaos",
    description = {
      "Run FILE undisturbed, run it again under random kills of the stack's processes, compare.",
      "Exit code 3 if anything differs, was lost or was committed twice."
    })
final class ChaosCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "The sequence file (YAML); baselines are left out.")
  private Path file;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "Kills that have to hit work in progress (default: ${DEFAULT-VALUE}).")
  private int kills = 10;

  @Option(
      names = "--targets",
      paramLabel = "TARGET",
      split = ",",
      description = "Of worker, temporal, store, catalog, tracker (default: all).")
  private List<String> targets = new ArrayList<>();

  @Option(
      names = "--random-seed",
      paramLabel = "K",
      description = "Of what is hit when (default: ${DEFAULT-VALUE}).")
  private long randomSeed = 1;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the file; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--force", description = "Disturb other open runs, too.")
  private boolean force;

  ChaosCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (kills < 1) {
      throw new ParameterException(
          spec.commandLine(), "--kills: expected 1 or more, found " + kills);
    }
    List<Target> hit = targets();
    String profile = ProfileOption.ofRun(null, surroundings, spec);
    ResolvedSequence sequence = SequenceFile.read(file, overrides).withoutBaselines();
    StackHealth.require(surroundings);
    if (sequence.tasks().stream().anyMatch(task -> !task.features())) {
      ModelFiles.ensure(StackOptions.of(surroundings.home()).cache(), terminal()::say);
    }
    String name =
        RunIds.of("chaos-" + sequence.document().name(), Instant.now(), new SecureRandom());
    ChaosPlan plan = new ChaosPlan(sequence, profile, name, kills, hit, randomSeed);
    AtomicBoolean finished = new AtomicBoolean();
    try (Chaos chaos =
        new Chaos(surroundings.stack(), surroundings.client(), plan, terminal()::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveWhole(chaos, finished), "leave"));
      chaos.check(force);
      return verdict(chaos.prove());
    } catch (LostRunException e) {
      return lost(e);
    } finally {
      finished.set(true);
    }
  }

  private void leaveWhole(Chaos chaos, AtomicBoolean finished) {
    if (!finished.get()) {
      chaos.close();
      terminal().say("\ninterrupted: what was stopped goes on, and so does the run under way");
    }
  }

  private int verdict(ChaosReport report) {
    print(report, ChaosText.render(report));
    if (report.holds()) {
      return ExitCode.DONE;
    }
    terminal()
        .say(
            "autoseed chaos: %s, the first: %s"
                .formatted(
                    Numbers.counted(report.differences().size(), "difference", "differences"),
                    report.differences().get(0)));
    return ExitCode.DIFFERENCE;
  }

  /**
   * Without a report: the undisturbed run, which all others would be compared with, never ended.
   */
  private int lost(LostRunException lost) {
    if (json()) {
      terminal().out().println(Json.write(Map.of("error", lost.getMessage())));
      terminal().out().flush();
    }
    terminal().say("autoseed chaos: " + lost.getMessage());
    return ExitCode.DIFFERENCE;
  }

  private List<Target> targets() {
    if (targets.isEmpty()) {
      return List.of(Target.values());
    }
    try {
      return targets.stream().map(Target::of).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--targets: " + e.getMessage(), e);
    }
  }
}

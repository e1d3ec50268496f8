package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.worker.report.Numbers;
import io.autoseed.worker.report.RunView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds tasks to a run that has not ended. */
@Command(
    name = "append",
    description = {
      "Add the tasks of a file to a run that has not ended, as a new revision of its sequence.",
      "The file may repeat the run's tasks first, or name only new ones. What it says of model,",
      "strategy, random seed and evaluation must be as in the run; it may leave them out."
    })
final class AppendCommand extends SteeringCommand {
  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "A sequence file (YAML) with datasets and tasks.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the file, as tasks.0.name=x; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  private int tasks;

  AppendCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal, surroundings);
  }

  @Override
  void steer(RunSteering steering, String run) {
    SequencePast past = steering.past(run);
    ResolvedSequence longer = SequenceFile.readAfter(past, file, overrides);
    tasks = steering.append(past, longer).tasks();
    terminal()
        .say(
            "appended %s to run %s, which had %d"
                .formatted(
                    Numbers.counted(tasks - past.tasks().size(), "task", "tasks"),
                    run,
                    past.tasks().size()));
  }

  @Override
  boolean done(RunView view) {
    return view.tasks().size() >= tasks;
  }

  @Override
  String underway() {
    return "APPENDING";
  }
}

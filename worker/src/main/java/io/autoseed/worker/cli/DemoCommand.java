package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole main job, once through. */
@Command(
    name = "demo",
    description = "Start the stack, run samples/quickstart.yaml, print the report.")
final class DemoCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Mixin private StackChoiceOptions choices;

  DemoCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path file = surroundings.root().resolve("samples").resolve("quickstart.yaml");
    ResolvedSequence sequence = SequenceFile.read(file, Map.of());
    CompletableFuture<Void> model = fetchModel();
    new StackUp(terminal(), surroundings).up(choices);
    join(model);
    terminal().say(StackText.notice(surroundings.stack().unguarded()).strip());
    RunSubmitter.Submitted submitted =
        new RunSubmitter(terminal(), surroundings, false)
            .submit(sequence, null, StackProcesses.read(surroundings.home()).runProfile());
    FinishedRun finished = RunCommand.follow(terminal(), surroundings, submitted);
    print(finished.document(), finished.text());
    return ExitCode.DONE;
  }

  /** Begins to fetch the model's files, so that they are there when the stack is. */
  private CompletableFuture<Void> fetchModel() {
    Path cache = StackOptions.of(surroundings.home()).cache();
    return CompletableFuture.runAsync(() -> ModelFiles.ensure(cache, terminal()::say));
  }

  private static void join(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}

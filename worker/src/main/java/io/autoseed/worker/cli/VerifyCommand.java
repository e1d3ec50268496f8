package io.autoseed.worker.cli;

import io.autoseed.activities.audit.RunVerification;
import io.autoseed.activities.audit.Verification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.report.TextTable;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Verifies one run. */
@Command(
    name = "verify",
    description = {
      "Read every object of a run again and compare its digests, manifests, catalog rows and audit"
          + " chain with each other.",
      "Exit code 3 if something differs."
    })
final class VerifyCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "A run: its id, its name, or the start of its id.")
  private String run;

  VerifyCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StackAddresses stack = surroundings.running().addresses();
    Verification verification;
    try (ArtifactStore store = StackConnections.store(stack);
        Catalog catalog = StackConnections.catalog(stack);
        ProgressDisplay display = new ProgressDisplay(terminal(), InstantSource.system())) {
      String id = new RunHistory(catalog).id(run).orElse(run);
      verification =
          new RunVerification(store, catalog)
              .verify(
                  id,
                  (objects, of) ->
                      display.show((double) objects / of, "reading the objects of " + id));
    }
    print(verification, text(verification));
    return verification.differences().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
  }

  private static String text(Verification verification) {
    int differences = verification.differences().size();
    if (differences == 0) {
      return String.format(
          Locale.ROOT,
          "run %s is whole%s: %,d objects, %,d bytes read again%s; manifests, catalog and audit chain agree%n",
          verification.run(),
          "DONE".equals(verification.state()) ? "" : " as far as it is, and not done",
          verification.objects(),
          verification.bytes(),
          verification.dropped() == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", %,d of training features gone as asked for",
                  verification.dropped()));
    }
    String more = differences == 1 ? "" : " (and " + (differences - 1) + " more: --json)";
    return TextTable.oneLine(verification.differences().get(0).line()) + more + "\n";
  }
}

package io.autoseed.worker.cli;

import io.autoseed.activities.audit.CatalogRebuild;
import io.autoseed.activities.audit.CatalogRebuild.Rebuilt;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.Numbers;
import io.autoseed.worker.report.TextTable;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a lost catalog again. */
@Command(
    name = "rebuild",
    description = {
      "Make the catalog again from the manifests and documents in the store, after its database was"
          + " lost and autoseed up has made an empty one.",
      "MLflow is told everything once more. Runs in flight go on; repeated, it changes nothing.",
      "Exit code 3 if something differs."
    })
final class CatalogRebuildCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Option(
      names = "--force",
      description =
          "Add the runs that the catalog lacks although other runs in it, or damaged objects, differ"
              + " from the store. Nothing that is there is changed.")
  private boolean force;

  CatalogRebuildCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StackAddresses stack = surroundings.running().addresses();
    Rebuilt rebuilt;
    try (ArtifactStore store = StackConnections.store(stack);
        Catalog owner = StackConnections.ownerCatalog(stack);
        TemporalConnection temporal = StackConnections.temporal(stack, "autoseed catalog rebuild");
        ProgressDisplay display = new ProgressDisplay(terminal(), InstantSource.system())) {
      rebuilt =
          new CatalogRebuild(store, owner, temporal::knows)
              .rebuild(
                  force,
                  (run, number, of) -> display.show((double) number / of, "reading run " + run));
    }
    print(rebuilt, text(rebuilt, force));
    return exitCode(rebuilt);
  }

  static int exitCode(Rebuilt rebuilt) {
    return rebuilt.differences().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
  }

  static String text(Rebuilt rebuilt, boolean force) {
    StringBuilder text = new StringBuilder();
    if (!force && !rebuilt.differences().isEmpty()) {
      text.append(
          "store and catalog differ, nothing was changed; --force adds the runs that the catalog"
              + " lacks\n");
    } else if (rebuilt.rebuilt().isEmpty()) {
      text.append(
          "nothing was missing: the catalog has all of %s%n"
              .formatted(Numbers.counted(rebuilt.unchanged(), "run", "runs")));
    } else {
      rebuilt.rebuilt().forEach(run -> text.append("rebuilt ").append(run).append('\n'));
      text.append(
          "%s rebuilt, %d there already; attempts from before are stale (token epoch %d)%n"
              .formatted(
                  Numbers.counted(rebuilt.rebuilt().size(), "run", "runs"),
                  rebuilt.unchanged(),
                  rebuilt.epoch()));
    }
    rebuilt
        .neverStarted()
        .forEach(
            run ->
                text.append("left out ")
                    .append(run)
                    .append(": it was submitted in part, and never started\n"));
    rebuilt
        .differences()
        .forEach(
            difference ->
                text.append("differs, left as it is: ")
                    .append(TextTable.oneLine(difference.line()))
                    .append('\n'));
    return text.toString();
  }
}

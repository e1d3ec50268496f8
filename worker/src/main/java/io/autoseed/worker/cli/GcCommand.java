package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.retention.Garbage;
import io.autoseed.activities.retention.GarbageRemoval;
import io.autoseed.activities.retention.GarbageRemoval.Removed;
import io.autoseed.activities.retention.GarbageSearch;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.report.Numbers;
import io.autoseed.worker.report.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows, and removes if asked, what the store need not keep. */
@Command(
    name = "gc",
    description = {
      "Show the object versions older than a day that no manifest of any run names and no open run"
          + " goes on from; --apply removes them.",
      "Manifests, documents, audit anchors and locked objects always stay."
    })
final class GcCommand extends AutoseedCommand {
  private static final Duration LEAST = Duration.ofDays(1);
  private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([dh])");

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      defaultValue = "1d",
      description = "Such as 7d or 36h, at least a day (default ${DEFAULT-VALUE}).")
  private String olderThan;

  @Option(names = "--apply", description = "Remove them. Without it nothing is changed.")
  private boolean apply;

  GcCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  /**
   * What {@code gc --json} prints.
   *
   * @param bytes length of all that was found
   * @param removed null without {@code --apply}
   */
  record Document(
      boolean applied,
      String olderThan,
      int found,
      long bytes,
      Removed removed,
      List<Garbage> garbage) {}

  @Override
  public Integer call() {
    Instant before = Instant.now().minus(age());
    StackAddresses stack = surroundings.running().addresses();
    List<Garbage> garbage;
    Removed removed = null;
    try (ArtifactStore store = StackConnections.store(stack);
        Catalog catalog = StackConnections.catalog(stack);
        ProgressDisplay display = new ProgressDisplay(terminal(), InstantSource.system())) {
      garbage =
          new GarbageSearch(store, catalog)
              .find(
                  before,
                  (read, of) ->
                      display.show((double) read / of, "reading the manifests of all runs"));
      if (apply) {
        removed =
            new GarbageRemoval(store)
                .remove(garbage, piece -> display.show("removing " + piece.key()));
      }
    }
    print(
        new Document(apply, olderThan, garbage.size(), bytes(garbage), removed, garbage),
        text(garbage, removed));
    return ExitCode.DONE;
  }

  private Duration age() {
    Matcher age = AGE.matcher(olderThan);
    if (age.matches()) {
      long count = Long.parseLong(age.group(1));
      Duration asked = age.group(2).equals("d") ? Duration.ofDays(count) : Duration.ofHours(count);
      if (asked.compareTo(LEAST) >= 0) {
        return asked;
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "--older-than: expected days or hours, such as 7d or 36h, at least 1d, found " + olderThan);
  }

  private static long bytes(List<Garbage> garbage) {
    return garbage.stream().mapToLong(Garbage::bytes).sum();
  }

  private String text(List<Garbage> garbage, Removed removed) {
    StringBuilder text = new StringBuilder();
    TextTable table = new TextTable(List.of("object", "version", "bytes", "why"));
    for (Garbage piece : garbage) {
      table.row(
          List.of(
              piece.key(),
              piece.versionId(),
              Long.toString(piece.bytes()),
              piece.reason().words()));
    }
    if (!garbage.isEmpty()) {
      text.append(table.render());
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s older than %s that nothing needs, %,d bytes",
            Numbers.counted(garbage.size(), "object version", "object versions"),
            olderThan,
            bytes(garbage)));
    if (removed == null) {
      text.append(garbage.isEmpty() ? "" : "; nothing was removed: --apply does");
    } else {
      text.append(
          String.format(
              Locale.ROOT, "; removed %d, %,d bytes", removed.removed(), removed.bytes()));
      if (removed.locked() > 0) {
        text.append("; %d are locked and stay".formatted(removed.locked()));
      }
    }
    return text.append('\n').toString();
  }
}

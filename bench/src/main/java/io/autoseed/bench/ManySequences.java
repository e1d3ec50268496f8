package io.autoseed.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Many runs at once, on the workers of the stack of {@code AUTOSEED_HOME} ({@code ./autoseed up
 * --workers 2}): all end, each phase is committed in its first attempt, and how even the workers
 * treat them. Arguments: {@code --sequences 200}, {@code --tasks 2}, {@code --out FILE}.
 */
public final class ManySequences {
  private ManySequences() {}

  public static void main(String... arguments) throws IOException {
    Arguments options = new Arguments("ManySequences", arguments, "tasks", "sequences");
    ObjectNode result = options.result();
    Path folder = Files.createTempDirectory("autoseed-many-sequences");
    String id = StackRuns.unique("bench-many-sequences");
    try (StackRuns runs = new StackRuns(StackRuns.stack(), folder.resolve("objects"))) {
      ResolvedSequence sequence = LongSequence.sequence(options.whole("tasks", 2)).write(folder);
      List<String> submitted = new ArrayList<>();
      long from = System.nanoTime();
      for (int i = 0; i < options.whole("sequences", 200); i++) {
        String run = id + "-" + i;
        runs.submit(run, sequence);
        submitted.add(run);
      }
      submitted.forEach(runs::await);
      result.put("sequences", submitted.size());
      result.put("seconds", Measure.rounded((System.nanoTime() - from) / 1e9));
      describe(result, runs, submitted);
    }
    options.write(result);
  }

  private static void describe(ObjectNode result, StackRuns runs, List<String> submitted) {
    List<Double> ends = new ArrayList<>();
    List<Double> commits = new ArrayList<>();
    int repeated = 0;
    double first = EventTimes.seconds(runs.events(submitted.get(0)).get(0));
    for (String run : submitted) {
      List<HistoryEvent> events = runs.events(run);
      ends.add(EventTimes.seconds(events.get(events.size() - 1)) - first);
      for (PhaseRow phase : runs.history().phases(run).orElseThrow().phases()) {
        commits.add(Duration.between(phase.startedAt(), phase.committedAt()).toMillis() / 1e3);
        repeated += phase.attempts() > 1 ? 1 : 0;
      }
    }
    result.put("firstRunEndedAfterSeconds", Measure.rounded(Measure.percentile(ends, 1e-9)));
    result.put("lastRunEndedAfterSeconds", Measure.rounded(Measure.percentile(ends, 1)));
    result.put("phasesOfMoreThanOneAttempt", repeated);
    result.set("fromTokenToCommit", Measure.milliseconds(commits));
  }
}

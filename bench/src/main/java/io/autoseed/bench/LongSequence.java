package io.autoseed.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.workflows.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Many tasks of a strategy without a state, on the stack of {@code AUTOSEED_HOME}: whether
 * histories, the time a task takes and the memory of the processes stay what they were. Arguments:
 * {@code --tasks 500}, {@code --compared 100} tasks at either end, {@code --sample-seconds 15}
 * between two looks at the memory, {@code --out FILE}, which says after each look how far the run
 * is. The run goes on without this program: {@code --run RUN} follows one that was begun before.
 */
public final class LongSequence {
  private LongSequence() {}

  /** A sequence of that many tasks of one class. */
  public static GeneratedSequence sequence(int tasks) {
    return new GeneratedSequence(
        "long-sequence", tasks, 1, 2, 1, 16, "{name: continual-clip}", "{last: 5}");
  }

  public static void main(String... arguments) throws IOException, InterruptedException {
    Arguments options =
        new Arguments("LongSequence", arguments, "tasks", "sample-seconds", "compared", "run");
    ObjectNode result = options.result();
    StackAddresses stack = StackRuns.stack();
    Path folder = Files.createTempDirectory("autoseed-long-sequence");
    String run = options.text("run", StackRuns.unique("bench-long-sequence"));
    result.put("run", run);
    try (StackRuns runs = new StackRuns(stack, folder.resolve("objects"))) {
      if (!options.has("run")) {
        runs.submit(run, sequence(options.whole("tasks", 500)).write(folder));
      }
      follow(options, result, runs, run);
      runs.await(run);
      describe(result, runs, run, options.whole("compared", 100));
    }
    options.write(result);
  }

  private static void follow(Arguments options, ObjectNode result, StackRuns runs, String run)
      throws IOException, InterruptedException {
    ArrayNode samples = result.putArray("memoryMebibytes");
    ResidentMemory memory =
        new ResidentMemory(LocalStack.open(StackOptions.defaultHome().toAbsolutePath()));
    while (!runs.ended(run)) {
      ObjectNode sample = samples.addObject();
      sample.put("tasksDone", published(runs.history(), run).size());
      memory.mebibytes().forEach(sample::put);
      options.save(result);
      Thread.sleep(Duration.ofSeconds(options.whole("sample-seconds", 15)).toMillis());
    }
  }

  private static void describe(ObjectNode result, StackRuns runs, String run, int compared) {
    HistoryChain chain = HistoryChain.of(runs.client(), run);
    List<Double> seconds = secondsPerTask(runs.history(), run);
    int ends = Math.min(compared, seconds.size() / 2);
    double first = median(seconds.subList(0, ends));
    double last = median(seconds.subList(seconds.size() - ends, seconds.size()));
    result.put("tasks", seconds.size() + 1);
    result.put("histories", chain.events().size());
    result.put("mostEventsInAHistory", chain.mostEvents());
    result.put("mostBytesInAHistory", chain.mostBytes());
    result.put("eventsOfTheLastTask", runs.events(run + "/" + seconds.size()).size());
    result.put("compared", ends);
    result.put("secondsATaskFirst", Measure.rounded(first));
    result.put("secondsATaskLast", Measure.rounded(last));
    result.put("lastToFirst", Measure.rounded(last / first));
  }

  /** Of at least one value. */
  public static double median(List<Double> values) {
    return Measure.percentile(values, 0.5);
  }

  /** Seconds from the end of each task of a run to the end of the next. */
  public static List<Double> secondsPerTask(RunHistory history, String run) {
    List<Instant> ends = published(history, run);
    List<Double> seconds = new ArrayList<>();
    for (int task = 1; task < ends.size(); task++) {
      seconds.add(Duration.between(ends.get(task - 1), ends.get(task)).toMillis() / 1e3);
    }
    return seconds;
  }

  private static List<Instant> published(RunHistory history, String run) {
    return history.phases(run).orElseThrow().phases().stream()
        .filter(row -> row.phase().equals(Phase.PUBLISH.name()) && row.committed())
        .sorted(Comparator.comparingInt(PhaseRow::task))
        .map(PhaseRow::committedAt)
        .toList();
  }
}

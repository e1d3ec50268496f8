package io.autoseed.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * between two looks at the memory, {@code --out FILE}.
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
        new Arguments("LongSequence", arguments, "tasks", "sample-seconds", "compared");
    ObjectNode result = options.result();
    StackAddresses stack = StackRuns.stack();
    Path folder = Files.createTempDirectory("autoseed-long-sequence");
    String run = StackRuns.unique("bench-long-sequence");
    try (StackRuns runs = new StackRuns(stack, folder.resolve("objects"))) {
      runs.submit(run, sequence(options.whole("tasks", 500)).write(folder));
      follow(result.putArray("memoryMebibytes"), runs, run, options.whole("sample-seconds", 15));
      runs.await(run);
      describe(result, runs, run, options.whole("compared", 100));
    }
    options.write(result);
  }

  private static void follow(ArrayNode samples, StackRuns runs, String run, int seconds)
      throws IOException, InterruptedException {
    ResidentMemory memory =
        new ResidentMemory(LocalStack.open(StackOptions.defaultHome().toAbsolutePath()));
    while (!runs.ended(run)) {
      ObjectNode sample = samples.addObject();
      sample.put("tasksDone", published(runs, run).size());
      memory.mebibytes().forEach(sample::put);
      Thread.sleep(Duration.ofSeconds(seconds).toMillis());
    }
  }

  private static void describe(ObjectNode result, StackRuns runs, String run, int compared) {
    HistoryChain chain = HistoryChain.of(runs.client(), run);
    List<Double> seconds = secondsPerTask(runs, run);
    int ends = Math.min(compared, seconds.size() / 2);
    double first = Measure.percentile(seconds.subList(0, ends), 0.5);
    double last = Measure.percentile(seconds.subList(seconds.size() - ends, seconds.size()), 0.5);
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

  /** From the end of each task to the end of the next. */
  private static List<Double> secondsPerTask(StackRuns runs, String run) {
    List<Instant> ends = published(runs, run);
    List<Double> seconds = new ArrayList<>();
    for (int task = 1; task < ends.size(); task++) {
      seconds.add(Duration.between(ends.get(task - 1), ends.get(task)).toMillis() / 1e3);
    }
    return seconds;
  }

  private static List<Instant> published(StackRuns runs, String run) {
    return runs.history().phases(run).orElseThrow().phases().stream()
        .filter(row -> row.phase().equals(Phase.PUBLISH.name()) && row.committed())
        .sorted(Comparator.comparingInt(PhaseRow::task))
        .map(PhaseRow::committedAt)
        .toList();
  }
}

package io.autoseed.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What durability costs, on the stack of {@code AUTOSEED_HOME}: of each phase the wall time minus
 * the computation, commit included, beside an empty activity's round trip through the same server;
 * and a whole sequence beside the same strategy in a bare loop in one JVM, with the share of ADAPT
 * that went into checkpoints and the commit. Arguments: {@code --tasks 40} of the many short ones,
 * of which the first {@code --warm-up 10} are not counted, for a worker that has just been started
 * is still being compiled; {@code --long-tasks 3} and {@code --steps 4000} of ADAPT in each of the
 * few long ones, {@code --round-trips 100} before and as many after, {@code --out FILE}.
 */
public final class OrchestrationCost {
  private OrchestrationCost() {}

  public static void main(String... arguments) throws IOException {
    Arguments options =
        new Arguments(
            "OrchestrationCost",
            arguments,
            "tasks",
            "warm-up",
            "round-trips",
            "long-tasks",
            "steps");
    ObjectNode result = options.result();
    StackAddresses stack = StackRuns.stack();
    Path folder = Files.createTempDirectory("autoseed-orchestration-cost");
    String id = StackRuns.unique("bench-orchestration-cost");
    List<Double> empty = new ArrayList<>();
    try (StackRuns runs = new StackRuns(stack, folder.resolve("objects"));
        RoundTrips trips = new RoundTrips(runs.client(), id)) {
      int count = options.whole("round-trips", 100);
      empty.addAll(trips.measure(count));
      Map<Phase, List<Double>> overheads =
          overheads(
              runs,
              id,
              shortTasks(options).write(folder.resolve("short")),
              options.whole("warm-up", 10));
      empty.addAll(trips.measure(count));
      result.set("emptyActivity", Measure.milliseconds(empty));
      phases(result, overheads, Measure.percentile(empty, 0.5));
      if (options.whole("long-tasks", 3) > 0) {
        sequence(result, runs, id, longTasks(options).write(folder.resolve("long")));
      }
    }
    options.write(result);
  }

  private static GeneratedSequence shortTasks(Arguments options) {
    return new GeneratedSequence(
        "short-tasks", options.whole("tasks", 40), 2, 20, 10, 64, "{name: slda}", "all");
  }

  private static GeneratedSequence longTasks(Arguments options) {
    return new GeneratedSequence(
        "long-tasks",
        options.whole("long-tasks", 3),
        5,
        40,
        20,
        512,
        "{name: er, steps: " + options.whole("steps", 4000) + "}",
        "all");
  }

  /** Wall minus computation of every phase from the task {@code warmUp} on. */
  private static Map<Phase, List<Double>> overheads(
      StackRuns runs, String id, ResolvedSequence sequence, int warmUp) {
    String run = id + "-short";
    runs.submit(run, sequence);
    runs.await(run);
    Map<Integer, Map<Phase, Double>> computed = computeSeconds(runs, run);
    Map<Phase, List<Double>> overheads = new EnumMap<>(Phase.class);
    for (int task = Math.min(warmUp, sequence.tasks().size() - 1);
        task < sequence.tasks().size();
        task++) {
      Map<Phase, Double> compute = computed.get(task);
      EventTimes.phases(runs.events(run + "/" + task))
          .forEach(
              (phase, wall) ->
                  overheads
                      .computeIfAbsent(phase, unseen -> new ArrayList<>())
                      .add(wall - compute.get(phase)));
    }
    return overheads;
  }

  private static Map<Integer, Map<Phase, Double>> computeSeconds(StackRuns runs, String run) {
    Map<Integer, Map<Phase, Double>> seconds = new TreeMap<>();
    for (PhaseRow row : runs.history().phases(run).orElseThrow().phases()) {
      seconds
          .computeIfAbsent(row.task(), unseen -> new EnumMap<>(Phase.class))
          .put(Phase.valueOf(row.phase()), row.computeSeconds());
    }
    return seconds;
  }

  private static void phases(
      ObjectNode result, Map<Phase, List<Double>> overheads, double roundTrip) {
    ObjectNode phases = result.putObject("wallMinusCompute");
    List<Double> all = new ArrayList<>();
    overheads.forEach(
        (phase, seconds) -> {
          all.addAll(seconds);
          phases.set(phase.name(), described(seconds, roundTrip));
        });
    phases.set("all", described(all, roundTrip));
  }

  private static ObjectNode described(List<Double> seconds, double roundTrip) {
    ObjectNode node = Measure.milliseconds(seconds);
    node.put("p50RoundTrips", Measure.rounded(Measure.percentile(seconds, 0.5) / roundTrip));
    return node;
  }

  /** The durable sequence, then the bare loop: each has the machine to itself. */
  private static void sequence(
      ObjectNode result, StackRuns runs, String id, ResolvedSequence sequence) {
    String run = id + "-long";
    runs.submit(run, sequence);
    runs.await(run);
    double durable = EventTimes.total(runs.events(run));
    double adapt = 0;
    double computed = 0;
    for (Map.Entry<Integer, Map<Phase, Double>> task : computeSeconds(runs, run).entrySet()) {
      adapt += EventTimes.phases(runs.events(run + "/" + task.getKey())).get(Phase.ADAPT);
      computed += task.getValue().get(Phase.ADAPT);
    }
    long from = System.nanoTime();
    LocalRun local =
        LocalSequenceRunner.run(
            sequence,
            () -> {
              throw new IllegalStateException("features need no model");
            },
            Device.cpu());
    double bare = (System.nanoTime() - from) / 1e9;
    ObjectNode node = result.putObject("sequence");
    node.put("tasks", sequence.tasks().size());
    node.put("strategy", sequence.document().strategy());
    node.put("durableSeconds", Measure.rounded(durable));
    node.put("bareLoopSeconds", Measure.rounded(bare));
    node.put("bareLoopSecondsPerTask", Measure.rounded(bare / local.rows().size()));
    node.put("ratio", Measure.rounded(durable / bare));
    node.put("adaptSeconds", Measure.rounded(adapt));
    node.put("shareOfAdaptNotComputing", Measure.rounded((adapt - computed) / adapt));
  }
}

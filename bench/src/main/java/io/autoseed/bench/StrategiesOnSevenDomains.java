package io.autoseed.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.metrics.SeedMetrics;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.NumericProfile;
import io.autoseed.learning.torch.Torch;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Any strategies on the seven-domain sequence. Arguments: {@code --strategies} a list such as
 * {@code slda,er,er:features-per-class=5}; {@code --orders 0,1,2,3,4}; {@code --random-seed 1993};
 * {@code --out FILE}; {@code --features FILE} takes {@link SevenDomainsEncoding}'s features in the
 * place of the recorded ones; {@code --tuning SEED} in the place of {@code --orders} runs a
 * sequence for choosing settings, whose accuracies are on held-out training images and never
 * reported; {@code --tasks N} takes the first tasks alone; {@code --label-noise 0.2} replaces a
 * fifth of the training labels and {@code --shots N} keeps N training examples a class, see {@link
 * TrainingFlaws}. The ablations are {@code auto-seed:consistency=false}, {@code :zero-shot=false},
 * {@code :meta-update=false}, {@code :pruning=false}, {@code :seed-covariance=false}, {@code
 * :label-trust=false}, {@code :seeds=random} and {@code :seeds=kmeans}.
 */
public final class StrategiesOnSevenDomains {
  private static final List<String> METRICS =
      List.of(
          "last",
          "avg",
          "bwt",
          "forgetting",
          "fwt",
          "seenLoss",
          "fwtPlusSeenLoss",
          "transfer",
          "ciTransfer",
          "memoryBytesPerClass");

  private StrategiesOnSevenDomains() {}

  public static void main(String[] arguments) throws IOException {
    Arguments options =
        new Arguments(
            "StrategiesOnSevenDomains",
            arguments,
            "strategies",
            "orders",
            "random-seed",
            "features",
            "tuning",
            "tasks",
            "label-noise",
            "shots");
    SevenDomains domains = domains(options);
    List<List<TaskInputs>> sequences = new ArrayList<>();
    if (options.has("tuning")) {
      sequences.add(domains.tuningTasks(options.whole("tuning", 0)));
    } else {
      for (String order : options.list("orders", "0,1,2,3,4")) {
        sequences.add(domains.tasks(Integer.parseInt(order)));
      }
    }
    if (options.has("tasks")) {
      int first = options.whole("tasks", 0);
      sequences.replaceAll(tasks -> tasks.subList(0, Math.min(first, tasks.size())));
    }
    long randomSeed = options.whole("random-seed", 1993);
    TrainingFlaws flaws =
        new TrainingFlaws(
            Double.parseDouble(options.text("label-noise", "0")),
            options.whole("shots", 0),
            randomSeed);
    ObjectNode report = options.result();
    report.put("randomSeed", randomSeed);
    report.put("numericProfile", NumericProfile.current().name());
    ObjectNode results = report.putObject("strategies");
    for (String spec : options.list("strategies", "continual-clip,slda")) {
      results.set(spec, measure(sequences, flaws, spec));
      options.save(report);
    }
  }

  private static SevenDomains domains(Arguments options) throws IOException {
    Path folder = SevenDomains.requireFolder();
    if (!options.has("features")) {
      return SevenDomains.read(folder);
    }
    try (BuiltinModel model = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      return SevenDomains.read(folder, options.path("features").get(), model.jointSpace());
    }
  }

  private static ObjectNode measure(
      List<List<TaskInputs>> sequences, TrainingFlaws flaws, String spec) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    EvaluationRows rows = new EvaluationRows(EvaluationRows.Kind.ALL, 0);
    for (List<TaskInputs> tasks : sequences) {
      LocalRun run =
          new LocalSequenceRunner(StrategySpec.parse(spec).create(), flaws.randomSeed(), rows)
              .run(flaws.in(tasks));
      for (String metric : METRICS) {
        add(values, metric, run.metrics().headline(metric));
      }
      add(values, "newest", OptionalDouble.of(newest(run)));
      double perTask = run.totalSeconds() / tasks.size();
      add(values, "secondsPerTask", OptionalDouble.of(perTask));
      for (LearningPhase phase : LearningPhase.values()) {
        double sum = run.seconds().stream().mapToDouble(task -> task.get(phase)).sum();
        add(values, "seconds " + phase, OptionalDouble.of(sum / tasks.size()));
      }
      seeds(values, run, tasks);
      System.out.println(line(spec, values));
    }
    return summary(values);
  }

  /** Mean over tasks of the accuracy right after learning, R[t][t]. */
  private static double newest(LocalRun run) {
    return run.rows().stream()
        .mapToDouble(row -> row.classIncremental().get(row.afterTask()))
        .average()
        .orElseThrow();
  }

  /** Fidelity and spread of the final seed bank, for strategies that keep one. */
  private static void seeds(
      Map<String, List<Double>> values, LocalRun run, List<TaskInputs> tasks) {
    if (!run.finalState().has("seeds")) {
      return;
    }
    TensorBundle bank = run.finalState().get("seeds");
    SeedMetrics metrics;
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      Tensor v =
          NdArrays.toTensor(
              NdArrays.toArray(manager, bank.get("v")).toType(DataType.FLOAT32, false));
      int[] labels =
          tasks.stream().flatMapToInt(task -> Arrays.stream(task.training().labels())).toArray();
      metrics = SeedMetrics.of(v, bank.get("class").ints(), examples(tasks), labels);
    }
    add(values, "seedFidelity", OptionalDouble.of(metrics.fidelity()));
    add(values, "seedFidelityControl", OptionalDouble.of(metrics.control()));
    add(values, "rhoParallel", OptionalDouble.of(metrics.rhoParallel()));
    add(values, "rhoPerpendicular", OptionalDouble.of(metrics.rhoPerpendicular()));
    add(values, "rhoDifferenceLow", OptionalDouble.of(metrics.differenceLow()));
    add(values, "rhoDifferenceHigh", OptionalDouble.of(metrics.differenceHigh()));
  }

  private static Tensor examples(List<TaskInputs> tasks) {
    int width = tasks.get(0).testImages().size(1);
    int count = tasks.stream().mapToInt(task -> task.training().count()).sum();
    FloatBuffer rows = FloatBuffer.allocate(count * width);
    tasks.forEach(task -> rows.put(task.training().images().floats()));
    return Tensor.of(rows.array(), count, width);
  }

  private static void add(Map<String, List<Double>> values, String metric, OptionalDouble value) {
    if (value.isPresent()) {
      values.computeIfAbsent(metric, key -> new ArrayList<>()).add(value.getAsDouble());
    }
  }

  private static String line(String spec, Map<String, List<Double>> values) {
    StringBuilder line = new StringBuilder(spec + ":");
    values.forEach(
        (name, all) ->
            line.append(String.format(Locale.ROOT, " %s %.2f", name, all.get(all.size() - 1))));
    return line.toString();
  }

  private static ObjectNode summary(Map<String, List<Double>> values) {
    ObjectNode summary = new ObjectMapper().createObjectNode();
    values.forEach(
        (name, all) -> {
          double mean = all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
          double squares = all.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
          ObjectNode metric = summary.putObject(name);
          metric.put("mean", rounded(mean));
          if (all.size() > 1) {
            metric.put("standardDeviation", rounded(Math.sqrt(squares / (all.size() - 1))));
          }
          ArrayNode perOrder = metric.putArray("perOrder");
          all.forEach(value -> perOrder.add(rounded(value)));
        });
    return summary;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}

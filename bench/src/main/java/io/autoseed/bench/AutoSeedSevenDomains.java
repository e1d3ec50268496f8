package io.autoseed.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.torch.NumericProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Auto-Seed and its ablations on the seven-domain sequence. Arguments, all optional: {@code
 * --variants full,random-seeds}, {@code --orders 0,1}, {@code --random-seed N}, {@code --out FILE}.
 *
 * <pre>{@code
 * ./mvnw -q -Dquick -DskipTests -pl bench -am package
 * ./mvnw -q -pl learning dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
 * export AUTOSEED_SHARED=FOLDER OMP_NUM_THREADS=1 MKL_NUM_THREADS=1
 * export ATEN_CPU_CAPABILITY=avx2 DNNL_MAX_CPU_ISA=AVX2 MKL_CBWR=AVX2,STRICT
 * java -cp bench/target/classes:learning/target/classes:$(cat /tmp/classpath) \
 *   io.autoseed.bench.AutoSeedSevenDomains --out bench/results/auto-seed-seven-domains.json
 * }</pre>
 */
public final class AutoSeedSevenDomains {
  private static final List<String> METRICS =
      List.of("last", "avg", "bwt", "fwt", "seenLoss", "fwtPlusSeenLoss");

  private AutoSeedSevenDomains() {}

  private static Map<String, Map<String, Object>> variants() {
    Map<String, Map<String, Object>> variants = new LinkedHashMap<>();
    variants.put("full", Map.of());
    variants.put("without-consistency", Map.of("consistency", false));
    variants.put("without-meta-update", Map.of("meta-update", false));
    variants.put("random-seeds", Map.of("seeds", "random"));
    variants.put("kmeans-seeds", Map.of("seeds", "kmeans"));
    variants.put("without-pruning", Map.of("pruning", false));
    return variants;
  }

  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    Path folder =
        SevenDomains.folder()
            .orElseThrow(() -> new IOException("set AUTOSEED_SHARED to the folder with the data"));
    SevenDomains domains = SevenDomains.read(folder);
    int[] orders =
        options.containsKey("--orders")
            ? words(options.get("--orders")).stream().mapToInt(Integer::parseInt).toArray()
            : IntStream.range(0, domains.orderCount()).toArray();
    long randomSeed = Long.parseLong(options.getOrDefault("--random-seed", "1993"));
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("randomSeed", randomSeed);
    report.put("numericProfile", NumericProfile.current().name());
    ObjectNode results = report.putObject("variants");
    List<String> chosen =
        options.containsKey("--variants")
            ? words(options.get("--variants"))
            : List.copyOf(variants().keySet());
    for (String name : chosen) {
      results.set(name, measure(domains, name, orders, randomSeed));
    }
    if (options.containsKey("--out")) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(Path.of(options.get("--out")), mapper.writeValueAsString(report) + "\n");
    }
  }

  private static List<String> words(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private static ObjectNode measure(
      SevenDomains domains, String variant, int[] orders, long randomSeed) {
    Strategy strategy =
        Strategies.named("auto-seed").orElseThrow().create(variants().get(variant), Device.cpu());
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (int order : orders) {
      List<TaskInputs> tasks = domains.tasks(order);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      LocalRun run =
          new LocalSequenceRunner(
                  strategy, randomSeed, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
              .run(tasks);
      for (String metric : METRICS) {
        values
            .computeIfAbsent(metric, key -> new ArrayList<>())
            .add(run.metrics().headline(metric).orElseThrow());
      }
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      values
          .computeIfAbsent("cpuSecondsPerTaskWithEvaluation", key -> new ArrayList<>())
          .add(spent / 1e9 / tasks.size());
      seconds(values, run);
      print(variant, order, values);
    }
    return summary(values);
  }

  private static void seconds(Map<String, List<Double>> values, LocalRun run) {
    int tasks = run.seconds().size();
    values
        .computeIfAbsent("secondsPerTask", key -> new ArrayList<>())
        .add(run.totalSeconds() / tasks);
    for (LearningPhase phase : LearningPhase.values()) {
      double sum = run.seconds().stream().mapToDouble(task -> task.get(phase)).sum();
      values.computeIfAbsent("seconds " + phase, key -> new ArrayList<>()).add(sum / tasks);
    }
    values
        .computeIfAbsent("memoryBytesPerClass", key -> new ArrayList<>())
        .add(run.metrics().headline("memoryBytesPerClass").orElseThrow());
  }

  private static void print(String variant, int order, Map<String, List<Double>> values) {
    StringBuilder line = new StringBuilder(variant + " order " + order + ":");
    values.forEach(
        (name, all) ->
            line.append(String.format(Locale.ROOT, " %s %.2f", name, all.get(all.size() - 1))));
    System.out.println(line);
  }

  private static ObjectNode summary(Map<String, List<Double>> values) {
    ObjectNode summary = new ObjectMapper().createObjectNode();
    values.forEach(
        (name, all) -> {
          double mean = all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
          double squares = all.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
          ObjectNode metric = summary.putObject(name);
          metric.put("mean", rounded(mean));
          metric.put(
              "standardDeviation",
              all.size() < 2 ? 0 : rounded(Math.sqrt(squares / (all.size() - 1))));
          ArrayNode perOrder = metric.putArray("perOrder");
          all.forEach(value -> perOrder.add(rounded(value)));
        });
    return summary;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1000) / 1000;
  }
}

package io.autoseed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NumericProfile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Steps a second of the trained baselines' ADAPT, drawing the batches included, beside eager
 * PyTorch doing the same ({@code bench/peers/adapt_step.py}), taken in turns. Arguments: {@code
 * --python FILE} a Python with torch, {@code --peer bench/peers/adapt_step.py}, {@code --rounds 5},
 * {@code --out FILE}.
 */
public final class AdaptSpeed {
  private static final int WIDTH = 512;
  private static final int WARM_UP = 50;

  /** Sizes as they occur: the last task of the seven domains, and a thousand classes. */
  private static final List<Size> SIZES =
      List.of(
          new Size(9, 360, 128, 1000),
          new Size(135, 900, 128, 500),
          new Size(1000, 4000, 128, 100));

  private record Size(int classes, int pool, int batch, int steps) {}

  private AdaptSpeed() {}

  public static void main(String[] arguments) throws IOException {
    Arguments options = new Arguments("AdaptSpeed", arguments, "python", "peer", "rounds");
    String python = options.text("python", "python3");
    String peer = options.text("peer", "bench/peers/adapt_step.py");
    int rounds = options.whole("rounds", 5);
    ObjectNode report = options.result();
    report.put("numericProfile", NumericProfile.current().name());
    report.put("torch", NumericProfile.current().torch());
    report.put("threads", NumericProfile.current().threads());
    ArrayNode sizes = report.putArray("sizes");
    try (Peer torch = Peer.start(python, peer)) {
      for (Size size : SIZES) {
        sizes.add(measure(size, torch, rounds));
      }
    }
    options.write(report);
  }

  private static ObjectNode measure(Size size, Peer torch, int rounds) throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> eager = new ArrayList<>();
    List<Double> fused = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ours.add(stepsPerSecond(size));
      eager.add(torch.stepsPerSecond(size, "eager"));
      fused.add(torch.stepsPerSecond(size, "fused"));
    }
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("classes", size.classes());
    result.put("width", WIDTH);
    result.put("pool", size.pool());
    result.put("batch", size.batch());
    result.put("stepsPerSecond", rounded(median(ours)));
    result.put("torchEagerStepsPerSecond", rounded(median(eager)));
    result.put("torchFusedStepsPerSecond", rounded(median(fused)));
    result.put("ratioToEager", rounded(median(ours) / median(eager)));
    result.put("ratioToFused", rounded(median(ours) / median(fused)));
    System.out.println(result);
    return result;
  }

  private static double stepsPerSecond(Size size) {
    Strategy strategy =
        StrategySpec.parse(
                "finetune:learning-rate=0.002:steps="
                    + (WARM_UP + size.steps())
                    + ":batch-size="
                    + size.batch())
            .create();
    long[] started = new long[1];
    long[] ended = new long[1];
    PhaseDriver.run(
        strategy,
        input(size),
        Optional.empty(),
        (done, steps, snapshot) -> {
          if (done == WARM_UP) {
            started[0] = System.nanoTime();
          } else if (done == steps) {
            ended[0] = System.nanoTime();
          }
        });
    return size.steps() / ((ended[0] - started[0]) / 1e9);
  }

  private static PhaseInput input(Size size) {
    int[] numbers = IntStream.range(0, size.classes()).toArray();
    int[] labels = IntStream.range(0, size.pool()).map(i -> i % size.classes()).toArray();
    return new PhaseInput(
        0,
        LearningPhase.ADAPT,
        1993,
        LearnerState.empty(),
        new TaskClasses(numbers, unitRows("text", size.classes())),
        Optional.of(new TrainingSet(unitRows("image", size.pool()), labels)));
  }

  private static Tensor unitRows(String purpose, int rows) {
    float[] values = CounterRandom.of(0, 0, purpose, 0).gaussians(rows * WIDTH);
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) Math.sqrt(WIDTH);
    }
    return Tensor.of(values, rows, WIDTH);
  }

  /** The Python process; it takes a line a measurement. */
  private record Peer(Process process, BufferedWriter questions, BufferedReader answers)
      implements AutoCloseable {
    static Peer start(String python, String script) throws IOException {
      ProcessBuilder builder = new ProcessBuilder(python, script);
      builder.environment().put("OMP_NUM_THREADS", "1");
      Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new Peer(
          process,
          process.outputWriter(StandardCharsets.UTF_8),
          process.inputReader(StandardCharsets.UTF_8));
    }

    double stepsPerSecond(Size size, String kind) throws IOException {
      questions.write(size.classes() + " " + WIDTH + " " + size.pool() + " " + size.batch() + " ");
      questions.write(size.steps() + " " + kind + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the Python peer ended; does its Python have torch?");
      }
      return Double.parseDouble(answer);
    }

    @Override
    public void close() throws IOException {
      questions.close();
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}

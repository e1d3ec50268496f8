package io.autoseed.it.flow;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.encoder.SharedSpace;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sequence of three tasks of two classes each, on features made up here: every class a direction
 * that its text shares, images scattered round it.
 */
final class SmallSequence {
  private static final int CLASSES = 6;
  private static final int TRAIN = 40;
  private static final int TEST = 10;
  private static final int WIDTH = 32;
  private static final float SCATTER = 0.35f;

  private SmallSequence() {}

  /**
   * Writes the data set and the sequence file into {@code folder} and reads them as a user would.
   *
   * @param random names the features: equal ones make equal files
   * @param strategy such as {@code {name: er, steps: 50}}
   */
  static ResolvedSequence write(Path folder, int random, String strategy) throws IOException {
    Files.createDirectories(folder);
    writeFeatures(folder, random);
    Path file = folder.resolve("sequence.yaml");
    Files.writeString(
        file,
        """
        name: small
        datasets:
          made-up: {path: features.safetensors}
        tasks:
          - {dataset: made-up, classes: [class-0, class-1]}
          - {dataset: made-up, classes: [class-2, class-3]}
          - {dataset: made-up, classes: [class-4, class-5]}
        strategy: %s
        random-seed: 7
        """
            .formatted(strategy));
    return SequenceFile.read(file, Map.of());
  }

  /** The first tasks of a sequence. */
  static ResolvedSequence beginning(ResolvedSequence whole, int tasks) {
    SequenceDocument document = whole.document();
    return new ResolvedSequence(
        document.withTasks(document.tasks().subList(0, tasks)),
        whole.tasks().subList(0, tasks),
        whole.datasetRoots(),
        List.of());
  }

  private static void writeFeatures(Path folder, int random) throws IOException {
    int rows = CLASSES * (TRAIN + TEST);
    float[] text = CounterRandom.of(random, 0, "text", 0).gaussians(CLASSES * WIDTH);
    float[] noise = CounterRandom.of(random, 0, "image", 0).gaussians(rows * WIDTH);
    float[] image = new float[rows * WIDTH];
    int[] label = new int[rows];
    int[] train = new int[rows];
    for (int row = 0; row < rows; row++) {
      label[row] = row % CLASSES;
      train[row] = row < CLASSES * TRAIN ? 1 : 0;
      for (int k = 0; k < WIDTH; k++) {
        image[row * WIDTH + k] = text[label[row] * WIDTH + k] + SCATTER * noise[row * WIDTH + k];
      }
    }
    Files.write(
        folder.resolve("features.safetensors"),
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(image, rows, WIDTH),
                    "label", Tensor.of(label, rows),
                    "train", Tensor.of(train, rows),
                    "text", Tensor.of(text, CLASSES, WIDTH)))));
    String names =
        IntStream.range(0, CLASSES)
            .mapToObj(c -> "\"class-" + c + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    Files.write(
        folder.resolve("features.json"),
        ("{\"class_text\":" + names + ",\"prompt\":" + names + ",\"licence\":\"CC0-1.0\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The oracle: the same sequence in memory, straight from the files. */
  static LocalRun local(ResolvedSequence sequence) {
    Strategy strategy =
        Strategies.named(sequence.document().strategy())
            .orElseThrow()
            .create(sequence.document().settings(), ai.djl.Device.cpu());
    return LocalSequenceRunner.run(
        strategy, features(sequence), new SharedSpace(WIDTH), sequence.document().randomSeed());
  }

  /** The raw features of every task, straight from the files. */
  static List<TaskFeatures> features(ResolvedSequence sequence) {
    List<TaskFeatures> tasks = new ArrayList<>();
    for (TaskDocument task : sequence.tasks()) {
      try (DataSet features = DataSet.open(sequence.datasetRoots().get(task.dataset()))) {
        tasks.add(features(task, features));
      }
    }
    return tasks;
  }

  private static TaskFeatures features(TaskDocument task, DataSet features) {
    List<float[]> texts = task.classes().stream().map(features::textEmbedding).toList();
    List<float[]> train = new ArrayList<>();
    List<Integer> trainLabels = new ArrayList<>();
    List<float[]> test = new ArrayList<>();
    List<Integer> testLabels = new ArrayList<>();
    for (ClassDocument learned : task.classes()) {
      add(learned.train(), features, learned.number(), train, trainLabels);
      add(learned.test(), features, learned.number(), test, testLabels);
    }
    return new TaskFeatures(
        task.classes().stream().mapToInt(ClassDocument::number).toArray(),
        tensor(texts),
        tensor(train),
        trainLabels.stream().mapToInt(Integer::intValue).toArray(),
        tensor(test),
        testLabels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static void add(
      List<FileDocument> files,
      DataSet features,
      int number,
      List<float[]> rows,
      List<Integer> labels) {
    files.stream()
        .sorted(Comparator.comparing(FileDocument::sha256))
        .forEach(
            file -> {
              rows.add(features.features(file));
              labels.add(number);
            });
  }

  private static Tensor tensor(List<float[]> rows) {
    float[] values = new float[rows.size() * WIDTH];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, values, row * WIDTH, WIDTH);
    }
    return Tensor.of(values, rows.size(), WIDTH);
  }
}

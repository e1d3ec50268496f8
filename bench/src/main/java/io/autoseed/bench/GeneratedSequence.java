package io.autoseed.bench;

import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sequence on features made up here: every class a direction that its text shares, images
 * scattered round it. Equal arguments make equal files.
 *
 * @param classesPerTask at least 1
 * @param train training rows a class
 * @param test test rows a class
 * @param width of images and texts alike
 * @param strategy such as {@code {name: er, steps: 50}}
 * @param rows of the accuracy matrix to measure, such as {@code all} or {@code {last: 5}}
 */
public record GeneratedSequence(
    String name,
    int tasks,
    int classesPerTask,
    int train,
    int test,
    int width,
    String strategy,
    String rows) {
  private static final float SCATTER = 0.35f;

  /** Writes the data set and the sequence file into a folder and reads them as a user would. */
  public ResolvedSequence write(Path folder) throws IOException {
    Files.createDirectories(folder);
    writeFeatures(folder);
    Path file = folder.resolve("sequence.yaml");
    Files.writeString(
        file,
        """
        name: %s
        datasets:
          generated: {path: features.safetensors}
        tasks:
          - {dataset: generated, split: {classes-per-task: %d}}
        strategy: %s
        evaluation: {rows: %s}
        random-seed: 7
        """
            .formatted(name, classesPerTask, strategy, rows));
    return SequenceFile.read(file, Map.of());
  }

  private void writeFeatures(Path folder) throws IOException {
    int classes = tasks * classesPerTask;
    int count = classes * (train + test);
    float[] text = CounterRandom.of(0, 0, "text", 0).gaussians(classes * width);
    float[] noise = CounterRandom.of(0, 0, "image", 0).gaussians(count * width);
    float[] image = new float[count * width];
    int[] label = new int[count];
    int[] training = new int[count];
    for (int row = 0; row < count; row++) {
      label[row] = row % classes;
      training[row] = row < classes * train ? 1 : 0;
      for (int k = 0; k < width; k++) {
        image[row * width + k] = text[label[row] * width + k] + SCATTER * noise[row * width + k];
      }
    }
    Files.write(
        folder.resolve("features.safetensors"),
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(image, count, width),
                    "label", Tensor.of(label, count),
                    "train", Tensor.of(training, count),
                    "text", Tensor.of(text, classes, width)))));
    String names =
        IntStream.range(0, classes)
            .mapToObj(c -> "\"class-" + c + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    Files.writeString(
        folder.resolve("features.json"),
        "{\"class_text\":" + names + ",\"prompt\":" + names + ",\"licence\":\"CC0-1.0\"}");
  }
}

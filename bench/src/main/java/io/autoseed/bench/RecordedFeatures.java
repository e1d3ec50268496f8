package io.autoseed.bench;

import io.autoseed.learning.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The recorded features of the seven-domain benchmark.
 *
 * @param image float32 [N, 1280]
 * @param values those of {@code image}, row-major
 * @param label class of each row, an index into the lists below
 * @param train whether a row belongs to the training split
 * @param domain the data set of each class, [C]
 * @param prompt the text of each class, [C]
 * @param text embeddings of the prompts, float32 [C, 384]
 * @param classifier the trunk's own classifier, float32 [1000, 1280]
 * @param classifierText embeddings of its classes' names, float32 [1000, 384]
 */
record RecordedFeatures(
    Tensor image,
    float[] values,
    int[] label,
    boolean[] train,
    List<String> domain,
    List<String> prompt,
    Tensor text,
    Tensor classifier,
    Tensor classifierText) {
  static final String FILE = "data/features-efficientnet-lite0.npz";

  static RecordedFeatures read(Path folder) throws IOException {
    try (NpzFile npz = new NpzFile(folder.resolve(FILE))) {
      Tensor image = tensor(npz.read("image"));
      return new RecordedFeatures(
          image,
          image.floats(),
          npz.read("label").ints(),
          npz.read("train").flags(),
          npz.read("domain").strings(),
          npz.read("prompt").strings(),
          tensor(npz.read("text")),
          tensor(npz.read("imagenet_classifier")),
          tensor(npz.read("imagenet_text")));
    }
  }

  private static Tensor tensor(NpzFile.Array array) {
    return Tensor.of(array.floats(), array.shape());
  }

  /** The rows of a class in one split. */
  List<Integer> rows(int ofClass, boolean inTrain) {
    return IntStream.range(0, label.length)
        .filter(row -> label[row] == ofClass && train[row] == inTrain)
        .boxed()
        .toList();
  }
}

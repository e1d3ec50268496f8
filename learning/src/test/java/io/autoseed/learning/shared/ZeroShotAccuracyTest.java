package io.autoseed.learning.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.encoder.Alignment;
import io.autoseed.learning.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the joint space is worth before any learning: accuracy within each of seven domains. */
class ZeroShotAccuracyTest {
  /** The formulas of the alignment in NumPy on the same features, in percent. */
  private static final Map<String, Double> EXPECTED =
      Map.of(
          "clothing", 29.9,
          "trashnet", 32.2,
          "fashion_mnist", 28.0,
          "animal_silhouettes", 32.7,
          "omniglot_alphabets", 15.8,
          "sign_digits", 8.7,
          "grocery", 5.6);

  @Test
  void zeroShotAccuracyIsThatOfAnIndependentComputation() throws IOException {
    Path folder = SharedFolder.orSkip();
    NumpyArchive file = new NumpyArchive(folder.resolve("data/features-efficientnet-lite0.npz"));
    Alignment alignment =
        Alignment.compute(
            tensor(file.read("imagenet_classifier")), tensor(file.read("imagenet_text")), 512);
    Tensor texts = alignment.texts(tensor(file.read("text")));
    float[] images = file.read("image").floats();
    int[] labels = file.read("label").ints();
    int[] train = file.read("train").ints();
    List<String> domains = file.read("domain").strings();
    Map<String, Double> measured = new LinkedHashMap<>();
    for (String domain : EXPECTED.keySet()) {
      int first = domains.indexOf(domain);
      int last = domains.lastIndexOf(domain);
      Tensor training = rows(images, labels, train, 1, first, last);
      Tensor test = rows(images, labels, train, 0, first, last);
      int[] truth =
          IntStream.range(0, labels.length)
              .filter(i -> train[i] == 0 && labels[i] >= first && labels[i] <= last)
              .map(i -> labels[i])
              .toArray();
      Tensor e = alignment.images(test, alignment.centre(training));
      measured.put(domain, 100 * accuracy(e, texts, truth, first, last));
    }
    System.out.println("zero-shot accuracy, %: " + measured);
    EXPECTED.forEach(
        (domain, percent) -> assertThat(measured.get(domain)).isCloseTo(percent, within(1.0)));
  }

  private static double accuracy(Tensor e, Tensor texts, int[] truth, int first, int last) {
    float[] images = e.floats();
    float[] words = texts.floats();
    int d = texts.size(1);
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      int best = first;
      double highest = Double.NEGATIVE_INFINITY;
      for (int c = first; c <= last; c++) {
        double cosine = 0;
        for (int k = 0; k < d; k++) {
          cosine += images[i * d + k] * words[c * d + k];
        }
        if (cosine > highest) {
          highest = cosine;
          best = c;
        }
      }
      right += best == truth[i] ? 1 : 0;
    }
    return right / (double) truth.length;
  }

  private static Tensor rows(
      float[] images, int[] labels, int[] train, int wanted, int first, int last) {
    int width = images.length / labels.length;
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (train[i] == wanted && labels[i] >= first && labels[i] <= last) {
        chosen.add(i);
      }
    }
    float[] values = new float[chosen.size() * width];
    for (int i = 0; i < chosen.size(); i++) {
      System.arraycopy(images, chosen.get(i) * width, values, i * width, width);
    }
    return Tensor.of(values, chosen.size(), width);
  }

  private static Tensor tensor(NumpyArchive.Array array) {
    return Tensor.of(array.floats(), array.shape());
  }
}

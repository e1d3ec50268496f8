package io.autoseed.bench;

import ai.djl.Device;
import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.dataset.DataSetOptions;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.MeanText;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The features of the seven-domain benchmark once more, from the image files: each recorded row's
 * image is found among the files of its class and split as the nearest in feature space, and our
 * own features of it take the row's place. Texts are embedded anew. Arguments: {@code --out FILE},
 * a safetensors file that {@code --features} of the other programs takes.
 *
 * <p>Fails if a recorded row has no image within {@link #NEAR}, relative to its length.
 */
public final class SevenDomainsEncoding {
  /** Far above what float16 loses (0.0005), far below the distance of two images (above 0.2). */
  private static final double NEAR = 0.01;

  private static final int CHUNK = 32;

  private final BuiltinModel model;
  private final RecordedFeatures recorded;
  private final float[] own;
  private double farthest;
  private int encoded;

  private SevenDomainsEncoding(BuiltinModel model, RecordedFeatures recorded) {
    this.model = model;
    this.recorded = recorded;
    this.own = new float[recorded.image().byteSize() / Float.BYTES];
  }

  public static void main(String[] arguments) throws IOException {
    Arguments options = new Arguments("SevenDomainsEncoding", arguments);
    Path out =
        options
            .out()
            .orElseThrow(() -> new IllegalArgumentException("give --out FILE for the features"));
    Path folder = SevenDomains.requireFolder();
    RecordedFeatures recorded = RecordedFeatures.read(folder);
    try (BuiltinModel model = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      Files.write(out, new SevenDomainsEncoding(model, recorded).encode(folder));
    }
  }

  private byte[] encode(Path folder) {
    List<Tensor> texts = new ArrayList<>();
    String open = null;
    DataSet set = null;
    List<ClassContents> classes = List.of();
    for (int c = 0; c < recorded.prompt().size(); c++) {
      String domain = recorded.domain().get(c);
      if (!domain.equals(open)) {
        if (set != null) {
          set.close();
        }
        set = DataSet.open(folder.resolve("data").resolve(domain + ".zip"));
        classes = set.contents(DataSetOptions.NONE).classes();
        open = domain;
      }
      ClassContents found = withPrompt(classes, recorded.prompt().get(c));
      texts.add(MeanText.of(model.encodeTexts(found.texts())));
      match(set, found.train(), recorded.rows(c, true));
      match(set, found.test(), recorded.rows(c, false));
      System.out.printf(
          Locale.ROOT,
          "class %d of %d: %s, %d images encoded, farthest match %.5f%n",
          c + 1,
          recorded.prompt().size(),
          found.name(),
          encoded,
          farthest);
    }
    set.close();
    Tensor image = Tensor.of(own, recorded.image().shape());
    return SafeTensors.encode(TensorBundle.of(Map.of("image", image, "text", stacked(texts))));
  }

  private static ClassContents withPrompt(List<ClassContents> classes, String prompt) {
    return classes.stream()
        .filter(one -> one.texts().contains(prompt))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no class has the text '" + prompt + "'"));
  }

  /** Encodes files, in the order of their paths, until every row has its image. */
  private void match(DataSet set, List<FileDocument> files, List<Integer> rows) {
    List<FileDocument> byPath =
        files.stream().sorted(Comparator.comparing(FileDocument::path)).toList();
    List<Integer> open = new ArrayList<>(rows);
    for (int start = 0; start < byPath.size() && !open.isEmpty(); start += CHUNK) {
      List<FileDocument> chunk = byPath.subList(start, Math.min(start + CHUNK, byPath.size()));
      Tensor features =
          model.encodeImages(chunk.stream().map(set::read).toList(), i -> chunk.get(i).path());
      encoded += chunk.size();
      float[] values = features.floats();
      for (int i = 0; i < chunk.size() && !open.isEmpty(); i++) {
        take(values, i, open);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          open.size() + " recorded rows of " + set.root() + " have no image, first " + open.get(0));
    }
  }

  private void take(float[] values, int i, List<Integer> open) {
    int width = recorded.image().size(1);
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int k = 0; k < open.size(); k++) {
      double distance = distance(values, i * width, open.get(k) * width, width);
      if (distance < least) {
        least = distance;
        nearest = k;
      }
    }
    if (least < NEAR) {
      farthest = Math.max(farthest, least);
      System.arraycopy(values, i * width, own, open.remove(nearest) * width, width);
    }
  }

  /** Euclidean, relative to the recorded row's length. */
  private double distance(float[] values, int at, int row, int width) {
    double difference = 0;
    double length = 0;
    for (int k = 0; k < width; k++) {
      double expected = recorded.values()[row + k];
      difference += (values[at + k] - expected) * (values[at + k] - expected);
      length += expected * expected;
    }
    return Math.sqrt(difference / length);
  }

  private static Tensor stacked(List<Tensor> rows) {
    int width = rows.get(0).size(1);
    float[] all = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).floats(), 0, all, i * width, width);
    }
    return Tensor.of(all, rows.size(), width);
  }
}

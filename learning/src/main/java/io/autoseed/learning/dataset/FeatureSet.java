package io.autoseed.learning.dataset;

import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Precomputed features, kept in memory. Row i of the file is the file {@code row/i}. */
final class FeatureSet implements DataSet {
  private static final String ROW = "row/";

  private final Path root;
  private final FeatureFields fields;
  private final Map<String, Integer> rowOfPrompt = new HashMap<>();

  private FeatureSet(Path root, FeatureFields fields) {
    this.root = root;
    this.fields = fields;
    for (int c = 0; c < fields.prompt().size(); c++) {
      Integer before = rowOfPrompt.putIfAbsent(fields.prompt().get(c), c);
      if (before != null && !sha256(fields.text(), before).equals(sha256(fields.text(), c))) {
        throw new DataSetException(
            root + ": two embeddings of '" + fields.prompt().get(c) + "' differ; keep one");
      }
    }
  }

  static FeatureSet ofNpz(Path file) {
    return new FeatureSet(file, FeatureFile.npz(file));
  }

  static FeatureSet ofSafeTensors(Path file) {
    return new FeatureSet(file, FeatureFile.safeTensors(file));
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public boolean hasFeatures() {
    return true;
  }

  @Override
  public DataSetContents contents(DataSetOptions options) {
    if (options.train() != null || options.test() != null) {
      throw new DataSetException(
          root + " marks its splits in the array train; remove train: and test:");
    }
    Prompts.checkTemplates(options.templates(), root);
    Prompts expander = new Prompts(root);
    List<Integer> chosen = chosen(options.domain());
    Set<String> names = new LinkedHashSet<>();
    List<ClassContents> classes = new ArrayList<>();
    TreeMap<String, String> embeddings = new TreeMap<>();
    Map<Integer, List<Integer>> rowsOfClass = rowsOfClass();
    for (int c : chosen) {
      String name = fields.classText().get(c);
      if (!names.add(name)) {
        throw new DataSetException(root + " has two classes '" + name + "'; rename one");
      }
      List<String> prompts = prompts(c, options, expander);
      for (String prompt : prompts) {
        int row = rowOfPrompt.get(prompt);
        requireNumbers(fields.text(), row, "text");
        embeddings.put(prompt, sha256(fields.text(), row));
      }
      List<Integer> rows = rowsOfClass.getOrDefault(c, List.of());
      rows.forEach(row -> requireNumbers(fields.image(), row, "image"));
      classes.add(new ClassContents(name, prompts, documents(rows, true), documents(rows, false)));
    }
    for (String name : options.texts().keySet()) {
      if (!names.contains(name)) {
        throw new DataSetException(root + " has no class '" + name + "'; correct texts:");
      }
    }
    return new DataSetContents(
        true,
        classes,
        CanonicalJson.digest(embeddings),
        fields.licence(),
        fields.source(),
        remarks(
            chosen.stream()
                .flatMap(c -> rowsOfClass.getOrDefault(c, List.of()).stream())
                .sorted()
                .toList()));
  }

  /** Whoever could not encode an image may have left zeros in its place. */
  private List<String> remarks(List<Integer> rows) {
    List<Integer> zeros = rows.stream().filter(row -> Rows.isZero(fields.image(), row)).toList();
    return zeros.isEmpty()
        ? List.of()
        : List.of(
            "%s: %d of %d rows of image are all zeros, the first is row %d: they are learned and tested as examples of their classes and show nothing of them; leave them out if they are no features"
                .formatted(root, zeros.size(), rows.size(), zeros.get(0)));
  }

  /** Indices of the classes of a domain. */
  private List<Integer> chosen(String domain) {
    Set<String> domains = new LinkedHashSet<>(fields.domain());
    if (domain == null && domains.size() > 1) {
      throw new DataSetException(
          root + " holds the domains " + domains + "; choose one with domain:");
    }
    if (domain != null && !domains.contains(domain)) {
      throw new DataSetException(
          root + " has no domain '" + domain + "', only " + domains + "; correct domain:");
    }
    return IntStream.range(0, fields.classText().size())
        .filter(c -> domain == null || fields.domain().get(c).equals(domain))
        .boxed()
        .toList();
  }

  private Map<Integer, List<Integer>> rowsOfClass() {
    Map<Integer, List<Integer>> rows = new HashMap<>();
    for (int row = 0; row < fields.label().length; row++) {
      rows.computeIfAbsent(fields.label()[row], unseen -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private List<String> prompts(int c, DataSetOptions options, Prompts expander) {
    List<String> texts = options.texts().get(fields.classText().get(c));
    List<String> prompts;
    if (texts == null && options.templates().isEmpty()) {
      prompts = List.of(fields.prompt().get(c));
    } else {
      prompts =
          expander.expand(
              texts == null ? List.of(fields.classText().get(c)) : texts,
              options.templates().isEmpty() ? List.of("{}") : options.templates());
    }
    prompts.forEach(this::rowOf);
    return prompts;
  }

  private int rowOf(String prompt) {
    Integer row = rowOfPrompt.get(prompt);
    if (row == null) {
      throw new DataSetException(
          root
              + " holds no embedding of '"
              + SafePath.printable(prompt)
              + "'; use its own texts, or images");
    }
    return row;
  }

  private List<FileDocument> documents(List<Integer> rows, boolean train) {
    return rows.stream()
        .filter(row -> fields.train()[row] == train)
        .map(row -> new FileDocument(ROW + row, sha256(fields.image(), row)))
        .sorted(
            Comparator.comparing(FileDocument::sha256)
                .thenComparing(file -> Integer.valueOf(file.path().substring(ROW.length()))))
        .toList();
  }

  private static byte[] bytes(Tensor matrix, int row) {
    byte[] bytes = new byte[matrix.size(1) * matrix.type().bytes()];
    matrix.buffer().get(row * bytes.length, bytes);
    return bytes;
  }

  private static String sha256(Tensor matrix, int row) {
    return CanonicalJson.sha256(bytes(matrix, row));
  }

  private void requireNumbers(Tensor matrix, int row, String name) {
    floats(matrix, row, name);
  }

  /** The values of a row; an error that names it if one of them is no number. */
  private float[] floats(Tensor matrix, int row, String name) {
    ByteBuffer buffer = matrix.buffer();
    int width = matrix.size(1);
    float[] values = new float[width];
    for (int i = 0; i < width; i++) {
      values[i] =
          matrix.type() == ElementType.F16
              ? HalfPrecision.toFloat(buffer.getShort((row * width + i) * 2))
              : buffer.getFloat((row * width + i) * 4);
      if (!Float.isFinite(values[i])) {
        throw new DataSetException(
            root + ": row " + row + " of " + name + " holds " + values[i] + "; remove it");
      }
    }
    return values;
  }

  @Override
  public float[] features(FileDocument file) {
    int rows = fields.image().size(0);
    if (!file.path().matches(ROW + "\\d{1,9}")
        || Integer.parseInt(file.path().substring(ROW.length())) >= rows) {
      throw new DataSetException(
          root + " has no '" + SafePath.printable(file.path()) + "'; it has " + rows + " rows");
    }
    int row = Integer.parseInt(file.path().substring(ROW.length()));
    if (!sha256(fields.image(), row).equals(file.sha256())) {
      throw new DataSetException(
          root + ": row " + row + " has changed; put the old file back or submit again");
    }
    return floats(fields.image(), row, "image");
  }

  @Override
  public float[] textEmbedding(ClassDocument described) {
    double[] mean = new double[textWidth()];
    for (String prompt : described.texts()) {
      float[] embedding = floats(fields.text(), rowOf(prompt), "text");
      for (int i = 0; i < mean.length; i++) {
        mean[i] += embedding[i];
      }
    }
    double square = 0;
    for (double value : mean) {
      square += value * value;
    }
    double norm = Math.max(StrictMath.sqrt(square), 1e-12);
    float[] unit = new float[mean.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (mean[i] / norm);
    }
    return unit;
  }

  @Override
  public byte[] read(FileDocument file) {
    throw new DataSetException(root + " holds features, no images; use an image data set");
  }

  @Override
  public int imageWidth() {
    return fields.image().size(1);
  }

  @Override
  public int textWidth() {
    return fields.text().size(1);
  }

  @Override
  public String licence() {
    return fields.licence();
  }

  @Override
  public void close() {}
}

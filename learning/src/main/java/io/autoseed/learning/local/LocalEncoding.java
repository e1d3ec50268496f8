package io.autoseed.learning.local;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.encoder.MeanText;
import io.autoseed.learning.encoder.SharedSpace;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * ENCODE in memory: the tasks of a sequence in the joint space, to the bits of a durable run. Rows
 * are by class in the order learned, then by file digest. Features whose images and texts have one
 * width share a space already; all others are aligned as the built-in model is.
 */
final class LocalEncoding implements AutoCloseable {
  private final ResolvedSequence sequence;
  private final Supplier<BuiltinModel> model;
  private final Map<String, DataSet> dataSets = new HashMap<>();

  /**
   * @param model asked for only if an image is to be encoded or features are to be aligned
   */
  LocalEncoding(ResolvedSequence sequence, Supplier<BuiltinModel> model) {
    this.sequence = sequence;
    this.model = model;
  }

  /** All tasks; the first one's training images give the centre. */
  List<TaskInputs> tasks() {
    List<TaskInputs> tasks = new ArrayList<>();
    Tensor centre = null;
    for (TaskDocument task : sequence.tasks()) {
      TaskFeatures features = features(task);
      JointSpace space = space(task, features);
      centre = centre == null ? space.centre(features.train()) : centre;
      tasks.add(TaskInputs.of(features, space, centre));
    }
    return tasks;
  }

  private JointSpace space(TaskDocument task, TaskFeatures features) {
    int width = features.texts().size(1);
    return task.features() && features.train().size(1) == width
        ? new SharedSpace(width)
        : model.get().jointSpace();
  }

  private TaskFeatures features(TaskDocument task) {
    DataSet dataSet =
        dataSets.computeIfAbsent(
            task.dataset(), name -> DataSet.open(sequence.datasetRoots().get(name)));
    List<Tensor> texts = new ArrayList<>();
    for (ClassDocument learned : task.classes()) {
      texts.add(
          task.features()
              ? Tensor.of(dataSet.textEmbedding(learned), 1, dataSet.textWidth())
              : MeanText.of(model.get().encodeTexts(learned.texts())));
    }
    return new TaskFeatures(
        task.classes().stream().mapToInt(ClassDocument::number).toArray(),
        stacked(texts),
        images(task, dataSet, ClassDocument::train),
        labels(task, ClassDocument::train),
        images(task, dataSet, ClassDocument::test),
        labels(task, ClassDocument::test));
  }

  private Tensor images(
      TaskDocument task, DataSet dataSet, Function<ClassDocument, List<FileDocument>> part) {
    List<FileDocument> files =
        task.classes().stream().flatMap(learned -> byDigest(part.apply(learned))).toList();
    if (!task.features()) {
      List<byte[]> encoded = files.stream().map(dataSet::read).toList();
      return model.get().encodeImages(encoded, i -> files.get(i).path());
    }
    return stacked(
        files.stream()
            .map(file -> Tensor.of(dataSet.features(file), 1, dataSet.imageWidth()))
            .toList());
  }

  private static Stream<FileDocument> byDigest(List<FileDocument> files) {
    return files.stream()
        .sorted(Comparator.comparing(FileDocument::sha256).thenComparing(FileDocument::path));
  }

  private static int[] labels(TaskDocument task, Function<ClassDocument, List<FileDocument>> part) {
    return task.classes().stream()
        .flatMapToInt(learned -> part.apply(learned).stream().mapToInt(file -> learned.number()))
        .toArray();
  }

  private static Tensor stacked(List<Tensor> rows) {
    int width = rows.get(0).size(1);
    float[] values = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).buffer().asFloatBuffer().get(values, i * width, width);
    }
    return Tensor.of(values, rows.size(), width);
  }

  @Override
  public void close() {
    dataSets.values().forEach(DataSet::close);
  }
}

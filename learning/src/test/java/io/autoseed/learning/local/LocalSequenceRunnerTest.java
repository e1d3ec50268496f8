package io.autoseed.learning.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.dataset.DataSetContents;
import io.autoseed.learning.dataset.DataSetOptions;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSequenceRunnerTest {
  @TempDir Path folder;

  @Test
  void a_sequence_over_features_runs_without_the_built_in_model() throws IOException {
    LocalRun run = LocalSequenceRunner.run(sequence("slda"), this::refused, Device.cpu());

    assertThat(run.states()).hasSize(2);
    assertThat(run.metrics().headline("last")).hasValue(100);
    assertThat(run.finalState().get("means").get("class").ints()).containsExactly(0, 1, 2);
    assertThat(run.totalSeconds()).isPositive();
  }

  @Test
  void the_same_sequence_leaves_the_same_bits() throws IOException {
    LocalRun first = LocalSequenceRunner.run(sequence("er"), this::refused, Device.cpu());
    LocalRun second = LocalSequenceRunner.run(sequence("er"), this::refused, Device.cpu());

    assertThat(first.states()).isEqualTo(second.states());
    assertThat(first.rows()).isEqualTo(second.rows());
  }

  private BuiltinModel refused() {
    throw new AssertionError("features that share a space need no model");
  }

  /** Three classes along three axes, two training rows and a test row each, in two tasks. */
  private ResolvedSequence sequence(String strategy) throws IOException {
    float[] image = new float[27];
    byte[] train = new byte[9];
    int[] label = new int[9];
    for (int i = 0; i < 9; i++) {
      label[i] = i / 3;
      train[i] = (byte) (i % 3 == 2 ? 0 : 1);
      image[3 * i + i / 3] = 1;
      image[3 * i + (i / 3 + 1) % 3] = 0.1f * (i % 3);
    }
    Files.write(
        folder.resolve("axes.safetensors"),
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(image, 9, 3),
                    "label", Tensor.of(label, 9),
                    "train", Tensor.ofBytes(ElementType.U8, train, 9),
                    "text", Tensor.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3)))));
    Files.writeString(
        folder.resolve("axes.json"),
        """
        {"class_text": ["x", "y", "z"], "prompt": ["an x.", "a y.", "a z."], "licence": "CC0"}
        """);
    Path file = folder.resolve("axes.safetensors");
    try (DataSet data = DataSet.open(file)) {
      DataSetContents contents = data.contents(DataSetOptions.NONE);
      List<TaskDocument> tasks = List.of(task(contents, 0, 2), task(contents, 2, 3));
      SequenceDocument document =
          new SequenceDocument(
              "axes",
              "builtin",
              strategy,
              1,
              new TreeMap<>(),
              7,
              new EvaluationRows(EvaluationRows.Kind.ALL, 0),
              null,
              tasks.stream().map(CanonicalJson::digest).toList(),
              null);
      return new ResolvedSequence(document, tasks, Map.of("axes", file), List.of())
          .withStrategy(strategy);
    }
  }

  private static TaskDocument task(DataSetContents contents, int from, int to) {
    List<ClassDocument> classes = new ArrayList<>();
    for (int c = from; c < to; c++) {
      DataSetContents.ClassContents known = contents.classes().get(c);
      classes.add(new ClassDocument(known.name(), c, known.texts(), known.train(), known.test()));
    }
    return new TaskDocument("task " + from, "axes", contents.digest(), true, classes);
  }
}

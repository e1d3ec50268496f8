package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.Lineage;
import io.autoseed.activities.catalog.LineageEdge;
import io.autoseed.activities.phase.Prediction;
import io.autoseed.activities.phase.PredictionException;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.phase.TrainedModel;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.it.TestStack;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.Embeddings;
import io.autoseed.learning.encoder.ImageException;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run on real images has learned is classified with, and its predictions are traced. */
class PredictionIT {
  private static final Path FASHION = Path.of("../samples/data/fashion").toAbsolutePath();

  @TempDir private static Path folder;
  private static WorkerFleet workers;
  private static DurableRun durable;
  private static String run;

  @BeforeAll
  static void learn() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    workers = new WorkerFleet(TestStack.addresses().home(), folder);
    workers.startReady();
    Path file = folder.resolve("sequence.yaml");
    Files.writeString(
        file,
        """
        name: clothes
        model: {kind: builtin}
        datasets: {fashion: {path: %s}}
        tasks:
          - {dataset: fashion, name: first, classes: [trousers, bag]}
          - {dataset: fashion, name: second, classes: [sandal, coat]}
        strategy: {name: auto-seed}
        """
            .formatted(FASHION));
    ResolvedSequence sequence = SequenceFile.read(file, Map.of());
    run = DurableRun.unique("clothes");
    durable.submit(Submission.of(run, sequence, "avx2", "test"));
    durable.await(run);
  }

  @AfterAll
  static void stop() throws Exception {
    workers.close();
    durable.close();
  }

  private static TrainedModel open(String reference) {
    return TrainedModel.open(
        durable.store(),
        durable.catalog(),
        new ObjectCache(folder.resolve("objects"), 1L << 30),
        CacheFolder.path(),
        Device.cpu(),
        reference);
  }

  private static List<Prediction> classify(String reference, List<byte[]> images) {
    try (TrainedModel model = open(reference)) {
      return model.classify(images, index -> "image " + index);
    }
  }

  private static List<byte[]> images(String name) throws IOException {
    List<byte[]> images = new ArrayList<>();
    try (Stream<Path> files = Files.list(FASHION.resolve("test").resolve(name))) {
      for (Path file : files.sorted().limit(10).toList()) {
        images.add(Files.readAllBytes(file));
      }
    }
    return images;
  }

  @Test
  void mostImagesAreGivenTheirClassWithScoresThatSumToOneAndTheSeedsOfThatClassNearest()
      throws Exception {
    List<Prediction> made = classify(run, images("trousers"));

    assertThat(made)
        .filteredOn(one -> one.classes().get(0).name().equals("trousers"))
        .hasSizeGreaterThan(7);
    assertThat(made)
        .filteredOn(one -> one.seeds().get(0).className().equals("trousers"))
        .hasSizeGreaterThan(7);
    assertThat(made)
        .allSatisfy(
            one -> {
              assertThat(one.classes()).hasSize(4);
              assertThat(one.classes().stream().mapToDouble(Prediction.Scored::score).sum())
                  .isBetween(1 - 1e-6, 1 + 1e-6);
              assertThat(one.seeds().get(0).cosine()).isBetween(0.3, 1.0);
            });
  }

  @Test
  void aPredictionLeadsUpToTheTasksItWasMadeFromAndIsTheSameAgain() throws Exception {
    List<byte[]> image = images("bag").subList(0, 1);
    Prediction made = classify(run + "@first", image).get(0);

    assertThat(classify(run + "@0", image)).containsExactly(made);
    assertThat(made.classes()).extracting(Prediction.Scored::name).containsOnly("trousers", "bag");
    assertThat(new Lineage(durable.catalog()).up(made.id()))
        .isNotEmpty()
        .filteredOn(edge -> !edge.phase().equals("ENCODE"))
        .extracting(LineageEdge::taskName)
        .containsOnly("first");
    assertThat(new Lineage(durable.catalog()).up(made.seeds().get(0).id())).isNotEmpty();
  }

  @Test
  void imagesAndTextsAreEmbeddedInTheJointSpaceOfTheRun() throws Exception {
    Tensor centre =
        TrainedModel.centre(
            durable.store(),
            durable.catalog(),
            new ObjectCache(folder.resolve("objects"), 1L << 30),
            run);
    TensorBundle embedded;
    try (BuiltinModel model = BuiltinModel.open(CacheFolder.path(), Device.cpu())) {
      embedded =
          Embeddings.of(
              model,
              images("trousers"),
              index -> "image " + index,
              List.of("a photo of trousers", "a photo of a bag"),
              Optional.of(centre));
    }

    assertThat(embedded.tensors()).containsOnlyKeys("image", "image_joint", "text", "text_joint");
    float[] images = embedded.get("image_joint").floats();
    float[] texts = embedded.get("text_joint").floats();
    int width = embedded.get("image_joint").size(1);
    double nearer = 0;
    for (int i = 0; i < images.length; i++) {
      nearer += images[i] * (texts[i % width] - texts[width + i % width]);
    }
    assertThat(nearer).as("trousers over bag, summed over ten images").isPositive();
  }

  @Test
  void whatCannotBeClassifiedIsRefusedByName() throws Exception {
    assertThatThrownBy(() -> classify(run, List.of(new byte[] {1, 2, 3})))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("image 0");
    assertThatThrownBy(() -> open(run + "@third"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no task third");
    assertThatThrownBy(() -> open("no-such-run"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no-such-run");
    ResolvedSequence features = SmallSequence.write(folder.resolve("features"), 8, "{name: slda}");
    String other = DurableRun.unique("features");
    durable.submit(Submission.of(other, features, "avx2", "test"));
    durable.await(other);
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(PredictionException.class)
        .hasMessageContaining("from features");
  }
}

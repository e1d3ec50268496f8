package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Predictions;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.TrainedState;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A learner state that a finished task left, taken from the store by its digests, to classify
 * images with. Every prediction is written down, so that lineage knows what it was made from.
 */
public final class TrainedModel implements AutoCloseable {
  private static final int ID_DIGITS = 16;

  private final Predictions predictions;
  private final TrainedState source;
  private final BuiltinTrunk trunk;
  private final Tensor centre;
  private final Classifier classifier;
  private final Map<Integer, String> names;
  private final List<SeedRow> seeds;
  private final float[] seedVectors;

  private TrainedModel(
      Predictions predictions,
      TrainedState source,
      BuiltinTrunk trunk,
      CarriedState carried,
      Classifier classifier,
      Map<Integer, String> names) {
    this.predictions = predictions;
    this.source = source;
    this.trunk = trunk;
    this.centre = carried.centre();
    this.classifier = classifier;
    this.names = names;
    LearnerState state = carried.state();
    this.seeds = SeedRows.of(state, names);
    this.seedVectors = seeds.isEmpty() ? new float[0] : SeedRows.vectors(state).floats();
  }

  /**
   * Opens a model.
   *
   * @param reference see {@link Predictions#state}
   * @param modelCache where the built-in model's files lie, or are put
   * @throws io.autoseed.activities.catalog.CatalogException if there is no such model
   * @throws PredictionException if it learned from features, so that no encoder goes with it
   */
  public static TrainedModel open(
      ArtifactStore store,
      Catalog catalog,
      ObjectCache cache,
      Path modelCache,
      Device device,
      String reference) {
    Predictions predictions = new Predictions(catalog);
    Learned learned = Learned.find(predictions, store, catalog, cache, reference);
    BuiltinTrunk trunk = new BuiltinTrunk(modelCache, device);
    try {
      Classifier classifier =
          Workbench.strategy(learned.sequence(), device)
              .classifier(learned.carried().state(), TaskClasses.none(trunk.jointSpace().width()));
      return new TrainedModel(
          predictions, learned.source(), trunk, learned.carried(), classifier, learned.names());
    } catch (RuntimeException e) {
      trunk.close();
      throw e;
    }
  }

  /**
   * The centre c0 of the joint space that a model was learned in, float32 [image width].
   *
   * @param reference see {@link Predictions#state}
   * @throws io.autoseed.activities.catalog.CatalogException if there is no such model
   * @throws PredictionException if it learned from features, so that no encoder goes with it
   */
  public static Tensor centre(
      ArtifactStore store, Catalog catalog, ObjectCache cache, String reference) {
    return Learned.find(new Predictions(catalog), store, catalog, cache, reference)
        .carried()
        .centre();
  }

  /**
   * What a finished task left, and what it learned from images.
   *
   * @param names of the classes by number
   */
  private record Learned(
      TrainedState source,
      SequenceDocument sequence,
      CarriedState carried,
      Map<Integer, String> names) {
    static Learned find(
        Predictions predictions,
        ArtifactStore store,
        Catalog catalog,
        ObjectCache cache,
        String reference) {
      TrainedState source = predictions.state(reference);
      RunDocuments documents = new RunDocuments(store, new Documents(store, cache));
      Manifests manifests = new Manifests(store, cache);
      SequenceDocument sequence =
          documents.sequence(
              new RunHistory(catalog).phases(source.run()).orElseThrow().run().sequenceDigest());
      Map<Integer, String> names = new HashMap<>();
      for (TaskDocument task : documents.tasks(sequence).subList(0, source.task() + 1)) {
        if (task.features()) {
          throw new PredictionException(
              "run %s learned task %s from features made elsewhere: no encoder of this program makes the like from images"
                  .formatted(source.run(), task.name()));
        }
        task.classes().forEach(one -> names.put(one.number(), one.name()));
      }
      return new Learned(
          source, sequence, CarriedState.of(manifests.read(source.manifest()), manifests), names);
    }
  }

  /** The state it classifies with. */
  public TrainedState source() {
    return source;
  }

  /**
   * Classifies images and writes the predictions down.
   *
   * @param files PNG, JPEG or GIF
   * @param called how to call the file at an index in an error
   * @throws io.autoseed.learning.encoder.ImageException if a file cannot be used
   */
  public List<Prediction> classify(List<byte[]> files, IntFunction<String> called) {
    Tensor images = trunk.jointSpace().images(trunk.images(files, called), centre);
    float[] scores = classifier.scores(images).floats();
    int columns = classifier.classes().length;
    int width = images.size(1);
    List<Prediction> made = new ArrayList<>();
    for (int row = 0; row < files.size(); row++) {
      String sha256 = Digests.sha256(files.get(row));
      float[] image = Rows.select(images, new int[] {row}).floats();
      Prediction prediction =
          new Prediction(
              id(sha256), sha256, likeliest(scores, row * columns, columns), nearest(image, width));
      predictions.record(
          prediction.id(),
          source,
          sha256,
          new String(CanonicalJson.bytes(prediction), StandardCharsets.UTF_8));
      made.add(prediction);
    }
    return made;
  }

  private String id(String imageSha256) {
    byte[] both =
        (source.manifest().outcomeDigest() + imageSha256).getBytes(StandardCharsets.UTF_8);
    return Digests.sha256(both).substring(0, ID_DIGITS);
  }

  private List<Prediction.Scored> likeliest(float[] scores, int from, int columns) {
    double top = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < columns; c++) {
      top = Math.max(top, scores[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += StrictMath.exp(scores[from + c] - top);
    }
    double highest = top;
    double all = sum;
    int[] numbers = classifier.classes();
    return IntStream.range(0, columns)
        .boxed()
        .sorted(Comparator.comparing(c -> -scores[from + c]))
        .limit(Prediction.MOST)
        .map(
            c ->
                new Prediction.Scored(
                    names.get(numbers[c]), StrictMath.exp(scores[from + c] - highest) / all))
        .toList();
  }

  private List<Prediction.NearSeed> nearest(float[] image, int width) {
    double[] cosines = new double[seeds.size()];
    for (int s = 0; s < cosines.length; s++) {
      double product = 0;
      double square = 0;
      for (int k = 0; k < width; k++) {
        double v = seedVectors[s * width + k];
        product += image[k] * v;
        square += v * v;
      }
      cosines[s] = product / Math.max(1e-12, Math.sqrt(square));
    }
    return IntStream.range(0, cosines.length)
        .boxed()
        .sorted(Comparator.comparing(s -> -cosines[s]))
        .limit(Prediction.MOST)
        .map(s -> new Prediction.NearSeed(seeds.get(s).id(), seeds.get(s).className(), cosines[s]))
        .toList();
  }

  @Override
  public void close() {
    classifier.close();
    trunk.close();
  }
}

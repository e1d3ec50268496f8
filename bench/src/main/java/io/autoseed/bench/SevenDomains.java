package io.autoseed.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The seven-domain benchmark: 135 classes of seven image sets in 20 tasks, recorded features, five
 * class orders. The data are not part of the project; they lie in the folder that {@code
 * AUTOSEED_SHARED} names.
 */
public final class SevenDomains {
  private static final String ORDERS = "golden/auto-seed/task-orders.json";

  private final RecordedFeatures recorded;
  private final Tensor image;
  private final Tensor text;
  private final JointSpace space;
  private final List<List<int[]>> orders;

  private SevenDomains(
      RecordedFeatures recorded,
      Tensor image,
      Tensor text,
      JointSpace space,
      List<List<int[]>> orders) {
    this.recorded = recorded;
    this.image = image;
    this.text = text;
    this.space = space;
    this.orders = orders;
  }

  /**
   * The folder with the data: system property or environment variable {@code AUTOSEED_SHARED}, by
   * default {@code ../shared} beside the repository; empty if the data are not there.
   */
  public static Optional<Path> folder() {
    String named = System.getProperty("AUTOSEED_SHARED", System.getenv("AUTOSEED_SHARED"));
    List<Path> places =
        named != null
            ? List.of(Path.of(named))
            : List.of(Path.of("../shared"), Path.of("../../shared"));
    return places.stream()
        .filter(place -> Files.isRegularFile(place.resolve(RecordedFeatures.FILE)))
        .findFirst();
  }

  /**
   * {@link #folder}.
   *
   * @throws IOException if the data are not there
   */
  static Path requireFolder() throws IOException {
    return folder()
        .orElseThrow(() -> new IOException("set AUTOSEED_SHARED to the folder with the data"));
  }

  /** The recorded features, in the space of the recorded classifier. */
  public static SevenDomains read(Path folder) throws IOException {
    RecordedFeatures recorded = RecordedFeatures.read(folder);
    JointSpace space = new ClosedFormSpace(recorded.classifier(), recorded.classifierText());
    return new SevenDomains(
        recorded, recorded.image(), recorded.text(), space, orders(folder.resolve(ORDERS)));
  }

  /**
   * The same images by features of our own.
   *
   * @param features what {@link SevenDomainsEncoding} wrote
   * @param space the built-in model's
   */
  static SevenDomains read(Path folder, Path features, JointSpace space) throws IOException {
    TensorBundle own = SafeTensors.decode(Files.readAllBytes(features));
    return new SevenDomains(
        RecordedFeatures.read(folder),
        own.get("image"),
        own.get("text"),
        space,
        orders(folder.resolve(ORDERS)));
  }

  private static List<List<int[]>> orders(Path file) throws IOException {
    List<List<int[]>> orders = new ArrayList<>();
    for (JsonNode order : new ObjectMapper().readTree(file.toFile()).get("orders")) {
      List<int[]> tasks = new ArrayList<>();
      for (JsonNode task : order) {
        int[] classes = new int[task.size()];
        for (int i = 0; i < classes.length; i++) {
          classes[i] = task.get(i).asInt();
        }
        tasks.add(classes);
      }
      orders.add(tasks);
    }
    return orders;
  }

  /** Number of recorded class orders. */
  public int orderCount() {
    return orders.size();
  }

  /** The tasks of an order in the joint space; classes are numbered in the order learned. */
  public List<TaskInputs> tasks(int order) {
    return tasks(orders.get(order));
  }

  /**
   * A sequence to choose settings on, never reported: the tasks of order 0 in another order, every
   * fifth training image in the place of the test images, which stay unseen.
   */
  public List<TaskInputs> tuningTasks(long seed) {
    List<int[]> shuffled = new ArrayList<>();
    for (int t : CounterRandom.of(seed, 0, "bench/tuning", 0).permutation(orders.get(0).size())) {
      shuffled.add(orders.get(0).get(t));
    }
    return tasks(shuffled).stream().map(SevenDomains::validated).toList();
  }

  private static TaskInputs validated(TaskInputs task) {
    List<Integer> kept = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    for (int i = 0; i < task.training().count(); i++) {
      (i % 5 == 4 ? held : kept).add(i);
    }
    Tensor images = task.training().images();
    int[] labels = task.training().labels();
    return new TaskInputs(
        task.classes(),
        new TrainingSet(rows(images, kept), kept.stream().mapToInt(i -> labels[i]).toArray()),
        rows(images, held),
        held.stream().mapToInt(i -> labels[i]).toArray(),
        task.centre());
  }

  private List<TaskInputs> tasks(List<int[]> order) {
    List<TaskFeatures> tasks = new ArrayList<>();
    int first = 0;
    for (int[] classes : order) {
      tasks.add(task(classes, first));
      first += classes.length;
    }
    return LocalSequenceRunner.aligned(tasks, space);
  }

  private TaskFeatures task(int[] classes, int first) {
    List<Integer> trainRows = new ArrayList<>();
    List<Integer> testRows = new ArrayList<>();
    int[] place = new int[text.size(0)];
    for (int c = 0; c < classes.length; c++) {
      place[classes[c]] = first + c;
      trainRows.addAll(recorded.rows(classes[c], true));
      testRows.addAll(recorded.rows(classes[c], false));
    }
    int[] numbers = new int[classes.length];
    List<Integer> textRows = new ArrayList<>();
    for (int c = 0; c < classes.length; c++) {
      numbers[c] = first + c;
      textRows.add(classes[c]);
    }
    return new TaskFeatures(
        numbers,
        rows(text, textRows),
        rows(image, trainRows),
        labels(trainRows, place),
        rows(image, testRows),
        labels(testRows, place));
  }

  private int[] labels(List<Integer> rows, int[] place) {
    return rows.stream().mapToInt(i -> place[recorded.label()[i]]).toArray();
  }

  private static Tensor rows(Tensor from, List<Integer> numbers) {
    int width = from.size(1);
    float[] chosen = new float[numbers.size() * width];
    for (int i = 0; i < numbers.size(); i++) {
      from.buffer().asFloatBuffer().get(numbers.get(i) * width, chosen, i * width, width);
    }
    return Tensor.of(chosen, numbers.size(), width);
  }
}

package io.autoseed.learning.shared;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Features of seven image data sets (135 classes, at most 40 training and 15 test images a class)
 * and five orders of 20 tasks, from a folder beside the repository that not everybody has: the
 * system property or environment variable {@code AUTOSEED_SHARED}, else {@code ../shared} relative
 * to the repository's root.
 */
public final class SevenDomains {
  private static final int WIDTH = 512;

  private final float[] image;
  private final int imageWidth;
  private final int[] labels;
  private final int[] train;
  private final Tensor texts;
  private final Tensor projection;
  private final JsonNode orders;

  private SevenDomains(Path folder) throws IOException {
    NumpyArchive features =
        new NumpyArchive(folder.resolve("data/features-efficientnet-lite0.npz"));
    this.imageWidth = features.read("image").shape()[1];
    this.image = features.read("image").floats();
    this.labels = features.read("label").ints();
    this.train = features.read("train").ints();
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray w = centredRows(array(manager, features.read("imagenet_classifier")));
      NDArray p = leadingRightSingularVectors(w);
      NDArray names = array(manager, features.read("imagenet_text"));
      NDArray mean = names.mean(new int[] {0}, true);
      NDArray b = unit(names.sub(mean));
      NDArray ridge = b.transpose().matMul(b);
      ridge = ridge.add(manager.eye((int) ridge.size(0)).toType(DataType.FLOAT64, false));
      NDArray map = LinearAlgebra.solve(ridge, b.transpose().matMul(unit(w.matMul(p))));
      NDArray own = array(manager, features.read("text"));
      this.texts = host(unit(unit(own.sub(mean)).matMul(map)));
      this.projection = host(p);
    }
    this.orders =
        new ObjectMapper()
            .readTree(folder.resolve("golden/auto-seed/task-orders.json").toFile())
            .get("orders");
  }

  /** The data, if this machine has it. */
  public static Optional<SevenDomains> find() throws IOException {
    String named = System.getProperty("AUTOSEED_SHARED", System.getenv("AUTOSEED_SHARED"));
    Path folder = named == null ? besideRepository() : Path.of(named);
    return Files.isRegularFile(folder.resolve("data/features-efficientnet-lite0.npz"))
        ? Optional.of(new SevenDomains(folder))
        : Optional.empty();
  }

  /** The tasks of one of the five orders; class numbers are places in the sequence. */
  public List<TaskInputs> order(int number) {
    List<List<Integer>> order = new ArrayList<>();
    for (JsonNode task : orders.get(number)) {
      List<Integer> classes = new ArrayList<>();
      task.forEach(index -> classes.add(index.asInt()));
      order.add(classes);
    }
    return tasks(order);
  }

  /** A sequence of the given class indices, 0 to 134. */
  public List<TaskInputs> tasks(List<List<Integer>> order) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray all = manager.create(image, new Shape(labels.length, imageWidth));
      Tensor centre = host(all.get(index(manager, rows(order.get(0), 1))).mean(new int[] {0}));
      NDArray joint =
          unit(
              unit(all.sub(NdArrays.toArray(manager, centre)))
                  .matMul(NdArrays.toArray(manager, projection)));
      List<TaskInputs> tasks = new ArrayList<>();
      int first = 0;
      for (List<Integer> classes : order) {
        tasks.add(task(manager, joint, classes, first, centre));
        first += classes.size();
      }
      return tasks;
    }
  }

  private TaskInputs task(
      NDManager manager, NDArray joint, List<Integer> classes, int first, Tensor centre) {
    Map<Integer, Integer> numbers = new HashMap<>();
    int[] ordered = new int[classes.size()];
    for (int c = 0; c < ordered.length; c++) {
      ordered[c] = first + c;
      numbers.put(classes.get(c), first + c);
    }
    int[] training = rows(classes, 1);
    int[] test = rows(classes, 0);
    int[] texted = classes.stream().mapToInt(Integer::intValue).toArray();
    NDArray text = NdArrays.toArray(manager, texts).get(index(manager, texted));
    return new TaskInputs(
        new TaskClasses(ordered, NdArrays.toTensor(text)),
        new TrainingSet(
            NdArrays.toTensor(joint.get(index(manager, training))), numbers(training, numbers)),
        NdArrays.toTensor(joint.get(index(manager, test))),
        numbers(test, numbers),
        centre);
  }

  private int[] numbers(int[] rows, Map<Integer, Integer> numbers) {
    int[] chosen = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = numbers.get(labels[rows[i]]);
    }
    return chosen;
  }

  /** Rows of the given classes in the training (1) or test (0) part, by class, then by place. */
  private int[] rows(List<Integer> classes, int part) {
    List<Integer> rows = new ArrayList<>();
    for (int c : classes) {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == c && train[i] == part) {
          rows.add(i);
        }
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private static NDArray index(NDManager manager, int[] rows) {
    return manager.create(rows).toType(DataType.INT64, false);
  }

  private static NDArray array(NDManager manager, NumpyArchive.Array array) {
    return manager
        .create(array.floats(), new Shape(array.shape()[0], array.shape()[1]))
        .toType(DataType.FLOAT64, false);
  }

  private static NDArray centredRows(NDArray w) {
    return unit(w.sub(w.mean(new int[] {0}, true)));
  }

  private static NDArray leadingRightSingularVectors(NDArray w) {
    NDArray vectors = LinearAlgebra.eigh(w.transpose().matMul(w)).vectors();
    return vectors.get(":, " + (vectors.size(1) - WIDTH) + ":");
  }

  private static NDArray unit(NDArray rows) {
    return rows.div(rows.square().sum(new int[] {1}, true).sqrt().maximum(1e-12));
  }

  private static Tensor host(NDArray array) {
    return NdArrays.toTensor(array.toType(DataType.FLOAT32, false));
  }

  private static Path besideRepository() {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isRegularFile(root.resolve("mvnw"))) {
      root = root.getParent();
    }
    return root == null ? Path.of("../shared") : root.resolveSibling("shared");
  }
}

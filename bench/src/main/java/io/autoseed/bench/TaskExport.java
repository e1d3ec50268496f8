package io.autoseed.bench;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What strategies learn from and are tested on in one order of the seven-domain sequence, for peers
 * in other languages. Arguments: {@code --order 0}, {@code --tasks 6} for the first of them, {@code
 * --out FILE}. The file (safetensors) holds {@code image} [N, d] and {@code testImage} [M, d], unit
 * rows, {@code label} [N], {@code testLabel} [M], {@code text} [C, d] and {@code classesSeen} [T],
 * the number of classes after each task; classes are numbered in the order learned, rows lie in the
 * order of the tasks.
 */
public final class TaskExport {
  private TaskExport() {}

  public static void main(String[] arguments) throws IOException {
    Arguments options = new Arguments("TaskExport", arguments, "order", "tasks");
    Path out =
        options
            .out()
            .orElseThrow(() -> new IllegalArgumentException("give --out FILE for the tasks"));
    List<TaskInputs> all =
        SevenDomains.read(SevenDomains.requireFolder()).tasks(options.whole("order", 0));
    List<TaskInputs> tasks =
        all.subList(0, Math.min(all.size(), options.whole("tasks", all.size())));
    int[] seen = tasks.stream().mapToInt(task -> task.classes().numbers().length).toArray();
    for (int t = 1; t < seen.length; t++) {
      seen[t] += seen[t - 1];
    }
    Files.write(
        out,
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", stacked(tasks, task -> task.training().images()),
                    "label", joined(tasks, task -> task.training().labels()),
                    "testImage", stacked(tasks, TaskInputs::testImages),
                    "testLabel", joined(tasks, TaskInputs::testLabels),
                    "text", stacked(tasks, task -> task.classes().texts()),
                    "classesSeen", Tensor.of(seen, seen.length)))));
  }

  private static Tensor stacked(List<TaskInputs> tasks, Function<TaskInputs, Tensor> part) {
    int rows = tasks.stream().mapToInt(task -> part.apply(task).size(0)).sum();
    int width = part.apply(tasks.get(0)).size(1);
    FloatBuffer values = FloatBuffer.allocate(rows * width);
    tasks.forEach(task -> values.put(part.apply(task).floats()));
    return Tensor.of(values.array(), rows, width);
  }

  private static Tensor joined(List<TaskInputs> tasks, Function<TaskInputs, int[]> part) {
    int[] all = tasks.stream().flatMapToInt(task -> Arrays.stream(part.apply(task))).toArray();
    return Tensor.of(all, all.length);
  }
}

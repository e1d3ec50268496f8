package io.autoseed.activities.phase;

import io.autoseed.activities.phase.SeedPicture.ShownClass;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.metrics.AlikeClasses;
import io.autoseed.learning.metrics.ClassPlane;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws the seeds of finished runs beside real examples, from the learner state that PUBLISH left
 * and the test features that ENCODE left: of the classes whose test examples have means most alike,
 * in the {@link ClassPlane} of these means.
 */
public final class SeedPictures {
  private static final int CLASSES = 8;
  private static final int EXAMPLES = 40;
  private static final double STEPS = 1e4;

  /** Well below what an activity may take that does more than to draw. */
  private static final Duration LONGEST_READING = Duration.ofMinutes(3);

  private final Workbench bench;

  SeedPictures(Workbench bench) {
    this.bench = bench;
  }

  /** A run with all that its picture is made from. */
  private record Subject(
      RunDocument run,
      SequenceDocument sequence,
      List<TaskDocument> tasks,
      JointSpace space,
      Tensor centre,
      LearnerState state) {}

  /** A class by its task and number, and the mean of its test examples in the joint space. */
  private record Candidate(int task, ClassDocument document, float[] mean) {}

  /**
   * The picture of a run.
   *
   * @throws io.temporal.failure.ApplicationFailure not to be tried again, if the run is not done,
   *     its strategy keeps no seeds, fewer than three of its classes have seeds and examples, or
   *     reading them takes too long
   */
  public SeedPicture of(String run) {
    Subject subject = subject(run);
    List<Candidate> candidates = candidates(subject);
    if (candidates.size() < 3) {
      throw Failures.badInput(
          "run "
              + run
              + " has seeds and test examples of "
              + candidates.size()
              + " classes: a picture takes three",
          null);
    }
    int[] alike = AlikeClasses.of(means(candidates), CLASSES);
    List<Candidate> chosen = Arrays.stream(alike).mapToObj(candidates::get).toList();
    List<String> names = chosen.stream().map(one -> one.document().name()).toList();
    try {
      ClassPlane plane = ClassPlane.of(means(chosen));
      return new SeedPicture(
          plane.explained(),
          chosen.stream().map(one -> shown(subject, one, names, plane)).toList());
    } catch (IllegalArgumentException e) {
      throw Failures.badInput("run " + run + ": " + e.getMessage(), e);
    }
  }

  private Subject subject(String run) {
    RunDocument document = bench.documents().newest(run);
    SequenceDocument sequence = bench.documents().sequence(document.sequence());
    List<TaskDocument> tasks = bench.documents().tasks(sequence);
    int last = tasks.size() - 1;
    StoredManifest published =
        bench
            .manifests()
            .committed(run, last, Phase.PUBLISH)
            .orElseThrow(
                () -> Failures.badInput("run " + run + " has not finished its last task", null));
    CarriedState carried = CarriedState.of(published, bench.manifests());
    LearnerState state = carried.state();
    if (!SeedRows.keptBy(state)) {
      throw Failures.badInput(
          "the strategy of run " + run + ", " + sequence.strategy() + ", keeps no seeds", null);
    }
    return new Subject(
        document,
        sequence,
        tasks,
        bench.spaces().of(tasks.get(last), document),
        carried.centre(),
        state);
  }

  /** The classes that have seeds, among those that the seeds are measured on. */
  private List<Candidate> candidates(Subject subject) {
    int[] withSeeds =
        Arrays.stream(SeedRows.classes(subject.state())).distinct().sorted().toArray();
    SeedSample sample = SeedSample.of(subject.tasks().size(), subject.tasks()::get);
    List<Candidate> candidates = new ArrayList<>();
    long began = System.nanoTime();
    for (int task : sample.tasks()) {
      if (System.nanoTime() - began > LONGEST_READING.toNanos()) {
        throw Failures.badInput(
            "the test features of run "
                + subject.run().run()
                + " cannot be read in "
                + LONGEST_READING.toMinutes()
                + " minutes",
            null);
      }
      TaskInputs inputs = inputs(subject, task);
      for (int index : sample.classes(task)) {
        ClassDocument learned = subject.tasks().get(task).classes().get(index);
        int[] rows = rows(inputs.testLabels(), learned.number());
        if (rows.length > 0 && Arrays.binarySearch(withSeeds, learned.number()) >= 0) {
          candidates.add(new Candidate(task, learned, mean(inputs.testImages(), rows)));
        }
      }
    }
    return candidates;
  }

  private TaskInputs inputs(Subject subject, int task) {
    String digest = subject.sequence().tasks().get(task);
    return bench.inputs().toTest(digest, subject.run(), subject.space(), subject.centre());
  }

  private static int[] rows(int[] labels, int number) {
    return IntStream.range(0, labels.length).filter(row -> labels[row] == number).toArray();
  }

  private static float[] mean(Tensor images, int[] rows) {
    int width = images.size(1);
    float[] values = Rows.select(images, rows).floats();
    double[] sum = new double[width];
    for (int i = 0; i < values.length; i++) {
      sum[i % width] += values[i];
    }
    float[] mean = new float[width];
    for (int k = 0; k < width; k++) {
      mean[k] = (float) (sum[k] / rows.length);
    }
    return mean;
  }

  private static Tensor means(List<Candidate> classes) {
    int width = classes.get(0).mean().length;
    float[] joined = new float[classes.size() * width];
    for (int c = 0; c < classes.size(); c++) {
      System.arraycopy(classes.get(c).mean(), 0, joined, c * width, width);
    }
    return Tensor.of(joined, classes.size(), width);
  }

  private ShownClass shown(Subject subject, Candidate one, List<String> names, ClassPlane plane) {
    int number = one.document().number();
    TaskInputs inputs = inputs(subject, one.task());
    int[] examples = rows(inputs.testLabels(), number);
    int[] seeds = rows(SeedRows.classes(subject.state()), number);
    return new ShownClass(
        name(one.document().name(), subject.tasks().get(one.task()).dataset(), names),
        places(plane, Rows.select(SeedRows.vectors(subject.state()), seeds)),
        places(
            plane,
            Rows.select(
                inputs.testImages(),
                Arrays.copyOf(examples, Math.min(EXAMPLES, examples.length)))));
  }

  /** Data sets may have classes of one name: these go by their data set too. */
  static String name(String name, String dataSet, List<String> shown) {
    return Collections.frequency(shown, name) > 1 ? name + " (" + dataSet + ")" : name;
  }

  private static List<List<Double>> places(ClassPlane plane, Tensor vectors) {
    return Arrays.stream(plane.place(vectors))
        .map(place -> List.of(rounded(place[0]), rounded(place[1])))
        .toList();
  }

  private static double rounded(double value) {
    return Math.rint(value * STEPS) / STEPS;
  }
}

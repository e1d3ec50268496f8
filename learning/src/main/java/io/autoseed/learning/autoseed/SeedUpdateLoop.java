package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Phase 3, seed update: Adam on phi, then the task's seeds from all samples, pruned into the bank.
 * Leaves no task object.
 */
final class SeedUpdateLoop extends TaskLoop {
  private static final double RATE = 0.01;
  private static final double MOST_GRADIENT = 1;

  private final TaskSamples task;
  private Adam phi;
  private TaskSeeds prepared;
  private double[] terms = new double[4];

  SeedUpdateLoop(AutoSeedSettings settings, PhaseInput input, Device device) {
    super(settings, input, device);
    TaskSamples samples = TaskSamples.of(manager, input);
    TensorBundle adapted = state.get(AdaptLoop.RESULT);
    task = adapted.has("trust") ? samples.trusted(adapted.get("trust").floats()) : samples;
    load(GeneratorState.of(state, input.randomSeed()));
  }

  private void load(GeneratorState generator) {
    phi =
        new Adam(
            NdArrays.toArray(manager, generator.phi()),
            NdArrays.toArray(manager, generator.first()),
            NdArrays.toArray(manager, generator.second()),
            generator.steps());
  }

  private GeneratorState generator() {
    return new GeneratorState(
        NdArrays.toTensor(phi.parameter()),
        NdArrays.toTensor(phi.first()),
        NdArrays.toTensor(phi.second()),
        phi.steps());
  }

  @Override
  public int steps() {
    return settings.trainsGenerator() ? settings.generatorSteps() : 0;
  }

  private TaskSeeds prepared() {
    if (prepared == null) {
      prepared = TaskSeeds.prepare(this, task);
    }
    return prepared;
  }

  @Override
  public void step(int i) {
    TaskSeeds seeds = prepared();
    scoped(() -> train(seeds, i));
  }

  private void train(TaskSeeds constants, int i) {
    boolean[] held =
        HoldOut.choose(task.labels(), task.classCount(), 1, input.random("hold-out", i));
    NDArray leaf = phi.parameter().duplicate();
    boolean recording = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    NDArray gradient;
    try {
      leaf.setRequiresGradient(true);
      SeedGenerator generator = SeedGenerator.of(leaf, settings.trust());
      Anchors anchors = constants.source().anchors(generator.beta(), held);
      SeedGenerator.Seeds seeds = generator.seeds(anchors, constants.prior());
      SeedLoss.Terms loss = constants.loss().of(seeds, held, purpose -> input.random(purpose, i));
      NDArray total = loss.total();
      JniUtils.backward((PtNDArray) total, (PtNDArray) total.onesLike(), false, false);
      gradient = leaf.getGradient();
      terms =
          new double[] {
            Expressions.value(loss.match()),
            Expressions.value(loss.meta()),
            Expressions.value(loss.consist()),
            Expressions.value(total)
          };
    } finally {
      JniUtils.setGradMode(recording);
    }
    Adam before = phi;
    phi = before.step(clipped(gradient), RATE).kept();
    before.close();
  }

  /** The gradient, at most 1 long. */
  private static NDArray clipped(NDArray gradient) {
    double length = Expressions.value(gradient.square().sum().sqrt());
    return length > MOST_GRADIENT ? gradient.mul(MOST_GRADIENT / length) : gradient;
  }

  @Override
  public TensorBundle snapshot() {
    SortedMap<String, Tensor> tensors = new TreeMap<>(generator().bundle().tensors());
    tensors.put("loss-terms", Tensor.of(terms, terms.length));
    return TensorBundle.of(tensors);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    phi.close();
    load(GeneratorState.of(snapshot));
    terms = snapshot.get("loss-terms").doubles();
  }

  @Override
  public PhaseResult result() {
    TaskSeeds constants = prepared();
    PhaseResult[] result = new PhaseResult[1];
    scoped(() -> result[0] = outcome(constants));
    return result[0];
  }

  private PhaseResult outcome(TaskSeeds constants) {
    NDArray parameter = phi.parameter();
    SeedGenerator generator = SeedGenerator.of(parameter, settings.trust());
    Anchors anchors = constants.source().anchors(generator.beta(), new boolean[task.count()]);
    SeedGenerator.Seeds seeds =
        settings.seeds() == AutoSeedSettings.SeedSource.KMEANS
            ? SeedGenerator.centroids(anchors)
            : generator.seeds(anchors, constants.prior());
    List<Pruning.Candidate> all = candidates(seeds, constants.source());
    int wanted = settings.seedsPerClass() * task.classCount();
    List<Pruning.Candidate> left = settings.pruning() ? Pruning.merged(all, wanted) : all;

    Statistics statistics = Statistics.of(state, d);
    int[] groups = constants.source().groupsAfter(places(left, all.size()));
    int count = Arrays.stream(groups).max().orElse(0) + 1;
    Scatter spread = statistics.withinSeeds().plus(task.scatter(groups), task.freedom(count));
    SeedBank before = bank();
    SeedBank bank = before.plus(bankOf(left), before.classCount());
    SortedMap<String, Double> metrics = metrics(seeds, left.size(), bank.count());
    return PhaseResult.of(
        state
            .without(AdaptLoop.RESULT)
            .with(SeedBank.NAME, bank.bundle())
            .with(Statistics.NAME, statistics.withWithinSeeds(spread).bundle())
            .with(GeneratorState.NAME, generator().bundle()),
        metrics);
  }

  private List<Pruning.Candidate> candidates(SeedGenerator.Seeds seeds, AnchorSource source) {
    NDArray inverse =
        Symmetric.of(state.get(AdaptLoop.RESULT).get("whitening-inverse")).array(manager);
    float[] v = seeds.z().matMul(inverse).toFloatArray();
    float[] pi = seeds.pi().toFloatArray();
    float[] sigma = seeds.sigma().toFloatArray();
    float[] q = source.utility();
    List<Pruning.Candidate> all = new ArrayList<>();
    for (int m = 0; m < pi.length; m++) {
      double[] row = new double[d];
      for (int x = 0; x < d; x++) {
        row[x] = v[m * d + x];
      }
      all.add(new Pruning.Candidate(source.classes()[m], row, pi[m], sigma[m], q[m], List.of(m)));
    }
    return all;
  }

  private static int[] places(List<Pruning.Candidate> left, int generated) {
    int[] places = new int[generated];
    for (int i = 0; i < left.size(); i++) {
      for (int member : left.get(i).members()) {
        places[member] = i;
      }
    }
    return places;
  }

  /** v, rounded to float16 before anything uses it. */
  private SeedBank bankOf(List<Pruning.Candidate> left) {
    int m = left.size();
    float[] v = new float[m * d];
    int[] classes = new int[m];
    float[] pi = new float[m];
    float[] sigma = new float[m];
    for (int i = 0; i < m; i++) {
      Pruning.Candidate seed = left.get(i);
      classes[i] = seed.place();
      pi[i] = (float) seed.pi();
      sigma[i] = (float) seed.sigma();
      for (int x = 0; x < d; x++) {
        v[i * d + x] = (float) seed.v()[x];
      }
    }
    NDArray exact = manager.create(v, new Shape(m, d));
    DataType stored = settings.storage() == ElementType.F16 ? DataType.FLOAT16 : DataType.FLOAT32;
    Tensor rounded = NdArrays.toTensor(exact.toType(stored, false));
    return new SeedBank(rounded, classes, pi, sigma);
  }

  private SortedMap<String, Double> metrics(SeedGenerator.Seeds seeds, int kept, int total) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("seeds", (double) kept);
    metrics.put("seeds-total", (double) total);
    metrics.put("kappa", Expressions.value(seeds.kappa().mean()));
    metrics.put("eta", Expressions.value(seeds.eta().abs().mean()));
    metrics.put("sigma", Expressions.value(seeds.sigma().mean()));
    metrics.put("beta", (double) phi.parameter().getFloat(GeneratorState.SIZE - 1));
    if (steps() > 0) {
      metrics.putAll(
          Map.of(
              "match-loss", terms[0],
              "meta-loss", terms[1],
              "consistency-loss", terms[2],
              "seed-loss", terms[3]));
    }
    return metrics;
  }
}

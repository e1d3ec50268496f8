package io.autoseed.learning.cgil;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.Torch;
import io.autoseed.learning.vae.Standardisation;
import io.autoseed.learning.vae.VaeShape;
import io.autoseed.learning.vae.VaeTraining;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * ADAPT of CGIL: one autoencoder after the other, a step an epoch over a class's examples in
 * batches of 64. Once training has stopped early, a class's other steps do nothing.
 */
final class VaeLoop implements PhaseLoop {
  private static final double LEARNING_RATE = 2e-4;
  private static final int BATCH = 64;

  private final CgilSettings settings;
  private final PhaseInput input;
  private final Device device;
  private final NDManager manager;
  private final VaeShape shape;
  private final WarmRestarts rates;
  private int current = -1;
  private Tensor rows;
  private Standardisation standard;
  private VaeTraining training;
  private EarlyStop stop;
  private int epochsDone;
  private double lastLosses;
  private Optional<Generators> finished = Optional.empty();

  VaeLoop(CgilSettings settings, PhaseInput input, Device device) {
    this.settings = settings;
    this.input = input;
    this.device = device;
    this.manager = Torch.newManager(device);
    this.shape = VaeShape.usual(input.classes().texts().size(1));
    this.rates = new WarmRestarts(LEARNING_RATE, settings.epochs());
  }

  @Override
  public int steps() {
    return Math.multiplyExact(input.classes().count(), settings.epochs());
  }

  @Override
  public void step(int i) {
    int c = i / settings.epochs();
    int epoch = i % settings.epochs();
    if (epoch == 0) {
      open(c);
    }
    if (!stop.stopped()) {
      double loss = epoch(epoch);
      stop = stop.with(loss);
      epochsDone++;
      lastLosses += stop.stopped() || epoch + 1 == settings.epochs() ? loss : 0;
    }
    if (epoch + 1 == settings.epochs()) {
      finished = Optional.of(Generators.with(finished, manager, training, standard));
    }
  }

  private void open(int c) {
    TrainingSet set = input.trainingSet().orElseThrow();
    int number = input.classes().numbers()[c];
    int[] places = IntStream.range(0, set.count()).filter(i -> set.labels()[i] == number).toArray();
    if (places.length == 0) {
      throw new IllegalArgumentException(
          "class " + number + " has no training example: its generator needs one");
    }
    if (training != null) {
      training.close();
    }
    current = c;
    stop = settings.vaeStop();
    rows = Rows.select(set.images(), places);
    standard = Standardisation.of(manager, rows);
    float[] start = shape.layout().initial(input.random("vae", number));
    int batches = batches();
    training =
        new VaeTraining(
            device, shape, start, rows, standard, step -> rates.rate(step / Math.max(batches, 1)));
  }

  /** Batches an epoch; a last one of a single example is left out. */
  private int batches() {
    int count = rows.size(0);
    return count / BATCH + (count % BATCH > 1 ? 1 : 0);
  }

  /** The mean loss of the epoch's batches; 0 if there are none. */
  private double epoch(int epoch) {
    int batches = batches();
    CounterRandom random = input.random("vae-epoch-" + epoch, input.classes().numbers()[current]);
    int[] order = random.permutation(rows.size(0));
    double sum = 0;
    for (int b = 0; b < batches; b++) {
      long[] batch =
          IntStream.range(b * BATCH, Math.min((b + 1) * BATCH, order.length))
              .mapToLong(i -> order[i])
              .toArray();
      float[] noise = random.gaussians(batch.length * shape.latent());
      sum += training.step(epoch * batches + b, batch, noise);
    }
    return sum / Math.max(batches, 1);
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("progress", Tensor.of(new double[] {current, epochsDone, lastLosses}, 3));
    if (training != null) {
      tensors.putAll(training.snapshot().tensors());
      tensors.put("stop", stop.tensor());
    }
    finished.ifPresent(some -> tensors.putAll(some.rows().tensors()));
    return TensorBundle.of(tensors);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    double[] progress = snapshot.get("progress").doubles();
    epochsDone = (int) progress[1];
    lastLosses = progress[2];
    if (progress[0] >= 0) {
      open((int) progress[0]);
      training.restore(snapshot);
      stop = stop.restored(snapshot.get("stop"));
    }
    finished = Generators.in(snapshot);
  }

  @Override
  public PhaseResult result() {
    Generators all =
        finished.orElseThrow(() -> new IllegalStateException("ADAPT has not done its steps"));
    double classes = input.classes().count();
    return PhaseResult.of(
        input.state().with(Generators.name(input.task()), all.rows()),
        Map.of("generator-epochs", epochsDone / classes, "generator-loss", lastLosses / classes));
  }

  @Override
  public void close() {
    if (training != null) {
      training.close();
    }
    manager.close();
  }
}

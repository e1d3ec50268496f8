package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.encoder.MeanText;
import io.autoseed.learning.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built-in model, opened once and only when something is encoded or aligned. */
final class BuiltinTrunk implements Trunk, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BuiltinTrunk.class);

  private final Path cache;
  private final Device device;
  private BuiltinModel model;

  BuiltinTrunk(Path cache, Device device) {
    this.cache = cache;
    this.device = device;
  }

  private synchronized BuiltinModel model() {
    if (model == null) {
      model = BuiltinModel.open(cache, device, LOG::info);
    }
    return model;
  }

  @Override
  public String encoderDigest() {
    return model().encoderDigest();
  }

  @Override
  public JointSpace jointSpace() {
    return model().jointSpace();
  }

  @Override
  public Tensor images(List<byte[]> files, IntFunction<String> names) {
    return model().encodeImages(files, names);
  }

  @Override
  public Tensor texts(List<String> texts) {
    return MeanText.of(model().encodeTexts(texts));
  }

  @Override
  public synchronized void close() {
    if (model != null) {
      model.close();
    }
  }
}

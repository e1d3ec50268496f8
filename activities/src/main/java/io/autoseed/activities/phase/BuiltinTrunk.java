package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/** The built-in model, opened once and only when something is really encoded or aligned. */
final class BuiltinTrunk implements Trunk {
  private final Path cache;
  private final Device device;

  BuiltinTrunk(Path cache, Device device) {
    this.cache = cache;
    this.device = device;
  }

  @Override
  public String encoderDigest() {
    throw missing();
  }

  @Override
  public JointSpace jointSpace() {
    throw missing();
  }

  @Override
  public Tensor images(List<byte[]> files) {
    throw missing();
  }

  @Override
  public Tensor texts(List<String> texts) {
    throw missing();
  }

  private RuntimeException missing() {
    return io.autoseed.workflows.Failures.badInput(
        "the built-in model is not part of this build yet (device "
            + device
            + ", cache "
            + cache
            + "): use precomputed features whose images and texts have one width",
        null);
  }
}

package io.autoseed.learning.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Device names as users write them: {@code cpu} or {@code cuda:N}. */
public final class Devices {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  private Devices() {}

  /**
   * The device of that name; {@code cuda} alone means {@code cuda:0}. Whether it exists on this
   * machine is checked by {@link Torch#start}.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Device parse(String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher cuda = CUDA.matcher(name);
    if (!cuda.matches()) {
      throw new IllegalArgumentException(
          "unknown device '" + name + "': write cpu or cuda:N, for instance cuda:0");
    }
    return Device.gpu(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
  }

  /**
   * Says what is wrong with a device without starting the engine.
   *
   * @throws IllegalArgumentException if there is no such device on this machine
   */
  public static void require(String name) {
    Device device = parse(name);
    int gpus = device.isGpu() ? CudaUtils.getGpuCount() : 0;
    if (device.isGpu() && device.getDeviceId() >= gpus) {
      throw new IllegalArgumentException(
          name(device)
              + " is not there: the CUDA driver shows "
              + gpus
              + " devices; see nvidia-smi, or use cpu");
    }
  }

  /** The name that {@link #parse} reads: {@code cpu} or {@code cuda:N}. */
  public static String name(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}

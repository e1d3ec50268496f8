package io.autoseed.learning.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Start-up of the PyTorch engine, the same for every JVM that computes: one thread, no network, no
 * usage tracking, gradient recording off in the calling thread. The native library is loaded at the
 * first {@link #start}, not before.
 */
public final class Torch {
  private static final String ENGINE = "PyTorch";
  private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(() -> false);
  private static boolean started;

  private Torch() {}

  /**
   * Loads the engine if that has not happened and checks that {@code device} can be used. Cheap
   * when repeated.
   *
   * @throws IllegalStateException if the native library has no support for the device, or fewer
   *     devices than asked for
   */
  public static Engine start(Device device) {
    Engine engine = startEngine();
    prepareThread();
    if (device.isGpu() && device.getDeviceId() >= engine.getGpuCount()) {
      throw new IllegalStateException(
          "device "
              + Devices.name(device)
              + " is not there: the native library sees "
              + engine.getGpuCount()
              + " CUDA device(s). Use --device cpu, or point PYTORCH_LIBRARY_PATH to the lib folder"
              + " of a CUDA build of torch "
              + engine.getVersion()
              + " and set PYTORCH_VERSION and PYTORCH_FLAVOR to match");
    }
    return engine;
  }

  /** A new manager of arrays on {@code device}; the caller closes it. Starts the engine. */
  public static NDManager newManager(Device device) {
    return start(device).newBaseManager(device);
  }

  /**
   * Settings that torch keeps per thread. The graph optimizer is off: it recompiles a method after
   * its first calls, so the tenth call could give other bits than the first.
   */
  static void prepareThread() {
    if (!READY.get()) {
      JniUtils.setGradMode(false);
      JniUtils.setGraphExecutorOptimize(false);
      READY.set(true);
    }
  }

  private static synchronized Engine startEngine() {
    if (!started) {
      setUnlessPresent("ai.djl.offline", "true");
      setUnlessPresent("OPT_OUT_TRACKING", "true");
      setUnlessPresent("ai.djl.pytorch.num_threads", "1");
      setUnlessPresent("ai.djl.pytorch.num_interop_threads", "1");
      setUnlessPresent("ai.djl.pytorch.graph_optimizer", "false");
      setUnlessPresent("DJL_CACHE_DIR", CacheFolder.path().resolve("djl").toString());
    }
    Engine engine = Engine.getEngine(ENGINE);
    if (!started) {
      JniUtils.setNumThreads(1);
      started = true;
    }
    return engine;
  }

  private static void setUnlessPresent(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}

package io.autoseed.learning.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the bits of a computation besides its inputs. Two processes of equal profile give
 * equal bits; the digest is part of every phase key.
 *
 * @param name {@code avx2} if the process's environment fixes the instruction set (see {@link
 *     #ENVIRONMENT}), {@code cuda} on a GPU, else {@code native}
 * @param torch version of the native library
 * @param threads torch's threads within one operation
 * @param processor {@value #INTEL} for all of Intel's under {@code avx2}; else the processor's or
 *     GPU's model, by which libraries pick kernels. MKL promises equal bits of one instruction set
 *     among Intel's alone, on others it takes {@code MKL_CBWR=AVX2} for {@code AUTO} (oneMKL
 *     Developer Guide, "Obtaining Numerically Reproducible Results")
 */
public record NumericProfile(String name, String torch, int threads, String processor) {
  /** Equal bits on every processor of Intel with AVX2, and on every machine of one other model. */
  public static final String AVX2 = "avx2";

  /** Every instruction that the processor has. */
  public static final String NATIVE = "native";

  /** A GPU. */
  public static final String CUDA = "cuda";

  /** The environment of the {@code avx2} profile; a launcher sets it before the JVM starts. */
  public static final Map<String, String> ENVIRONMENT =
      Map.of("ATEN_CPU_CAPABILITY", "avx2", "DNNL_MAX_CPU_ISA", "AVX2", "MKL_CBWR", "AVX2,STRICT");

  static final String INTEL = "GenuineIntel";

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** The name of the profile in which a device computes, {@code onCpu} if it is the CPU. */
  public static String of(String device, String onCpu) {
    return Devices.parse(device).isGpu() ? CUDA : onCpu;
  }

  /** The profile of this process on the CPU. Starts the engine. */
  public static NumericProfile current() {
    return current(Device.cpu());
  }

  /** The profile of this process when it computes on {@code device}. Starts the engine. */
  public static NumericProfile current(Device device) {
    Engine engine = Torch.start(device);
    String name = device.isGpu() ? CUDA : cpuProfile(System.getenv());
    return new NumericProfile(
        name, engine.getVersion(), JniUtils.getNumThreads(), processor(device, name));
  }

  /**
   * This profile, if it computes with one thread, the only count whose bits are promised.
   *
   * @throws IllegalStateException otherwise
   */
  public NumericProfile requireSingleThread() {
    if (threads != 1) {
      throw new IllegalStateException(
          "torch computes with "
              + threads
              + " threads, expected 1: call Torch.start before any other use of the engine and do"
              + " not set ai.djl.pytorch.num_threads");
    }
    return this;
  }

  /** SHA-256 of all fields, in hexadecimal. */
  public String digest() {
    String text = String.join("\n", name, torch, Integer.toString(threads), processor);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String cpuProfile(Map<String, String> environment) {
    return environment.entrySet().containsAll(ENVIRONMENT.entrySet()) ? AVX2 : NATIVE;
  }

  private static String processor(Device device, String name) {
    if (device.isGpu()) {
      return "compute capability " + CudaUtils.getComputeCapability(device.getDeviceId());
    }
    try {
      return processor(Files.readAllLines(PROCESSORS, StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      return System.getProperty("os.arch"); // Outside Linux it is the best name there is.
    }
  }

  /**
   * @param description lines of {@code /proc/cpuinfo}
   * @param name of the profile
   */
  static String processor(List<String> description, String name) {
    boolean intel = field(description, "vendor_id").filter(INTEL::equals).isPresent();
    return name.equals(AVX2) && intel
        ? INTEL
        : field(description, "model name").orElse(System.getProperty("os.arch"));
  }

  private static Optional<String> field(List<String> description, String name) {
    return description.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip());
  }
}

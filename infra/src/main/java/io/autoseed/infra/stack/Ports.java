package io.autoseed.infra.stack;

import io.autoseed.infra.doctor.Loopback;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where every listener of a stack is: one base plus a fixed offset each, all on 127.0.0.1.
 *
 * <p>Temporal's development server opens three more for its own parts, on ports the system chooses;
 * it has no option to place them.
 *
 * @param base the first of {@link #SPAN} consecutive ports
 */
public record Ports(int base) {
  /** How many ports from the base on belong to the stack. */
  public static final int SPAN = 20;

  public static final int DEFAULT_BASE = 17300;

  static final String LOOPBACK = "127.0.0.1";

  public Ports {
    if (base < 1024 || base + SPAN > 65536) {
      throw new StackException(
          "AUTOSEED_PORT_BASE must be from 1024 to " + (65536 - SPAN) + ", found " + base);
    }
  }

  public int postgres() {
    return base;
  }

  public int s3() {
    return base + 1;
  }

  /** Temporal's gRPC port. */
  public int temporal() {
    return base + 2;
  }

  public int temporalHttp() {
    return base + 3;
  }

  public int temporalUi() {
    return base + 4;
  }

  public int temporalMetrics() {
    return base + 5;
  }

  public int mlflow() {
    return base + 6;
  }

  public int console() {
    return base + 7;
  }

  public int workerMetrics() {
    return base + 8;
  }

  public int minioConsole() {
    return base + 9;
  }

  public int seaweedMaster() {
    return base + 10;
  }

  public int seaweedMasterGrpc() {
    return base + 11;
  }

  public int seaweedVolume() {
    return base + 12;
  }

  public int seaweedVolumeGrpc() {
    return base + 13;
  }

  public int seaweedFiler() {
    return base + 14;
  }

  public int seaweedFilerGrpc() {
    return base + 15;
  }

  public int seaweedS3Grpc() {
    return base + 16;
  }

  /**
   * Free ports, away from those that the system gives to outgoing connections.
   *
   * @throws StackException if no free block was found
   */
  public static Ports free() {
    for (int attempt = 0; attempt < 200; attempt++) {
      int base = 10_240 + SPAN * ThreadLocalRandom.current().nextInt((32_000 - 10_240) / SPAN);
      Ports ports = new Ports(base);
      boolean free = true;
      for (int port = base; free && port < base + SPAN; port++) {
        free = Loopback.isFree(port);
      }
      if (free) {
        return ports;
      }
    }
    throw new StackException("no block of " + SPAN + " free ports was found from 10240 to 32000");
  }
}

package io.autoseed.worker.cli;

import io.autoseed.infra.stack.ExternalServices;
import io.autoseed.infra.stack.ObjectStoreKind;
import io.autoseed.infra.stack.ProgramSource;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.torch.Devices;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that choose what a stack is made of. */
final class StackChoiceOptions {
  private static final String HTTP_URL = "https?://.+";

  @Option(
      names = "--object-store",
      paramLabel = "seaweedfs|minio|URL",
      description = "The S3 server; a URL means one that runs elsewhere.")
  private String objectStore;

  @Option(
      names = "--postgres",
      paramLabel = "pinned|path|URL",
      description =
          "PostgreSQL 14 or newer: the pinned binaries, those on the PATH, or a jdbc: URL.")
  private String postgres;

  @Option(
      names = "--temporal",
      paramLabel = "pinned|path|HOST:PORT",
      description = "Temporal: the pinned program, the one on the PATH, or a server elsewhere.")
  private String temporal;

  @Option(names = "--mlflow", paramLabel = "URL", description = "A tracking server elsewhere.")
  private String mlflow;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Worker processes, 0 to 4 (at first 1).")
  private Integer workers;

  @Option(
      names = "--devices",
      paramLabel = "DEVICE",
      split = ",",
      description = "One worker a device, up to 4: cpu, cuda:0, cuda:1 (at first cpu).")
  private List<String> devices;

  @Option(
      names = "--profile",
      paramLabel = "avx2|native",
      description = "Numeric profile of the workers on the CPU (at first avx2).")
  private String profile;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** The stack in {@code base}'s folder, with what was given here. */
  StackOptions stack(StackOptions base) {
    StackOptions options = base;
    ExternalServices none = ExternalServices.none();
    String jdbcUrl = none.jdbcUrl();
    String s3Endpoint = none.s3Endpoint();
    String temporalTarget = none.temporalTarget();
    if (objectStore != null) {
      ObjectStoreKind kind = objectStoreKind();
      options = options.withObjectStore(kind);
      s3Endpoint = kind == ObjectStoreKind.EXTERNAL ? objectStore : s3Endpoint;
    }
    if (postgres != null) {
      ProgramSource source =
          source(postgres, postgres.startsWith("jdbc:postgresql:"), "--postgres");
      options = options.withPostgres(source);
      jdbcUrl = source == ProgramSource.EXTERNAL ? postgres : jdbcUrl;
    }
    if (temporal != null) {
      ProgramSource source = source(temporal, temporal.matches("[^:/]+:\\d+"), "--temporal");
      options = options.withTemporal(source);
      temporalTarget = source == ProgramSource.EXTERNAL ? temporal : temporalTarget;
    }
    return options.withExternal(
        new ExternalServices(jdbcUrl, s3Endpoint, temporalTarget, mlflowUrl()));
  }

  private String mlflowUrl() {
    if (mlflow != null && !mlflow.matches(HTTP_URL)) {
      throw new ParameterException(spec.commandLine(), "--mlflow: expected a URL, found " + mlflow);
    }
    return mlflow == null ? ExternalServices.none().mlflowUrl() : mlflow;
  }

  /** The program's own processes: as before, but for what was given here. */
  StackProcesses processes(StackProcesses before) {
    if (workers != null && (workers < 0 || workers > StackProcesses.MOST_WORKERS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--workers: expected 0 to " + StackProcesses.MOST_WORKERS + ", found " + workers);
    }
    if (workers != null && devices != null) {
      throw new ParameterException(
          spec.commandLine(), "--devices names one worker each: leave out --workers");
    }
    String chosen = ProfileOption.chosen(profile, before.profile(), ProfileOption.ON_CPU, spec);
    if (devices != null) {
      return new StackProcesses(devices.size(), chosen, devices());
    }
    return workers != null
        ? StackProcesses.onCpu(workers, chosen)
        : new StackProcesses(before.workers(), chosen, before.devices());
  }

  private List<String> devices() {
    if (devices.size() > StackProcesses.MOST_WORKERS) {
      throw new ParameterException(
          spec.commandLine(),
          "--devices: expected 1 to "
              + StackProcesses.MOST_WORKERS
              + ", found "
              + String.join(",", devices));
    }
    try {
      devices.forEach(Devices::require);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--devices: " + e.getMessage(), e);
    }
    return devices;
  }

  private ObjectStoreKind objectStoreKind() {
    return switch (objectStore.toLowerCase(Locale.ROOT)) {
      case "seaweedfs" -> ObjectStoreKind.SEAWEEDFS;
      case "minio" -> ObjectStoreKind.MINIO;
      default -> {
        if (!objectStore.matches(HTTP_URL)) {
          throw new ParameterException(
              spec.commandLine(),
              "--object-store: expected seaweedfs, minio or a URL, found " + objectStore);
        }
        yield ObjectStoreKind.EXTERNAL;
      }
    };
  }

  private ProgramSource source(String value, boolean elsewhere, String option) {
    if (elsewhere) {
      return ProgramSource.EXTERNAL;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "pinned" -> ProgramSource.PINNED;
      case "path" -> ProgramSource.PATH;
      default ->
          throw new ParameterException(
              spec.commandLine(), option + ": expected pinned, path or an address, found " + value);
    };
  }
}

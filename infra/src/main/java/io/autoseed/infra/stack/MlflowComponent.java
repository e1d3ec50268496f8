package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * MLflow's tracking server: runs in the stack's PostgreSQL, artifacts in its S3 store.
 *
 * @param databaseUrl as SQLAlchemy wants it, password included
 * @param store whose MLflow key the server uses
 */
record MlflowComponent(
    StackHome home, Ports ports, Path program, String version, String databaseUrl, S3Client store)
    implements Component {
  static final String NAME = "mlflow";

  private Path folder() {
    return home.folder(NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String address() {
    return "http://" + Ports.LOOPBACK + ":" + ports.mlflow();
  }

  @Override
  public Optional<ComponentSpec> spec() {
    List<String> command =
        List.of(
            program.toString(),
            "server",
            "--host",
            Ports.LOOPBACK,
            "--port",
            Integer.toString(ports.mlflow()),
            "--workers",
            "1",
            "--serve-artifacts",
            "--artifacts-destination",
            "s3://" + S3Store.MLFLOW_BUCKET);
    // Other users can read a command line, but not an environment: the secrets go there.
    Map<String, String> environment = new TreeMap<>();
    environment.put("MLFLOW_BACKEND_STORE_URI", databaseUrl);
    environment.put("MLFLOW_S3_ENDPOINT_URL", store.endpoint());
    environment.put("AWS_ACCESS_KEY_ID", store.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", store.secretKey());
    environment.put("AWS_DEFAULT_REGION", store.region());
    environment.put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");
    environment.put("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_required");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
    environment.put("DO_NOT_TRACK", "true");
    // Its job runner is eight more processes of 230 MB that nobody here gives work to.
    environment.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    environment.put("PYTHONUNBUFFERED", "1");
    environment.put("OMP_NUM_THREADS", "1");
    environment.put("NO_PROXY", "127.0.0.1,localhost");
    return Optional.of(
        ComponentSpec.of(
            NAME, command, environment, folder(), home.log(NAME), Duration.ofSeconds(3)));
  }

  @Override
  public void prepare() {
    StackHome.privateFolder(folder());
  }

  @Override
  public List<Integer> listensOn() {
    return List.of(ports.mlflow());
  }

  @Override
  public void setUp() {
    // The server migrates its own database.
  }

  @Override
  public Optional<String> trouble() {
    return HttpProbe.trouble(address() + "/health", "OK");
  }

  @Override
  public Optional<String> unguarded() {
    return Optional.of("MLflow");
  }

  @Override
  public String toString() {
    return "MlflowComponent[" + address() + "]";
  }
}

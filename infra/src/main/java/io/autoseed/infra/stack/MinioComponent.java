package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MinIO on one folder. */
record MinioComponent(
    StackHome home, Ports ports, Credentials credentials, Path program, String version)
    implements Component {

  private Path folder() {
    return home.folder("minio");
  }

  private S3Store store() {
    return S3Store.at(address(), credentials);
  }

  @Override
  public String name() {
    return SeaweedComponent.NAME;
  }

  @Override
  public String address() {
    return "http://" + Ports.LOOPBACK + ":" + ports.s3();
  }

  @Override
  public Optional<ComponentSpec> spec() {
    List<String> command =
        List.of(
            program.toString(),
            "server",
            "--quiet",
            "--address",
            Ports.LOOPBACK + ":" + ports.s3(),
            "--console-address",
            Ports.LOOPBACK + ":" + ports.minioConsole(),
            folder().resolve("data").toString());
    Map<String, String> environment =
        Map.of(
            "MINIO_ROOT_USER",
            credentials.get(Credentials.S3_ROOT_KEY),
            "MINIO_ROOT_PASSWORD",
            credentials.get(Credentials.S3_ROOT_SECRET),
            "MINIO_REGION",
            S3Store.REGION,
            "MINIO_BROWSER",
            "off",
            "MINIO_UPDATE",
            "off",
            "MINIO_CONFIG_DIR",
            folder().resolve("config").toString());
    return Optional.of(
        ComponentSpec.of(
            name(), command, environment, folder(), home.log(name()), Duration.ofSeconds(5)));
  }

  @Override
  public List<Integer> listensOn() {
    return List.of(ports.s3(), ports.minioConsole());
  }

  @Override
  public void prepare() {
    StackHome.privateFolder(folder());
  }

  @Override
  public boolean answers() {
    return store().answers();
  }

  @Override
  public void setUp() {
    S3Store store = store();
    store.createBuckets();
    MinioAdmin admin = new MinioAdmin(store.root());
    S3Client application = store.application();
    admin.user("application", application.accessKey(), application.secretKey(), S3Store.BUCKET);
    S3Client mlflow = store.mlflow();
    admin.user("mlflow", mlflow.accessKey(), mlflow.secretKey(), S3Store.MLFLOW_BUCKET);
  }

  @Override
  public Optional<String> trouble() {
    return store().trouble();
  }

  @Override
  public String toString() {
    return "MinioComponent[" + address() + "]";
  }
}

package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SeaweedFS: master, volume server, filer and S3 gateway in one process, all on loopback. */
record SeaweedComponent(
    StackHome home, Ports ports, Credentials credentials, Path program, String version)
    implements Component {
  static final String NAME = "object-store";

  /**
   * Of some 300 MB that it keeps, most are buffers that cost a collection nothing; at Go's default
   * of 100 per cent its memory grows to more than twice that before it collects.
   */
  private static final Map<String, String> COLLECT_SOON = Map.of("GOGC", "25");

  private static final List<String> INNER_DOORS =
      List.of("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read");

  private Path folder() {
    return home.folder("seaweedfs");
  }

  private Path identities() {
    return folder().resolve("s3.json");
  }

  private S3Store store() {
    return S3Store.at(address(), credentials);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String address() {
    return "http://" + Ports.LOOPBACK + ":" + ports.s3();
  }

  @Override
  public Optional<ComponentSpec> spec() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program.toString(), "-logtostderr=true", "server"));
    command.addAll(
        List.of("-dir=" + folder(), "-ip=" + Ports.LOOPBACK, "-ip.bind=" + Ports.LOOPBACK));
    command.addAll(
        List.of(
            "-master.port=" + ports.seaweedMaster(),
            "-master.port.grpc=" + ports.seaweedMasterGrpc(),
            "-volume.port=" + ports.seaweedVolume(),
            "-volume.port.grpc=" + ports.seaweedVolumeGrpc(),
            "-filer",
            "-filer.port=" + ports.seaweedFiler(),
            "-filer.port.grpc=" + ports.seaweedFilerGrpc(),
            "-s3",
            "-s3.port=" + ports.s3(),
            "-s3.port.grpc=" + ports.seaweedS3Grpc(),
            "-s3.port.iceberg=0",
            "-s3.port.lance=0"));
    command.addAll(
        List.of(
            "-s3.config=" + identities(),
            "-s3.iam=false",
            "-s3.autoCreateBucket=false",
            "-volume.max=0",
            "-master.volumeSizeLimitMB=256",
            "-volume.preStopSeconds=0",
            // A restart finds its leader within a second instead of ten.
            "-master.electionTimeout=1s",
            "-master.heartbeatInterval=100ms",
            "-master.telemetry=false"));
    return Optional.of(
        ComponentSpec.of(
            NAME, command, COLLECT_SOON, folder(), home.log(NAME), Duration.ofSeconds(3)));
  }

  @Override
  public void prepare() {
    StackHome.privateFolder(folder());
    String json =
        """
        {"identities": [
          %s,
          %s,
          %s
        ]}
        """
            .formatted(
                identity(
                    "root", store().root(), "\"Admin\",\"Read\",\"Write\",\"List\",\"Tagging\""),
                identity("application", store().application(), on(S3Store.BUCKET)),
                identity("mlflow", store().mlflow(), on(S3Store.MLFLOW_BUCKET)));
    StackHome.writePrivate(identities(), json.getBytes(StandardCharsets.UTF_8));
    StackHome.writePrivate(
        folder().resolve("security.toml"), security().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Closes the filer's own HTTP port to all but the S3 gateway, and the volume server's to all who
   * do not ask the master first: it signs for everyone.
   */
  private String security() {
    StringBuilder toml = new StringBuilder();
    for (String section : INNER_DOORS) {
      byte[] seed = (store().root().secretKey() + section).getBytes(StandardCharsets.UTF_8);
      String key = HexFormat.of().formatHex(S3Client.sha256(seed));
      toml.append("[%s]\nkey = \"%s\"\n".formatted(section, key));
    }
    return toml.toString();
  }

  private static String identity(String name, S3Client client, String actions) {
    return """
        {"name": "%s", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], "actions": [%s]}"""
        .formatted(name, client.accessKey(), client.secretKey(), actions);
  }

  private static String on(String bucket) {
    return "\"Read:%1$s\",\"Write:%1$s\",\"List:%1$s\",\"Tagging:%1$s\",\"Admin:%1$s\""
        .formatted(bucket);
  }

  @Override
  public List<Integer> listensOn() {
    return List.of(
        ports.s3(),
        ports.seaweedMaster(),
        ports.seaweedMasterGrpc(),
        ports.seaweedVolume(),
        ports.seaweedVolumeGrpc(),
        ports.seaweedFiler(),
        ports.seaweedFilerGrpc(),
        ports.seaweedS3Grpc());
  }

  @Override
  public boolean answers() {
    return store().answers();
  }

  @Override
  public void setUp() {
    store().createBuckets();
  }

  @Override
  public Optional<String> trouble() {
    return store().trouble();
  }

  @Override
  public Optional<String> unguarded() {
    return Optional.of("SeaweedFS's inner ports");
  }

  @Override
  public String toString() {
    return "SeaweedComponent[" + address() + "]";
  }
}

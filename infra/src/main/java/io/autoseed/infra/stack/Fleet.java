package io.autoseed.infra.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/**
 * The components that a stack's choices amount to.
 *
 * @param addresses where they are
 */
record Fleet(
    Component postgres,
    Component objectStore,
    Component temporal,
    Component mlflow,
    StackAddresses addresses) {

  static Fleet of(StackHome home, StackChoices choices, Credentials secrets, Programs programs) {
    Build build = new Build(home, choices, secrets, programs);
    Component postgres = build.postgres();
    Component store = build.objectStore();
    Component temporal = build.temporal();
    Component mlflow = build.mlflow(store.address());
    StackAddresses addresses =
        build.addresses(store.address(), temporal.address(), mlflow.address());
    return new Fleet(postgres, store, temporal, mlflow, addresses);
  }

  List<Component> all() {
    return List.of(postgres, objectStore, temporal, mlflow);
  }

  /** What all components are made of. */
  private record Build(
      StackHome home, StackChoices choices, Credentials secrets, Programs programs) {

    Ports ports() {
      return choices.ports();
    }

    String version(String component) {
      return choices.versions().getOrDefault(component, "");
    }

    private PostgresComponent ownPostgres() {
      return new PostgresComponent(
          home, ports(), secrets, programs.postgresBin(), version(PostgresComponent.NAME));
    }

    String jdbcUrl() {
      return choices.postgres() == ProgramSource.EXTERNAL
          ? choices.external().jdbcUrl()
          : ownPostgres().jdbcUrl(Roles.DATABASE);
    }

    Component postgres() {
      if (choices.postgres() != ProgramSource.EXTERNAL) {
        return ownPostgres();
      }
      String password = secrets.get(Credentials.POSTGRES_OWNER);
      return new ExternalComponent(
          PostgresComponent.NAME,
          jdbcUrl(),
          () -> Database.trouble(jdbcUrl(), Roles.OWNER, password));
    }

    Component objectStore() {
      String version = version(SeaweedComponent.NAME);
      return switch (choices.objectStore()) {
        case SEAWEEDFS ->
            new SeaweedComponent(home, ports(), secrets, programs.objectStore(), version);
        case MINIO -> new MinioComponent(home, ports(), secrets, programs.objectStore(), version);
        case EXTERNAL -> {
          String endpoint = choices.external().s3Endpoint();
          yield new ExternalComponent(
              SeaweedComponent.NAME, endpoint, () -> S3Store.at(endpoint, secrets).trouble());
        }
      };
    }

    Component temporal() {
      if (choices.temporal() != ProgramSource.EXTERNAL) {
        return ownTemporal();
      }
      String target = choices.external().temporalTarget();
      return new ExternalComponent(TemporalComponent.NAME, target, () -> unreachable(target));
    }

    private TemporalComponent ownTemporal() {
      return new TemporalComponent(
          home, ports(), programs.temporal(), version(TemporalComponent.NAME));
    }

    Component mlflow(String s3Endpoint) {
      String external = choices.external().mlflowUrl();
      if (!external.isEmpty()) {
        return new ExternalComponent(
            MlflowComponent.NAME, external, () -> HttpProbe.trouble(external + "/health", "OK"));
      }
      String database =
          "postgresql+psycopg2://%s:%s@%s/%s"
              .formatted(
                  Roles.MLFLOW,
                  secrets.get(Credentials.POSTGRES_MLFLOW),
                  ownPostgres().address(),
                  Roles.MLFLOW_DATABASE);
      return new MlflowComponent(
          home,
          ports(),
          programs.mlflow(),
          version(MlflowComponent.NAME),
          database,
          S3Store.at(s3Endpoint, secrets).mlflow());
    }

    StackAddresses addresses(String s3Endpoint, String temporalTarget, String mlflowUrl) {
      boolean ownTemporal = choices.temporal() != ProgramSource.EXTERNAL;
      return new StackAddresses(
          home.root(),
          jdbcUrl(),
          Roles.OWNER,
          secrets.get(Credentials.POSTGRES_OWNER),
          Roles.APPLICATION,
          secrets.get(Credentials.POSTGRES_APPLICATION),
          s3Endpoint,
          S3Store.REGION,
          S3Store.BUCKET,
          secrets.get(Credentials.S3_APPLICATION_KEY),
          secrets.get(Credentials.S3_APPLICATION_SECRET),
          S3Store.MLFLOW_BUCKET,
          secrets.get(Credentials.S3_MLFLOW_KEY),
          secrets.get(Credentials.S3_MLFLOW_SECRET),
          temporalTarget,
          ownTemporal ? ownTemporal().http() : "",
          ownTemporal ? "http://" + Ports.LOOPBACK + ":" + ports().temporalUi() : "",
          TemporalComponent.NAMESPACE,
          mlflowUrl,
          "http://" + Ports.LOOPBACK + ":" + ports().console(),
          ports().console(),
          ports().workerMetrics());
    }
  }

  /** A connection says little, but gRPC would cost every status a second and a half. */
  private static Optional<String> unreachable(String target) {
    int colon = target.lastIndexOf(':');
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              target.substring(0, colon), Integer.parseInt(target.substring(colon + 1))),
          HttpProbe.TIMEOUT_MILLIS);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of("no connection to " + target + " (" + e.getMessage() + ")");
    }
  }
}

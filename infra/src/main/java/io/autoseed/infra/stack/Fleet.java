package io.autoseed.infra.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The components that a stack's choices amount to. */
record Fleet(
    PostgresComponent postgres,
    Component objectStore,
    TemporalComponent temporal,
    MlflowComponent mlflow) {

  static Fleet of(StackHome home, StackChoices choices, Credentials secrets, Programs programs) {
    Ports ports = choices.ports();
    Map<String, String> versions = choices.versions();
    PostgresComponent postgres =
        new PostgresComponent(
            home,
            ports,
            secrets,
            programs.postgresBin(),
            versions.getOrDefault(PostgresComponent.NAME, ""));
    SeaweedComponent store =
        new SeaweedComponent(
            home,
            ports,
            secrets,
            programs.weed(),
            versions.getOrDefault(SeaweedComponent.NAME, ""));
    TemporalComponent temporal =
        new TemporalComponent(
            home, ports, programs.temporal(), versions.getOrDefault(TemporalComponent.NAME, ""));
    MlflowComponent mlflow =
        new MlflowComponent(
            home,
            ports,
            programs.mlflow(),
            versions.getOrDefault(MlflowComponent.NAME, ""),
            "postgresql+psycopg2://%s:%s@%s/%s"
                .formatted(
                    Roles.MLFLOW,
                    secrets.get(Credentials.POSTGRES_MLFLOW),
                    postgres.address(),
                    Roles.MLFLOW_DATABASE),
            S3Store.at(store.address(), secrets).mlflow());
    return new Fleet(postgres, store, temporal, mlflow);
  }

  List<Component> all() {
    return new ArrayList<>(List.of(postgres, objectStore, temporal, mlflow));
  }

  StackAddresses addresses(StackHome home, StackChoices choices, Credentials secrets) {
    Ports ports = choices.ports();
    return new StackAddresses(
        home.root(),
        postgres.jdbcUrl(Roles.DATABASE),
        Roles.OWNER,
        secrets.get(Credentials.POSTGRES_OWNER),
        Roles.APPLICATION,
        secrets.get(Credentials.POSTGRES_APPLICATION),
        objectStore.address(),
        S3Store.REGION,
        S3Store.BUCKET,
        secrets.get(Credentials.S3_APPLICATION_KEY),
        secrets.get(Credentials.S3_APPLICATION_SECRET),
        S3Store.MLFLOW_BUCKET,
        secrets.get(Credentials.S3_MLFLOW_KEY),
        secrets.get(Credentials.S3_MLFLOW_SECRET),
        temporal.address(),
        temporal.http(),
        "http://" + Ports.LOOPBACK + ":" + ports.temporalUi(),
        TemporalComponent.NAMESPACE,
        mlflow.address(),
        "http://" + Ports.LOOPBACK + ":" + ports.console(),
        ports.console(),
        ports.workerMetrics());
  }
}

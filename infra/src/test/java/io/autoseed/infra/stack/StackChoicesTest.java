package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackChoicesTest {
  @TempDir private Path folder;

  private StackOptions options() {
    return options("home");
  }

  private StackOptions options(String home) {
    return new StackOptions(
        folder.resolve(home),
        folder.resolve("cache"),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ExternalServices.none(),
        List.of());
  }

  @Test
  void theFirstChoiceHoldsForLaterStacksWithoutOptions() {
    StackOptions first =
        options().withPorts(new Ports(23_000)).withObjectStore(ObjectStoreKind.MINIO);
    StackAddresses chosen = LocalStack.open(first).choose();

    StackAddresses later = LocalStack.open(options()).choose();

    assertThat(later).isEqualTo(chosen);
    assertThat(later.s3Endpoint()).isEqualTo("http://127.0.0.1:23001");
  }

  @Test
  void aSilentChangeIsRefusedWithBothChoicesNamed() {
    LocalStack.open(options()).choose();
    StackOptions changed = options().withObjectStore(ObjectStoreKind.MINIO);

    assertThatThrownBy(() -> LocalStack.open(changed).choose())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("SEAWEEDFS")
        .hasMessageContaining("MINIO")
        .hasMessageContaining("AUTOSEED_HOME");
    assertThatThrownBy(() -> LocalStack.open(options().withPorts(new Ports(23_000))).choose())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("AUTOSEED_PORT_BASE");
  }

  @Test
  void whatWasChosenMayBeSaidAgain() {
    StackOptions said =
        options()
            .withObjectStore(ObjectStoreKind.SEAWEEDFS)
            .withPostgres(ProgramSource.PINNED)
            .withTemporal(ProgramSource.PINNED);
    LocalStack.open(options()).choose();

    assertThatCode(() -> LocalStack.open(said).choose()).doesNotThrowAnyException();
  }

  @Test
  void anExternalServiceWithoutCredentialsNamesTheVariableThatLacks() {
    ExternalServices external = new ExternalServices("", "http://127.0.0.1:1", "", "");
    StackOptions options = options().withExternal(external);

    assertThatThrownBy(() -> LocalStack.open(options).choose())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("_S3_")
        .hasMessageContaining("not set");
    assertThat(Files.exists(folder.resolve("home/stack.json"))).isFalse();
  }

  @Test
  void externalCredentialsComeFromTheEnvironment() {
    ExternalServices external = new ExternalServices("", "http://127.0.0.1:1", "", "");
    StackChoices choices = StackChoices.first(options().withExternal(external));
    Map<String, String> environment =
        Map.of(
            "AUTOSEED_S3_ACCESS_KEY", "key",
            "AUTOSEED_S3_SECRET_KEY", "secret",
            "AUTOSEED_MLFLOW_S3_ACCESS_KEY", "other-key",
            "AUTOSEED_MLFLOW_S3_SECRET_KEY", "other-secret",
            "AUTOSEED_POSTGRES_OWNER_PASSWORD", "unused: PostgreSQL is the stack's own");

    Credentials credentials = Credentials.random().with(choices, environment);

    assertThat(credentials.get(Credentials.S3_APPLICATION_KEY)).isEqualTo("key");
    assertThat(credentials.get(Credentials.S3_MLFLOW_SECRET)).isEqualTo("other-secret");
    assertThat(credentials.get(Credentials.POSTGRES_OWNER)).hasSize(30);
  }

  @Test
  void aHalfExternalStackThatCannotWorkIsRefused() {
    ExternalServices database = new ExternalServices("jdbc:postgresql://db/autoseed", "", "", "");

    assertThatThrownBy(() -> StackChoices.first(options().withExternal(database)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("MLflow must be external");
    assertThatThrownBy(
            () -> StackChoices.first(options().withObjectStore(ObjectStoreKind.EXTERNAL)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("needs its address");
  }

  @Test
  void onlyAStoreOfItsOwnLiesInTheStacksFolder() {
    LocalStack.open(options()).choose();
    StackHome elsewhere = new StackHome(folder.resolve("elsewhere"));
    elsewhere.create();
    elsewhere.write(
        StackChoices.first(
            options().withExternal(new ExternalServices("", "http://127.0.0.1:1", "", ""))));

    assertThat(LocalStack.open(options()).objectStoreRoom())
        .hasValueSatisfying(room -> assertThat(room.folder()).isEqualTo(folder.resolve("home")));
    assertThat(LocalStack.open(elsewhere.root()).objectStoreRoom()).isEmpty();
  }

  @Test
  void aPostgresOfAnotherMajorVersionOnThePathIsRefused() {
    StackChoices choices =
        StackChoices.first(options().withPostgres(ProgramSource.PATH))
            .withVersion("postgres", "17.4");

    assertThatCode(() -> choices.checkPostgresMajor("17.6")).doesNotThrowAnyException();
    assertThatThrownBy(() -> choices.checkPostgresMajor("15.12"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("17.4")
        .hasMessageContaining("15.12");
  }

  @Test
  void whatHasNoPasswordIsNamedAndDependsOnTheStore() {
    LocalStack.open(options()).choose();
    assertThat(LocalStack.open(options()).unguarded())
        .containsExactly("SeaweedFS's inner ports", "Temporal", "MLflow");

    StackOptions minio = options("other").withObjectStore(ObjectStoreKind.MINIO);
    LocalStack.open(minio).choose();
    assertThat(LocalStack.open(minio).unguarded()).containsExactly("Temporal", "MLflow");
  }

  @Test
  void aFileThatCannotBeReadIsToldFromADamagedOne() throws IOException {
    Path file = folder.resolve("home/stack.json");
    Files.createDirectories(file);
    assertThatThrownBy(() -> LocalStack.open(options()).status())
        .isInstanceOf(StackException.class)
        .hasMessageContaining(file + " cannot be read");

    Files.delete(file);
    Files.writeString(file, "{");
    assertThatThrownBy(() -> LocalStack.open(options()).status())
        .isInstanceOf(StackException.class)
        .hasMessageContaining(file + " is not the JSON document it was");
  }
}

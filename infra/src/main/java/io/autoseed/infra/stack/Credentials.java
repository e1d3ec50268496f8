package io.autoseed.infra.stack;

import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stack's random passwords and keys; its text form names none of them.
 *
 * @param values by name, such as {@code postgres.app}
 */
record Credentials(Map<String, String> values) {
  static final String POSTGRES_SUPERUSER = "postgres.superuser.password";
  static final String POSTGRES_OWNER = "postgres.owner.password";
  static final String POSTGRES_APPLICATION = "postgres.application.password";
  static final String POSTGRES_MLFLOW = "postgres.mlflow.password";
  static final String S3_ROOT_KEY = "s3.root.accessKey";
  static final String S3_ROOT_SECRET = "s3.root.secretKey";
  static final String S3_APPLICATION_KEY = "s3.application.accessKey";
  static final String S3_APPLICATION_SECRET = "s3.application.secretKey";
  static final String S3_MLFLOW_KEY = "s3.mlflow.accessKey";
  static final String S3_MLFLOW_SECRET = "s3.mlflow.secretKey";

  /** Where the credentials of services that run elsewhere are taken from, at the first up. */
  static final Map<String, String> VARIABLES =
      Map.of(
          POSTGRES_OWNER, "AUTOSEED_POSTGRES_OWNER_PASSWORD",
          POSTGRES_APPLICATION, "AUTOSEED_POSTGRES_APP_PASSWORD",
          S3_APPLICATION_KEY, "AUTOSEED_S3_ACCESS_KEY",
          S3_APPLICATION_SECRET, "AUTOSEED_S3_SECRET_KEY",
          S3_MLFLOW_KEY, "AUTOSEED_MLFLOW_S3_ACCESS_KEY",
          S3_MLFLOW_SECRET, "AUTOSEED_MLFLOW_S3_SECRET_KEY");

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  Credentials {
    values = Map.copyOf(values);
  }

  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new StackException(
          "the credentials file has no \"" + name + "\": restore it, or start with a new home");
    }
    return value;
  }

  /** New ones: 30 letters and digits a secret (178 bits), 20 a key's name. */
  static Credentials random() {
    SecureRandom random = new SecureRandom();
    Map<String, String> values = new TreeMap<>();
    for (String secret :
        new String[] {
          POSTGRES_SUPERUSER,
          POSTGRES_OWNER,
          POSTGRES_APPLICATION,
          POSTGRES_MLFLOW,
          S3_ROOT_SECRET,
          S3_APPLICATION_SECRET,
          S3_MLFLOW_SECRET
        }) {
      values.put(secret, text(random, 30));
    }
    for (String key : new String[] {S3_ROOT_KEY, S3_APPLICATION_KEY, S3_MLFLOW_KEY}) {
      values.put(key, text(random, 20));
    }
    return new Credentials(values);
  }

  /**
   * These, with those of external services as the environment gives them.
   *
   * @throws StackException if one that is needed is not given
   */
  Credentials with(StackChoices choices, Map<String, String> environment) {
    Map<String, String> merged = new TreeMap<>(values);
    VARIABLES.forEach(
        (name, variable) -> {
          boolean external =
              name.startsWith("postgres")
                  ? choices.postgres() == ProgramSource.EXTERNAL
                  : choices.objectStore() == ObjectStoreKind.EXTERNAL;
          if (external && environment.getOrDefault(variable, "").isEmpty()) {
            throw new StackException(
                "an external service's credentials are taken from the environment at the first up,"
                    + " and "
                    + variable
                    + " is not set: set it");
          }
          if (external) {
            merged.put(name, environment.get(variable));
          }
        });
    return new Credentials(merged);
  }

  private static String text(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "Credentials" + values.keySet();
  }
}

package io.autoseed.infra.stack;

/** PostgreSQL's roles and databases in every stack. */
public final class Roles {
  /** Owns the catalog's schema and migrates it. */
  public static final String OWNER = "autoseed_owner";

  /** What the worker and the command line log in as. */
  public static final String APPLICATION = "autoseed_app";

  public static final String MLFLOW = "mlflow";

  /** The catalog. */
  public static final String DATABASE = "autoseed";

  public static final String MLFLOW_DATABASE = "mlflow";

  private Roles() {}
}

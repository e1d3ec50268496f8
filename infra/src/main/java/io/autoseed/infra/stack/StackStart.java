package io.autoseed.infra.stack;

import io.autoseed.infra.doctor.Loopback;
import io.autoseed.infra.install.MinioProgram;
import io.autoseed.infra.install.PathPrograms;
import io.autoseed.infra.install.PostgresBinaries;
import io.autoseed.infra.install.PythonEnvironment;
import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.migrations.CatalogMigration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One {@code up}: installs, starts and sets up what is not there, everything at once that does not
 * wait for something else.
 */
final class StackStart {
  /** Tenths of a second for a program to end, its grace included. */
  private static final int ENDING_PATIENCE = 300;

  private final StackHome home;
  private final StackOptions options;
  private StackChoices choices; // programs from the PATH add their versions
  private final Credentials secrets;
  private final Progress progress;
  private final RunDirectory run;
  private final Arrival arrival;

  StackStart(
      StackHome home,
      StackOptions options,
      StackChoices choices,
      Credentials secrets,
      Progress progress) {
    this.home = home;
    this.options = options;
    this.choices = choices;
    this.secrets = secrets;
    this.progress = line -> say(progress, line);
    this.run = home.run();
    this.arrival = new Arrival(home);
  }

  private static synchronized void say(Progress progress, String line) {
    progress.say(line);
  }

  /**
   * Brings everything up.
   *
   * @throws StackException at the first thing that fails; what was started by then stays
   */
  void run() {
    requireFreePorts();
    supervised(this::startAll);
    checkAll();
    home.write(choices());
  }

  /** Starts the S3 store alone. */
  void runObjectStore() {
    supervised(
        () -> {
          boolean needsPython = choices().objectStore() == ObjectStoreKind.SEAWEEDFS;
          PythonEnvironment env =
              needsPython ? PythonEnvironment.ensure(options.cache(), progress::say) : null;
          bring(fleet(objectStoreProgram(env)).objectStore());
        });
    home.write(choices());
  }

  /** Works with a supervisor, which ends again if the work fails before anything was started. */
  private void supervised(Runnable work) {
    new SupervisorLaunch(home).ensure();
    try {
      work.run();
    } catch (RuntimeException e) {
      if (run.desired().isEmpty()) {
        run.askEnd(true);
      }
      throw e;
    }
  }

  private void startAll() {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stack-start");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletableFuture<PythonEnvironment> python =
          CompletableFuture.supplyAsync(
              () -> PythonEnvironment.ensure(options.cache(), progress::say), threads);
      CompletableFuture<Void> postgres =
          CompletableFuture.runAsync(() -> bring(fleet(postgresProgram()).postgres()), threads);
      CompletableFuture<Void> catalog = postgres.thenRunAsync(this::migrate, threads);
      CompletableFuture<Void> store =
          python.thenAcceptAsync(
              env -> bring(fleet(objectStoreProgram(env)).objectStore()), threads);
      CompletableFuture<Void> temporal =
          python.thenAcceptAsync(env -> bring(fleet(temporalProgram(env)).temporal()), threads);
      // MLflow opens its artifact store at first use only; its database it needs at once.
      CompletableFuture<Void> mlflow =
          python.thenAcceptBothAsync(
              postgres,
              (env, done) -> {
                endIfItsTablesAreGone(MlflowComponent.NAME);
                bring(fleet(Programs.unknown().withMlflow(env.program("mlflow"))).mlflow());
              },
              threads);
      CompletableFuture<Void> processes =
          CompletableFuture.allOf(catalog, store, temporal).thenRunAsync(this::bringAll, threads);
      FirstFailure.join(List.of(python, postgres, catalog, store, temporal, mlflow, processes));
    } finally {
      stop(threads);
    }
  }

  /** After a failure nothing more is asked for, so that a down that follows finds all of it. */
  private static void stop(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Programs postgresProgram() {
    return switch (choices().postgres()) {
      case PINNED ->
          Programs.unknown().withPostgres(PostgresBinaries.ensure(options.cache(), progress::say));
      case PATH -> {
        PathPrograms.Found found = PathPrograms.postgres();
        choices().checkPostgresMajor(found.version());
        note(PostgresComponent.NAME, found);
        yield Programs.unknown().withPostgres(found.file().getParent());
      }
      case EXTERNAL -> Programs.unknown();
    };
  }

  private Programs objectStoreProgram(PythonEnvironment env) {
    return switch (choices().objectStore()) {
      case SEAWEEDFS -> Programs.unknown().withObjectStore(env.program("weed"));
      case MINIO -> {
        PathPrograms.Found found = MinioProgram.ensure(options.cache(), progress::say);
        note(SeaweedComponent.NAME, found);
        yield Programs.unknown().withObjectStore(found.file());
      }
      case EXTERNAL -> Programs.unknown();
    };
  }

  private Programs temporalProgram(PythonEnvironment env) {
    return switch (choices().temporal()) {
      case PINNED -> Programs.unknown().withTemporal(env.program("temporal"));
      case PATH -> {
        PathPrograms.Found found = PathPrograms.temporal();
        note(TemporalComponent.NAME, found);
        yield Programs.unknown().withTemporal(found.file());
      }
      case EXTERNAL -> Programs.unknown();
    };
  }

  private void note(String component, PathPrograms.Found found) {
    note(component, found.version());
  }

  private synchronized void note(String component, String version) {
    choices = choices.withVersion(component, version);
  }

  private synchronized StackChoices choices() {
    return choices;
  }

  private void migrate() {
    String url = fleet(Programs.unknown()).addresses().jdbcUrl();
    String password = secrets.get(Credentials.POSTGRES_OWNER);
    progress.say("the catalog has schema " + CatalogMigration.migrate(url, Roles.OWNER, password));
    note("catalog", latestMigration());
  }

  /** Names the last of this build's migrations: a healthy stack may still lack it. */
  static String latestMigration() {
    return CodeSource.files(CatalogMigration.class, "db/migration", ".sql").keySet().stream()
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> new StackException("this build has no migrations: build it again"));
  }

  private Fleet fleet(Programs programs) {
    return Fleet.of(home, choices(), secrets, programs);
  }

  private void bring(Component component) {
    Optional<ComponentSpec> spec = component.spec();
    if (spec.isPresent()) {
      boolean alive = alive(component.name());
      if (!alive) {
        requireFree(component.name(), component.listensOn());
      }
      component.prepare();
      progress.say((alive ? "checking " : "starting ") + component.name());
      run.ask(spec.get());
    }
    long started = System.nanoTime();
    arrival.await(component.name(), spec, component::answers);
    component.setUp();
    progress.say(
        "%s is ready at %s (%.1f s)"
            .formatted(component.name(), component.address(), (System.nanoTime() - started) / 1e9));
  }

  /** MLflow makes its tables when it starts: one that outlived its database has to start anew. */
  private void endIfItsTablesAreGone(String mlflow) {
    if (alive(mlflow)
        && fleet(Programs.unknown()).postgres() instanceof PostgresComponent postgres
        && postgres.isEmpty(Roles.MLFLOW_DATABASE)) {
      progress.say(mlflow + "'s database was lost; starting it anew");
      run.release(mlflow);
      for (int i = 0; alive(mlflow) && i < ENDING_PATIENCE; i++) {
        Waiting.pause(100);
      }
    }
  }

  /** The caller's processes: all at once, since none waits for another. */
  private void bringAll() {
    for (StackProcess process : options.processes()) {
      if (!alive(process.name())) {
        requireFree(process.name(), process.listensOn());
      }
      progress.say("starting " + process.name());
      run.ask(spec(home, process));
    }
    for (StackProcess process : options.processes()) {
      arrival.await(process.name(), Optional.of(spec(home, process)), () -> ready(process));
      progress.say(process.name() + " is ready");
    }
  }

  private static boolean ready(StackProcess process) {
    return process.readyUrl().isEmpty() || HttpProbe.trouble(process.readyUrl(), "").isEmpty();
  }

  static ComponentSpec spec(StackHome home, StackProcess process) {
    return new ComponentSpec(
        process.name(),
        process.command(),
        process.environment(),
        home.root(),
        home.log(process.name()),
        "TERM",
        process.grace(),
        "",
        process.readyUrl());
  }

  private boolean alive(String name) {
    ComponentState state = run.states().get(name);
    return state != null && state.alive();
  }

  /** Of everything that is not running or about to: before the first program is started. */
  private void requireFreePorts() {
    Set<String> asked = run.desired().keySet();
    for (Component component : fleet(Programs.unknown()).all()) {
      if (!asked.contains(component.name())) {
        requireFree(component.name(), component.listensOn());
      }
    }
    for (StackProcess process : options.processes()) {
      if (!asked.contains(process.name())) {
        requireFree(process.name(), process.listensOn());
      }
    }
  }

  private static void requireFree(String name, List<Integer> ports) {
    for (int port : ports) {
      // The component's last process may just be letting go of it.
      for (int i = 0; !Loopback.isFree(port); i++) {
        if (i == 30) {
          throw new StackException(
              "%s needs port %d of 127.0.0.1, and another program has it: end that program, or set"
                      .formatted(name, port)
                  + " AUTOSEED_PORT_BASE (and AUTOSEED_HOME, for a second stack)");
        }
        Waiting.pause(100);
      }
    }
  }

  /** The real operations, each with a little patience: a store may still be making room. */
  private void checkAll() {
    for (Component component : fleet(Programs.unknown()).all()) {
      Optional<String> trouble = component.trouble();
      for (int i = 0; trouble.isPresent() && i < 50; i++) {
        Waiting.pause(200);
        trouble = component.trouble();
      }
      if (trouble.isPresent()) {
        throw new StackException(
            "%s is not healthy: %s; see %s"
                .formatted(component.name(), trouble.get(), home.log(component.name())));
      }
    }
  }
}

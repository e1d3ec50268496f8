package io.autoseed.infra.stack;

import io.autoseed.infra.install.PostgresBinaries;
import io.autoseed.infra.install.PythonEnvironment;
import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.migrations.CatalogMigration;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One {@code up}: installs, starts and sets up what is not there, everything at once that does not
 * wait for something else.
 */
final class StackStart {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int DEATHS_BEFORE_GIVING_UP = 4;

  private final StackHome home;
  private final StackOptions options;
  private final StackChoices choices;
  private final Credentials secrets;
  private final Progress progress;
  private final RunDirectory run;

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
  }

  private static synchronized void say(Progress progress, String line) {
    progress.say(line);
  }

  void run() {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stack-start");
              thread.setDaemon(true);
              return thread;
            });
    try {
      new SupervisorLaunch(home).ensure();
      CompletableFuture<Path> binaries =
          CompletableFuture.supplyAsync(
              () -> PostgresBinaries.ensure(options.cache(), progress::say), threads);
      CompletableFuture<PythonEnvironment> python =
          CompletableFuture.supplyAsync(
              () -> PythonEnvironment.ensure(options.cache(), progress::say), threads);
      CompletableFuture<Void> postgres =
          binaries.thenAcceptAsync(bin -> bring(fleet(bin, null).postgres()), threads);
      CompletableFuture<Void> catalog = postgres.thenRunAsync(this::migrate, threads);
      CompletableFuture<Void> store =
          python.thenAcceptAsync(env -> bring(fleet(null, env).objectStore()), threads);
      CompletableFuture<Void> temporal =
          python.thenAcceptAsync(env -> bring(fleet(null, env).temporal()), threads);
      // MLflow opens its artifact store at first use only; its database it needs at once.
      CompletableFuture<Void> mlflow =
          python.thenAcceptBothAsync(
              postgres, (env, done) -> bring(fleet(null, env).mlflow()), threads);
      CompletableFuture.allOf(catalog, store, temporal, mlflow).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
    checkAll();
    options.processes().forEach(this::bring);
  }

  private void migrate() {
    String url = fleet(null, null).postgres().jdbcUrl(Roles.DATABASE);
    String password = secrets.get(Credentials.POSTGRES_OWNER);
    progress.say("the catalog is at " + CatalogMigration.migrate(url, Roles.OWNER, password));
  }

  private Fleet fleet(Path postgresBin, PythonEnvironment env) {
    Path none = Path.of("");
    Programs programs =
        new Programs(
            postgresBin == null ? none : postgresBin,
            env == null ? none : env.program("weed"),
            none,
            env == null ? none : env.program("temporal"),
            env == null ? none : env.program("mlflow"));
    return Fleet.of(home, choices, secrets, programs);
  }

  private void bring(Component component) {
    Optional<ComponentSpec> spec = component.spec();
    if (spec.isPresent()) {
      boolean alive = alive(component.name());
      if (!alive) {
        checkPorts(component);
      }
      component.prepare();
      progress.say((alive ? "checking " : "starting ") + component.name());
      run.ask(spec.get());
    }
    long started = System.nanoTime();
    await(component.name(), component::answers);
    component.setUp();
    progress.say(
        "%s is ready at %s (%.1f s)"
            .formatted(component.name(), component.address(), (System.nanoTime() - started) / 1e9));
  }

  private void bring(StackProcess process) {
    progress.say("starting " + process.name());
    run.ask(spec(home, process));
    await(
        process.name(),
        () ->
            process.readyUrl().isEmpty()
                ? alive(process.name())
                : HttpProbe.trouble(process.readyUrl(), "").isEmpty());
    progress.say(process.name() + " is ready");
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

  private void checkPorts(Component component) {
    for (int port : component.listensOn()) {
      // The component's last process may just be letting go of it.
      for (int i = 0; !Ports.isFree(port); i++) {
        if (i == 30) {
          throw new StackException(
              "%s needs port %d of 127.0.0.1, and another program has it: end that program, or set"
                      .formatted(component.name(), port)
                  + " AUTOSEED_PORT_BASE (and AUTOSEED_HOME, for a second stack)");
        }
        Waiting.pause(100);
      }
    }
  }

  private void await(String name, BooleanSupplier ready) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    int before = starts(name);
    while (!ready.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new StackException(name + " does not answer: see " + home.log(name));
      }
      if (starts(name) - before > DEATHS_BEFORE_GIVING_UP) {
        throw new StackException(name + " dies again and again: see " + home.log(name));
      }
      Waiting.pause(100);
    }
  }

  private int starts(String name) {
    ComponentState state = run.states().get(name);
    return state == null ? 0 : state.starts();
  }

  /** The real operations, each with a little patience: a store may still be making room. */
  private void checkAll() {
    for (Component component : fleet(null, null).all()) {
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

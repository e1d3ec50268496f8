package io.autoseed.infra.stack;

import io.autoseed.infra.doctor.Finding;
import io.autoseed.infra.doctor.MachineCheck;
import io.autoseed.infra.supervisor.ComponentSignals;
import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The services on this machine: PostgreSQL, an S3 store, Temporal, MLflow, and the caller's own
 * processes, kept running by a supervisor.
 *
 * <p>Every method may be called from any process at any time; those that change something wait for
 * one another.
 */
public final class LocalStack {
  private static final List<String> STOP_ORDER =
      List.of(MlflowComponent.NAME, TemporalComponent.NAME, SeaweedComponent.NAME);

  private final StackOptions options;
  private final StackHome home;

  private LocalStack(StackOptions options) {
    this.options = options;
    this.home = new StackHome(options.home());
  }

  /** The stack in that folder, as it was chosen at its first {@code up}. */
  public static LocalStack open(Path home) {
    return new LocalStack(StackOptions.of(home));
  }

  public static LocalStack open(StackOptions options) {
    return new LocalStack(options);
  }

  /**
   * Starts what does not run and returns once everything is healthy; at once, if it is already.
   *
   * @throws StackException if it cannot be brought up; what runs then stays and is completed by the
   *     next {@code up}
   */
  public StackAddresses up(Progress progress) {
    Platform.check();
    home.create();
    return StackLock.holding(home.folder("up.lock"), progress, () -> upAlone(progress));
  }

  /**
   * Makes the choices and credentials of a new stack without starting anything, so that the
   * addresses are known; a stack that has been chosen already is only read.
   */
  public StackAddresses choose() {
    home.create();
    return StackLock.holding(
        home.folder("up.lock"),
        Progress.silent(),
        () -> {
          chooseAlone();
          return addresses();
        });
  }

  private StackChoices chooseAlone() {
    StackChoices choices = home.choices().orElseGet(() -> StackChoices.first(options));
    choices.checkAgainst(options);
    if (home.credentials().isEmpty()) {
      home.write(Credentials.random().with(choices, System.getenv()));
    }
    StackChoices current = choices.withPinnedVersions();
    if (home.choices().isEmpty() || !current.equals(choices)) {
      home.write(current);
    }
    return current;
  }

  private StackAddresses upAlone(Progress progress) {
    boolean first = home.choices().isEmpty();
    StackChoices choices = chooseAlone();
    Credentials secrets = home.credentials().orElseThrow(this::neverUp);
    boolean migrated = StackStart.latestMigration().equals(choices.versions().get("catalog"));
    if (!migrated || !asWanted() || !status().healthy()) {
      try {
        new StackStart(home, options, choices, secrets, progress).run();
      } catch (RuntimeException e) {
        if (first && !isAskedFor()) {
          home.forgetChoices(); // nothing was started: the next up may choose again
        }
        throw e;
      }
    }
    return addresses();
  }

  /** Starts the S3 store alone, to try a server; the rest of the stack stays as it is. */
  public StackAddresses upObjectStore(Progress progress) {
    Platform.check();
    home.create();
    return StackLock.holding(
        home.folder("up.lock"),
        progress,
        () -> {
          StackChoices choices = chooseAlone();
          Credentials secrets = home.credentials().orElseThrow(this::neverUp);
          new StackStart(home, options, choices, secrets, progress).runObjectStore();
          return addresses();
        });
  }

  private boolean asWanted() {
    Map<String, ComponentSpec> desired = home.run().desired();
    return options.processes().stream()
        .allMatch(p -> StackStart.spec(home, p).equals(desired.get(p.name())));
  }

  /** Stops what {@code up} started, and only that; the state stays. */
  public void down(Progress progress) {
    if (home.choices().isEmpty()) {
      return;
    }
    StackLock.holding(
        home.folder("up.lock"),
        progress,
        () -> {
          downAlone(progress);
          return null;
        });
  }

  private void downAlone(Progress progress) {
    RunDirectory run = home.run();
    if (run.desired().isEmpty() && run.states().isEmpty() && run.supervisor().isEmpty()) {
      return;
    }
    new SupervisorLaunch(home).ensure();
    // Whoever uses the others goes first; PostgreSQL goes last.
    List<String> users = new ArrayList<>(run.desired().keySet());
    users.removeAll(STOP_ORDER);
    users.remove(PostgresComponent.NAME);
    stop(run, users, progress);
    stop(run, STOP_ORDER, progress);
    stop(run, List.of(PostgresComponent.NAME), progress);
    run.askEnd(true);
    for (int i = 0; i < 100 && run.supervisor().isPresent(); i++) {
      Waiting.pause(50);
    }
  }

  private static void stop(RunDirectory run, List<String> names, Progress progress) {
    for (String name : names) {
      if (run.states().containsKey(name)) {
        progress.say("stopping " + name);
      }
      run.release(name);
    }
    for (int i = 0; i < 1200; i++) {
      Map<String, ComponentState> states = run.states();
      if (names.stream().noneMatch(states::containsKey)) {
        return;
      }
      Waiting.pause(50);
    }
    throw new StackException("these did not stop: " + names);
  }

  /** The stack as it is now, every component asked at the same time. */
  public StackStatus status() {
    Optional<StackChoices> choices = home.choices();
    Optional<Credentials> secrets = home.credentials();
    if (choices.isEmpty() || secrets.isEmpty()) {
      return StackStatus.neverUp();
    }
    Fleet fleet = Fleet.of(home, choices.get(), secrets.get(), Programs.unknown());
    StackAddresses addresses = fleet.addresses();
    Glance glance = Glance.at(home.run());
    List<CompletableFuture<ComponentStatus>> asked = new ArrayList<>();
    for (Component component : fleet.all()) {
      asked.add(CompletableFuture.supplyAsync(() -> glance.of(component)));
    }
    String console = "";
    for (ComponentSpec spec : home.run().desired().values()) {
      if (fleet.all().stream().noneMatch(c -> c.name().equals(spec.name()))) {
        asked.add(CompletableFuture.supplyAsync(() -> glance.of(spec)));
        if (spec.name().equals("console")) {
          console = addresses.consoleUrl();
        }
      }
    }
    List<ComponentStatus> found =
        Stream.concat(
                asked.stream().map(CompletableFuture::join),
                Stream.of(glance.of(home.run().supervisor())))
            .toList();
    boolean healthy = found.stream().allMatch(ComponentStatus::healthy);
    return new StackStatus(
        healthy,
        healthy ? Condition.HEALTHY : StackStatus.of(found, glance.anythingAsked()),
        found,
        console,
        addresses.temporalUi(),
        home.credentialsFile().toString(),
        objectStoreFolder().map(DiskRoom::warningAt).orElse(""));
  }

  /**
   * The room that the stack's object store has; empty if that runs elsewhere, where nobody here
   * sees what is free.
   *
   * @throws StackException if the stack was never up, or its disk cannot be looked at
   */
  public Optional<DiskRoom> objectStoreRoom() {
    return objectStoreFolder().map(DiskRoom::at);
  }

  private Optional<Path> objectStoreFolder() {
    StackChoices choices = home.choices().orElseThrow(this::neverUp);
    return choices.objectStore() == ObjectStoreKind.EXTERNAL
        ? Optional.empty()
        : Optional.of(home.root());
  }

  /** Names of the components that run on this machine under the supervisor's care. */
  public Set<String> supervised() {
    return home.run().desired().keySet();
  }

  /** What sends signals to the processes of the stack's components. */
  public ComponentSignals signals() {
    return new ComponentSignals(home.run());
  }

  /** Tries a real operation on one component; says what is wrong, or nothing. */
  public Optional<String> trouble(String component) {
    Optional<Component> service =
        fleet().all().stream().filter(known -> known.name().equals(component)).findFirst();
    if (service.isPresent()) {
      return service.get().trouble();
    }
    ComponentSpec spec = home.run().desired().get(component);
    if (spec == null) {
      throw new StackException("the stack has no component " + component);
    }
    return spec.readyUrl().isEmpty() ? Optional.empty() : HttpProbe.trouble(spec.readyUrl(), "");
  }

  /** Whether anything is asked to run; looks at files alone. */
  public boolean isAskedFor() {
    return !home.run().desired().isEmpty();
  }

  /**
   * Refuses options that differ from what the stack's first {@code up} chose.
   *
   * @throws StackException with what was chosen and what to do
   */
  public void requireAsChosen() {
    home.choices().ifPresent(choices -> choices.checkAgainst(options));
  }

  /**
   * Where everything is.
   *
   * @throws StackException if the stack was never up
   */
  public StackAddresses addresses() {
    return fleet().addresses();
  }

  /**
   * What every user of this machine reaches without a password, in words for people.
   *
   * @throws StackException if the stack was never up
   */
  public List<String> unguarded() {
    return fleet().all().stream().flatMap(service -> service.unguarded().stream()).toList();
  }

  private Fleet fleet() {
    StackChoices choices = home.choices().orElseThrow(this::neverUp);
    Credentials secrets = home.credentials().orElseThrow(this::neverUp);
    return Fleet.of(home, choices, secrets, Programs.unknown());
  }

  private StackException neverUp() {
    return new StackException("there is no stack in " + home.root() + ": run autoseed up");
  }

  /** Looks at this machine and at the stack on it; changes nothing. */
  public List<Finding> doctor() {
    Map<Integer, String> wanted = new TreeMap<>();
    List<Finding> ofStack = new ArrayList<>();
    Optional<StackChoices> known = home.choices();
    StackChoices choices = known.orElseGet(() -> StackChoices.first(options));
    Credentials secrets = home.credentials().orElseGet(Credentials::random);
    Glance glance = Glance.at(home.run());
    for (Component component : Fleet.of(home, choices, secrets, Programs.unknown()).all()) {
      if (glance.pid(component.name()) == 0) {
        component.listensOn().forEach(port -> wanted.put(port, component.name()));
      }
    }
    if (known.isPresent()) {
      ofStack.addAll(new StackCheck(home, choices, status()).findings());
    }
    List<Finding> findings =
        new ArrayList<>(
            new MachineCheck(home.root(), options.cache(), wanted, System.getenv()).findings());
    findings.addAll(ofStack);
    return findings;
  }
}

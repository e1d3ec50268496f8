package io.autoseed.worker.process;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.phase.PhaseServices;
import io.autoseed.activities.phase.Stopping;
import io.autoseed.activities.phase.TrainingSlot;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.study.StudyPhases;
import io.autoseed.activities.tracking.StudyTracking;
import io.autoseed.activities.tracking.TrackingRelay;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.learning.torch.CacheFolder;
import io.autoseed.learning.torch.Devices;
import io.autoseed.learning.torch.NumericProfile;
import io.autoseed.worker.report.StudyPages;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker process: performs the phases of runs until it is told to end (SIGTERM), then saves a
 * checkpoint of what it is doing, hands it over and exits.
 */
public final class WorkerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
  private static final Duration RELAY_PAUSE = Duration.ofSeconds(1);
  private static final long LONGEST_STOP_SECONDS = 9;

  private final WorkerSettings settings;
  private final WorkerIdentity identity;
  private final TrainingSlot slot = new TrainingSlot();
  private final Stopping stopping = new Stopping();
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Health.State state = Health.State.STARTING;
  private volatile long startMillis = -1;

  private WorkerProcess(WorkerSettings settings) {
    this.settings = settings;
    this.identity = WorkerIdentity.current(settings.device());
  }

  /** Runs a worker until SIGTERM. Exit code 1, with one line, if it cannot start. */
  public static void main(String... arguments) {
    try {
      new WorkerProcess(WorkerSettings.parse(arguments)).run();
    } catch (CompletionException e) {
      fail(e.getCause());
    } catch (RuntimeException | IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(Throwable trouble) {
    LOG.debug("could not start", trouble);
    System.err.println("worker: " + trouble.getMessage());
    Runtime.getRuntime().halt(1);
  }

  private void run() throws IOException, InterruptedException {
    Optional<WorkerBuild> build = WorkerBuild.of(System.getenv(), settings.profile());
    CompletableFuture<NumericProfile> profile = CompletableFuture.supplyAsync(this::profile);
    StackAddresses stack = LocalStack.open(settings.home()).addresses();
    Optional<Neighbours> neighbours = neighbours();
    try (TemporalConnection temporal = StackConnections.temporal(stack, identity.toString())) {
      new DeathReports(temporal.client(), identity).start(neighbours);
      serve(stack, temporal, build, profile);
    } finally {
      stopped.countDown();
    }
  }

  /** None for one that takes nothing, or whose end nobody could tell. */
  private Optional<Neighbours> neighbours() {
    if (settings.rehearsal() || identity.space().equals(WorkerIdentity.NOWHERE)) {
      return Optional.empty();
    }
    Neighbours neighbours = new Neighbours(settings.home().resolve("run/workers"), identity);
    try {
      neighbours.join();
      return Optional.of(neighbours);
    } catch (IOException e) {
      LOG.info("no other worker will see its end: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Performs phases until it is told to end, and hands over what it is at. */
  private void serve(
      StackAddresses stack,
      TemporalConnection temporal,
      Optional<WorkerBuild> build,
      CompletableFuture<NumericProfile> profile)
      throws IOException, InterruptedException {
    try (HealthEndpoint endpoint = new HealthEndpoint(settings.healthPort(), this::health);
        ArtifactStore store = StackConnections.store(stack);
        Catalog catalog = StackConnections.catalog(stack);
        TrackingRelay relay = StackConnections.relay(stack, catalog);
        StudyTracking studyTracking = StackConnections.studyTracking(stack);
        PhaseServices services = services(store, catalog, profile.join())) {
      temporal.awaitService();
      StudyPhases studies =
          new StudyPhases(
              store,
              StackConnections.cache(settings.home()),
              catalog,
              services.seedPictures()::of,
              StudyPages::render,
              studyTracking,
              CodeVersion.current());
      TaskQueuePollers pollers =
          TaskQueuePollers.start(
              temporal.client(), identity, settings.queues(), build, services, studies, slot);
      Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
      relay.start(RELAY_PAUSE);
      if (build.isPresent()) {
        build.get().takeOver(temporal.client());
        LOG.info("polls as build {}", build.get());
      }
      startMillis =
          System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      state = Health.State.READY;
      LOG.info(
          "polls the queues of profile {} on {}, {} ms after its start; health at port {}",
          settings.queues(),
          settings.device(),
          startMillis,
          endpoint.port());
      if (settings.rehearsal()) {
        new Thread(() -> System.exit(0), "end of rehearsal").start();
      }
      told.await();
      pollers.takeNoMore(); // first, or it takes what it hands over itself
      stopping.request();
      state = Health.State.STOPPING;
      boolean handedOver = pollers.awaitEnd(LONGEST_STOP_SECONDS - 1, TimeUnit.SECONDS);
      LOG.info(handedOver ? "ended" : "ended in the middle of a step: its phase goes on elsewhere");
    }
  }

  /** Runs in the JVM's shutdown hook: tells the main thread, and waits for it. */
  private void stop() {
    told.countDown();
    try {
      if (!stopped.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Health health() {
    return new Health(state, settings.profile(), settings.device(), startMillis);
  }

  /** Loads the engine beside the connections, and refuses a profile other than the queues'. */
  private NumericProfile profile() {
    NumericProfile found =
        NumericProfile.current(Devices.parse(settings.device())).requireSingleThread();
    if (!found.name().equals(settings.profile())) {
      throw new IllegalStateException(settings.mismatch(found.name()));
    }
    return found;
  }

  private PhaseServices services(ArtifactStore store, Catalog catalog, NumericProfile profile) {
    return new PhaseServices(
        store,
        catalog,
        StackConnections.cache(settings.home()),
        new Workplace(
            identity.workplace(), CodeVersion.current(), profile.name() + " " + profile.digest()),
        CacheFolder.path(),
        Devices.parse(settings.device()),
        profile.digest(),
        slot,
        stopping);
  }
}

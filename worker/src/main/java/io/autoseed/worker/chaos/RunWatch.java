package io.autoseed.worker.chaos;

import com.google.protobuf.util.Timestamps;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.StoreException;
import io.autoseed.worker.process.Beat;
import io.autoseed.worker.process.BriefQuestions;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Watches one run through the catalog, the store and Temporal at once. A service that is away keeps
 * nobody waiting: what it said last stands until it answers again. One caller at a time.
 */
final class RunWatch implements AutoCloseable {
  private static final long LONGEST_LOOK_MILLIS = 400;
  private static final long LONGEST_CLOSE_LOOK_MILLIS = 3000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** What one service says, asked by one thread that may hang. */
  private static final class Source<T> {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "run-watch");
              made.setDaemon(true);
              return made;
            });
    private final Supplier<T> question;
    private Future<?> asking;
    private volatile T last;

    Source(T first, Supplier<T> question) {
      this.last = first;
      this.question = question;
    }

    void ask() {
      if (asking == null || asking.isDone()) {
        asking =
            thread.submit(
                () -> {
                  try {
                    last = question.get();
                  } catch (StatusRuntimeException | CatalogException | StoreException e) {
                    return; // away: what it said last stands
                  }
                });
      }
    }

    /** Asks again once what was asked before is answered. */
    void askAfresh(long deadline) {
      if (asking != null) {
        answer(deadline);
      }
      ask();
    }

    T answer(long deadline) {
      try {
        asking.get(Math.max(1, deadline - System.currentTimeMillis()), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return last;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ChaosException("interrupted", e);
      }
      return last;
    }
  }

  private final String run;
  private final BriefQuestions questions;
  private final Source<Rows> catalog;
  private final Source<Set<String>> store;
  private final Source<List<Work>> temporal;

  RunWatch(String run, Catalog catalog, ArtifactStore store, WorkflowClient client) {
    this.run = run;
    this.questions = new BriefQuestions(client, PATIENCE);
    RunHistory history = new RunHistory(catalog);
    MetricOutbox outbox = new MetricOutbox(catalog);
    this.catalog = new Source<>(Rows.NONE, () -> rows(history, outbox));
    this.store = new Source<>(Set.of(), () -> durable(store));
    this.temporal = new Source<>(List.of(), this::work);
  }

  /** What is known now, after at most {@link #LONGEST_LOOK_MILLIS}. */
  Sighting look() {
    catalog.ask();
    store.ask();
    temporal.ask();
    return answers(System.currentTimeMillis() + LONGEST_LOOK_MILLIS);
  }

  /** The run as it is at this moment or later, unless a service is away for three seconds. */
  Sighting lookClosely() {
    long deadline = System.currentTimeMillis() + LONGEST_CLOSE_LOOK_MILLIS;
    catalog.askAfresh(deadline);
    store.askAfresh(deadline);
    temporal.askAfresh(deadline);
    return answers(deadline);
  }

  private Sighting answers(long deadline) {
    return new Sighting(
        catalog.answer(deadline), store.answer(deadline), temporal.answer(deadline));
  }

  private Rows rows(RunHistory history, MetricOutbox outbox) {
    RunHistory.Phases phases =
        history.phases(run).orElseThrow(() -> new ChaosException("there is no run " + run));
    Set<String> commits = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    for (RunHistory.PhaseRow row : phases.phases()) {
      String phase = row.task() + "/" + row.phase();
      tokens.add(phase + "/" + row.attempts());
      if (row.committed()) {
        commits.add(phase);
      }
    }
    return new Rows(
        phases.run().state(), commits, tokens, outbox.delivered(run), phases.run().undelivered());
  }

  private Set<String> durable(ArtifactStore objects) {
    String own = "runs/" + run + "/";
    Set<String> keys = new HashSet<>();
    for (String kind : List.of("checkpoints/", "features/")) {
      for (ListedObject object : objects.list(own + kind)) {
        keys.add(object.key().substring(own.length()));
      }
    }
    return keys;
  }

  private List<Work> work() {
    List<Work> work = new ArrayList<>();
    DescribeWorkflowExecutionResponse sequence = questions.describe(run);
    sequence
        .getPendingActivitiesList()
        .forEach(info -> started(run, -1, info).ifPresent(work::add));
    for (PendingChildExecutionInfo child : sequence.getPendingChildrenList()) {
      String id = child.getWorkflowId();
      int task = Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
      questions
          .describe(id)
          .getPendingActivitiesList()
          .forEach(info -> started(id, task, info).ifPresent(work::add));
    }
    return work;
  }

  private static Optional<Work> started(String workflow, int task, PendingActivityInfo info) {
    if (info.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) {
      return Optional.empty();
    }
    LoopProgress progress = Beat.ofThisAttempt(info);
    String identity = info.getLastWorkerIdentity();
    return Optional.of(
        new Work(
            workflow + " " + info.getActivityId(),
            info.getActivityType().getName(),
            task,
            info.getAttempt(),
            Long.parseLong(identity.substring(0, identity.indexOf('@'))),
            progress.firstStep(),
            progress.step(),
            progress.steps(),
            progress.firstSeconds(),
            progress.seconds(),
            progress.savedSeconds(),
            Instant.ofEpochMilli(Timestamps.toMillis(info.getLastHeartbeatTime()))));
  }

  @Override
  public void close() {
    List.of(catalog, store, temporal).forEach(source -> source.thread.shutdownNow());
  }
}

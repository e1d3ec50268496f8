package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.audit.Difference;
import io.autoseed.activities.audit.RunVerification;
import io.autoseed.activities.audit.Verification;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.it.TestStack;
import io.autoseed.it.commit.FaultyStoreProxy;
import io.autoseed.it.commit.FaultyStoreProxy.Held;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of which the store keeps no training features longer than it takes to learn a task. */
class DroppedFeaturesIT {
  @TempDir private static Path folder;
  private static DurableRun durable;
  private static ResolvedSequence sequence;
  private static LocalRun local;

  @BeforeAll
  static void connect() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    sequence = SmallSequence.write(folder.resolve("auto-seed"), 11, "{name: auto-seed}");
    local = SmallSequence.local(sequence);
  }

  @AfterAll
  static void disconnect() {
    durable.close();
  }

  private static String submit(ResolvedSequence wanted) {
    String run = DurableRun.unique("dropped");
    durable.submit(
        Submission.of(run, wanted, "avx2", "test")
            .withPatience(new RunPolicy(DurableRun.HEARTBEAT_SECONDS, 1), 0.2)
            .droppingFeatures());
    return run;
  }

  private static List<ListedObject> left(String run) {
    return durable.store().listVersions(TrainingFeatures.prefix(run));
  }

  private static List<StoredObject> trainingFeatures(String run, int task) {
    return durable.manifest(run, task, Phase.ENCODE).manifest().objects().values().stream()
        .filter(object -> TrainingFeatures.holds(object.key()))
        .toList();
  }

  private static Verification verify(String run) {
    return new RunVerification(durable.store(), durable.catalog()).verify(run, (objects, of) -> {});
  }

  @Test
  void allThatWasLearnedIsThereAndNoTrainingFeatureInTheStoreOrOnAWorkersDisk() throws Exception {
    Path home;
    String run;
    try (FaultyStoreProxy store = new FaultyStoreProxy(endpoint())) {
      home = ProxiedHome.of(TestStack.addresses(), store.endpoint(), folder.resolve("whole"));
      try (WorkerFleet workers = new WorkerFleet(home, folder)) {
        workers.startReady();
        run = submit(sequence);
        durable.requireSameBits(run, local);
      }
    }

    assertThat(left(run)).isEmpty();
    for (int task = 0; task < 3; task++) {
      assertThat(trainingFeatures(run, task)).isNotEmpty();
      for (StoredObject gone : trainingFeatures(run, task)) {
        assertThat(files(home)).doesNotContain(gone.sha256());
      }
    }
    StoredObject test = durable.manifest(run, 0, Phase.ENCODE).manifest().objects().get(test(run));
    assertThat(files(home)).contains(test.sha256());
    assertThat(durable.manifest(run, 2, Phase.EVALUATE).manifest().outcome().metrics())
        .doesNotContainKey("seedFidelity");

    Verification verification = verify(run);
    assertThat(verification.differences()).isEmpty();
    assertThat(verification.dropped())
        .isEqualTo(Stream.of(0, 1, 2).mapToInt(t -> trainingFeatures(run, t).size()).sum());

    StoredObject back = trainingFeatures(run, 1).get(0);
    durable.store().put(back.key(), new byte[] {1}, "features");
    assertThat(verify(run).differences())
        .singleElement()
        .extracting(Difference::line)
        .asString()
        .contains(back.key(), "the run drops it");
  }

  /** Name of an object of ENCODE with features that stay. */
  private static String test(String run) {
    return durable.manifest(run, 0, Phase.ENCODE).manifest().objects().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("features/"))
        .filter(entry -> !TrainingFeatures.holds(entry.getValue().key()))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static List<String> files(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aWorkerThatDiesBeforeItHasRemovedThemHasASuccessorThatDoes() throws Exception {
    try (FaultyStoreProxy store = new FaultyStoreProxy(endpoint());
        WorkerFleet workers =
            new WorkerFleet(
                ProxiedHome.of(TestStack.addresses(), store.endpoint(), folder.resolve("killed")),
                folder)) {
      WorkerHandle victim = workers.startReady();
      Held removal = store.hold("DELETE", "/training/");
      String run = submit(SmallSequence.beginning(sequence, 1));
      removal.await();
      victim.kill();
      assertThat(left(run)).isNotEmpty();
      assertThat(verify(run).differences()).isEmpty();

      workers.startReady();
      assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
      assertThat(left(run)).isEmpty();
      assertThat(verify(run).differences()).isEmpty();
    }
  }

  @Test
  void aRunThatIsCancelledAtATaskLeavesNoneOfThatTaskEither() throws Exception {
    try (WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      workers.startReady();
      String run =
          submit(SmallSequence.write(folder.resolve("long"), 12, "{name: finetune, steps: 90000}"));
      durable.checkpointInAdapt(run, 0);
      assertThat(left(run)).isNotEmpty();

      durable.steering().cancel(run);
      assertThatThrownBy(() -> durable.await(run)).hasMessageContaining("was cancelled");
      assertThat(left(run)).isEmpty();
      assertThat(verify(run).differences()).isEmpty();
    }
  }

  private static URI endpoint() {
    return URI.create(TestStack.addresses().s3Endpoint());
  }
}

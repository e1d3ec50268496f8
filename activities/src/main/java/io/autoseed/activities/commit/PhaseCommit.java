package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.AttemptResult;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.PhaseLedger;
import io.autoseed.activities.catalog.StaleTokenException;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.commit.FaultPoint.Boundary;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.activities.store.Digests;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of every phase: of any number of attempts, on any number of machines, dying anywhere,
 * exactly one outcome counts, and what the first one left is completed by the next.
 *
 * <ol>
 *   <li>token: the newest attempt holds the phase; older ones can write no more rows
 *   <li>beside it a look into the store: a phase finished in this run is taken as it is; one
 *       finished in another run may be adopted. What is committed after the look is met at the
 *       commit point
 *   <li>objects go into versioned keys
 *   <li>the manifest is put if there is none: the commit point
 *   <li>side by side: the index entry; the catalog rows and the outbox rows, in one transaction
 *       that checks the token; the checkpoints go
 * </ol>
 *
 * Every step may be repeated. Thread-safe; attempts are not.
 */
public final class PhaseCommit {
  private static final Logger LOG = LoggerFactory.getLogger(PhaseCommit.class);

  private final ArtifactStore store;
  private final Manifests manifests;
  private final PhaseIndex index;
  private final PhaseLedger ledger;
  private final Workplace workplace;
  private final SideBySide sideBySide = new SideBySide();
  private final FaultPoint faults;
  private final Clock clock;

  public PhaseCommit(ArtifactStore store, ObjectCache cache, Catalog catalog, Workplace workplace) {
    this(store, cache, catalog, workplace, FaultPoint.NONE);
  }

  /**
   * @param faults {@link FaultPoint#NONE} but in tests
   */
  public PhaseCommit(
      ArtifactStore store,
      ObjectCache cache,
      Catalog catalog,
      Workplace workplace,
      FaultPoint faults) {
    this.store = store;
    this.manifests = new Manifests(store, cache);
    this.index = new PhaseIndex(store, manifests);
    this.ledger = new PhaseLedger(catalog);
    this.workplace = workplace;
    this.faults = faults;
    this.clock = Clock.systemUTC();
  }

  /**
   * Starts an attempt at a phase. If the phase is finished, whatever an attempt that died left
   * undone (rows, checkpoints) is done first.
   *
   * @throws StaleTokenException if a newer attempt took the phase meanwhile
   */
  public PhaseStart begin(PhasePlan plan) {
    Instant started = clock.instant();
    Supplier<Optional<StoredManifest>> finished =
        sideBySide.start(() -> manifests.committed(plan.run(), plan.task(), plan.phase()));
    Supplier<Optional<StoredManifest>> elsewhere =
        plan.adoptsFromOtherRuns()
            ? sideBySide.start(() -> index.find(plan.phaseKey()))
            : Optional::empty;
    Supplier<Checkpoints> checkpoints = sideBySide.start(() -> checkpoints(plan));
    faults.reached(Boundary.BEFORE_TOKEN);
    long token = ledger.take(plan.run(), plan.task(), plan.phase(), plan.phaseKey(), workplace);
    faults.reached(Boundary.AFTER_TOKEN);
    PhaseAttempt attempt = new PhaseAttempt(this, plan, token, started, checkpoints.get());
    if (finished.get().isPresent()) {
      StoredManifest manifest = finished.get().get();
      return new PhaseStart.Finished(finish(attempt, manifest, AttemptResult.REUSED, 0), manifest);
    }
    if (elsewhere.get().isPresent()) {
      return adopt(attempt, elsewhere.get().get());
    }
    return new PhaseStart.Open(attempt);
  }

  /** Writes this run's own manifest over another run's result. */
  private PhaseStart adopt(PhaseAttempt attempt, StoredManifest elsewhere) {
    Manifest source = elsewhere.manifest();
    SortedMap<String, StoredObject> objects = adopted(attempt.plan(), source);
    Optional<StoredManifest> input = input(attempt.plan());
    Manifest manifest =
        manifest(
            attempt,
            input,
            circumstances(attempt.plan(), input),
            objects,
            source.envelope().produced(),
            new PhaseProduct(
                new TreeMap<>(),
                objects,
                source.outcome().metrics(),
                source.outcome().accuracy(),
                source.outcome().seeds(),
                List.of(ArtifactReference.of(elsewhere.stored(), "manifest")),
                0),
            elsewhere.stored().key());
    StoredManifest committed = commitPoint(attempt, manifest, 0);
    return new PhaseStart.Finished(outcome(committed), committed);
  }

  /**
   * The objects of an adopted outcome. ENCODE adds features to whatever its run carries. The result
   * of every other phase follows from its input, which is the same: its objects, and no others.
   */
  private static SortedMap<String, StoredObject> adopted(PhasePlan plan, Manifest source) {
    boolean encode = plan.phase() == Phase.ENCODE;
    SortedMap<String, StoredObject> objects =
        encode ? new TreeMap<>(plan.carried()) : new TreeMap<>();
    for (Map.Entry<String, StoredObject> entry : source.objects().entrySet()) {
      String name = entry.getKey();
      StoredObject carried = plan.carried().get(name);
      boolean same = carried != null && carried.sha256().equals(entry.getValue().sha256());
      if (!encode || source.envelope().produced().contains(name)) {
        objects.put(name, same ? carried : entry.getValue());
      }
    }
    return objects;
  }

  PhaseOutcome commit(PhaseAttempt attempt, PhaseProduct product) {
    Optional<StoredManifest> input = input(attempt.plan());
    Supplier<PhaseLedger.Circumstances> circumstances =
        sideBySide.start(() -> circumstances(attempt.plan(), input));
    SortedMap<String, StoredObject> before =
        input.map(found -> found.manifest().objects()).orElseGet(TreeMap::new);
    SortedMap<String, StoredObject> objects = new TreeMap<>(product.placed());
    List<String> produced = new ArrayList<>();
    objects.putAll(place(attempt.plan(), product.objects(), before));
    objects.forEach(
        (name, object) -> {
          if (!object.equals(before.get(name))) {
            produced.add(name);
          }
        });
    Manifest manifest =
        manifest(attempt, input, circumstances.get(), objects, produced, product, null);
    return outcome(commitPoint(attempt, manifest, product.computeSeconds()));
  }

  /** The manifest that the phase starts from; none for a run's first. */
  private Optional<StoredManifest> input(PhasePlan plan) {
    return Optional.ofNullable(plan.request().input()).map(manifests::read);
  }

  private SortedMap<String, StoredObject> place(
      PhasePlan plan, SortedMap<String, byte[]> objects, Map<String, StoredObject> before) {
    List<Supplier<StoredObject>> puts = new ArrayList<>();
    objects.forEach((name, bytes) -> puts.add(() -> place(plan, name, bytes, before.get(name))));
    Iterator<StoredObject> placed = sideBySide.all(puts).iterator();
    SortedMap<String, StoredObject> places = new TreeMap<>();
    objects.keySet().forEach(name -> places.put(name, placed.next()));
    return places;
  }

  private StoredObject place(PhasePlan plan, String name, byte[] bytes, StoredObject before) {
    if (before != null && before.sha256().equals(Digests.sha256(bytes))) {
      return before;
    }
    faults.reached(Boundary.BEFORE_OBJECT);
    StoredObject placed = manifests.putObject("runs/" + plan.run() + "/" + name, bytes, name);
    faults.reached(Boundary.AFTER_OBJECT);
    return placed;
  }

  private Manifest manifest(
      PhaseAttempt attempt,
      Optional<StoredManifest> input,
      PhaseLedger.Circumstances circumstances,
      SortedMap<String, StoredObject> objects,
      List<String> produced,
      PhaseProduct product,
      String reusedFrom) {
    PhasePlan plan = attempt.plan();
    SortedMap<String, Manifest.Content> contents = new TreeMap<>();
    SortedMap<String, Manifest.Place> places = new TreeMap<>();
    objects.forEach(
        (name, object) -> {
          contents.put(name, new Manifest.Content(object.sha256(), object.bytes()));
          places.put(name, new Manifest.Place(object.key(), object.versionId()));
        });
    ManifestReference parent = plan.request().input();
    Manifest.Outcome outcome =
        new Manifest.Outcome(
            plan.phase(),
            plan.taskDigest(),
            contents,
            product.metrics(),
            product.accuracy(),
            product.seeds(),
            parent == null ? null : parent.outcomeDigest());
    Manifest.Envelope envelope =
        new Manifest.Envelope(
            plan.run(),
            plan.task(),
            parent == null ? null : parent.key(),
            plan.phaseKey(),
            places,
            produced,
            consumed(input, product),
            reusedFrom,
            workplace.build(),
            workplace.host(),
            workplace.numericProfile(),
            attempt.started().toString(),
            clock.instant().toString(),
            product.computeSeconds(),
            attempt.token(),
            circumstances.attempts(),
            circumstances.auditHead(),
            circumstances.audit());
    return new Manifest(outcome, envelope);
  }

  private PhaseLedger.Circumstances circumstances(PhasePlan plan, Optional<StoredManifest> input) {
    return ledger.circumstances(
        plan.run(), plan.task(), plan.phase(), auditEntriesBefore(plan, input));
  }

  /** How many entries of the run's audit chain its earlier manifests carry. */
  private static long auditEntriesBefore(PhasePlan plan, Optional<StoredManifest> input) {
    return input
        .map(found -> found.manifest().envelope())
        .filter(before -> before.run().equals(plan.run()))
        .map(Manifest.Envelope::auditEntries)
        .orElse(0L);
  }

  private static List<ArtifactReference> consumed(
      Optional<StoredManifest> input, PhaseProduct product) {
    List<ArtifactReference> consumed = new ArrayList<>(product.consumed());
    input.ifPresent(found -> consumed.add(ArtifactReference.of(found.stored(), "manifest")));
    return consumed.stream().distinct().toList();
  }

  /** Steps 4 and 5. The manifest in the store is the committed one, whoever wrote it. */
  private StoredManifest commitPoint(PhaseAttempt attempt, Manifest manifest, double seconds) {
    faults.reached(Boundary.BEFORE_MANIFEST);
    Optional<StoredManifest> mine = manifests.commit(manifest);
    faults.reached(Boundary.AFTER_MANIFEST);
    if (mine.isPresent()) {
      boolean reused = manifest.envelope().reusedFrom() != null;
      finish(attempt, mine.get(), reused ? AttemptResult.REUSED : AttemptResult.COMMITTED, seconds);
      return mine.get();
    }
    PhasePlan plan = attempt.plan();
    StoredManifest stands =
        manifests
            .committed(plan.run(), plan.task(), plan.phase())
            .orElseThrow(() -> new CommitException(plan, "its manifest is there and is not"));
    boolean same = stands.manifest().outcomeDigest().equals(manifest.outcomeDigest());
    if (!same) {
      LOG.warn(
          "{} of task {} of run {} is committed with the outcome {}, this attempt computed {}",
          plan.phase(),
          plan.task(),
          plan.run(),
          stands.manifest().outcomeDigest(),
          manifest.outcomeDigest());
      ledger.differed(stands, manifest, attempt.token(), seconds);
    }
    boolean own = stands.manifest().envelope().token() == attempt.token();
    AttemptResult result =
        !same ? AttemptResult.DIFFERED : own ? AttemptResult.COMMITTED : AttemptResult.ADOPTED;
    finish(attempt, stands, result, seconds);
    return stands;
  }

  /** What follows from the manifest; none of it needs the others. */
  private PhaseOutcome finish(
      PhaseAttempt attempt, StoredManifest committed, AttemptResult result, double seconds) {
    List<Supplier<Boundary>> steps = new ArrayList<>();
    if (attempt.plan().offersToOtherRuns()) {
      steps.add(step(Boundary.BEFORE_INDEX, () -> index.put(committed), Boundary.AFTER_INDEX));
    }
    if (mayHaveCheckpoints(attempt, committed)) {
      steps.add(
          step(
              Boundary.BEFORE_CHECKPOINTS,
              () -> attempt.checkpoints().deleteAll(),
              Boundary.AFTER_CHECKPOINTS));
    }
    steps.add(
        step(
            Boundary.BEFORE_ROWS,
            () -> ledger.write(committed, attempt.token(), result, seconds),
            Boundary.AFTER_ROWS));
    sideBySide.all(steps);
    return outcome(committed);
  }

  /**
   * Not if this is the only attempt there ever was, it found none when it began, and saved none.
   */
  private static boolean mayHaveCheckpoints(PhaseAttempt attempt, StoredManifest committed) {
    Manifest.Envelope written = committed.manifest().envelope();
    boolean onlyAttempt = written.token() == attempt.token() && written.attempts().size() == 1;
    return attempt.plan().isLearning() && !(onlyAttempt && attempt.checkpoints().none());
  }

  private Supplier<Boundary> step(Boundary before, Runnable work, Boundary after) {
    return () -> {
      faults.reached(before);
      work.run();
      faults.reached(after);
      return after;
    };
  }

  /** Removes the attempt's checkpoints if another attempt has finished the phase meanwhile. */
  void giveWay(PhaseAttempt attempt) {
    PhasePlan plan = attempt.plan();
    if (manifests.committed(plan.run(), plan.task(), plan.phase()).isPresent()) {
      attempt.checkpoints().deleteAll();
    }
  }

  private static PhaseOutcome outcome(StoredManifest committed) {
    Manifest manifest = committed.manifest();
    return new PhaseOutcome(
        manifest.outcome().phase(),
        committed.reference(),
        manifest.outcome().metrics(),
        manifest.envelope().computeSeconds(),
        manifest.envelope().reusedFrom() != null);
  }

  /** Those of the phase, with a look at what is there: only learning phases have any. */
  private Checkpoints checkpoints(PhasePlan plan) {
    Checkpoints checkpoints =
        new Checkpoints(store, plan.run(), plan.task(), plan.phase(), plan.phaseKey());
    if (plan.isLearning()) {
      checkpoints.look();
    }
    return checkpoints;
  }
}

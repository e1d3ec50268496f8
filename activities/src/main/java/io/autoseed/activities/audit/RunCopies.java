package io.autoseed.activities.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.autoseed.activities.catalog.NewRun;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.commit.AnchorObjects;
import io.autoseed.activities.phase.DataSetsRead;
import io.autoseed.activities.phase.RunDocument;
import io.autoseed.activities.phase.RunDocuments;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.workflows.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads runs from the store alone, past every cache; objects without patience. */
final class RunCopies {
  private static final Pattern RUN_DOCUMENT = Pattern.compile("runs/([^/]+)/run\\.json");
  private static final Pattern MANIFEST =
      Pattern.compile(
          "runs/[^/]+/manifests/([0-9]{1,9})/("
              + List.of(Phase.values()).stream().map(Phase::name).collect(Collectors.joining("|"))
              + ")\\.json");

  private final ArtifactStore store;
  private final ArtifactStore impatient;
  private final Manifests manifests;

  RunCopies(ArtifactStore store) {
    this.store = store;
    this.impatient = store.impatient();
    this.manifests = new Manifests(impatient, ObjectCache.none());
  }

  /** Every run that was submitted, by id. */
  List<String> runs() {
    return store.list("runs/").stream()
        .map(listed -> RUN_DOCUMENT.matcher(listed.key()))
        .filter(Matcher::matches)
        .map(document -> document.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether the run was ever submitted. */
  boolean has(String run) {
    return store.stat(RunDocuments.key(run)).isPresent();
  }

  /**
   * A run with all its manifests that count; what is damaged is left out and noted in {@code
   * problems}.
   *
   * @return nothing if its documents are damaged
   */
  Optional<RunCopy> read(String run, Problems problems) {
    List<StoredManifest> committed = manifests(run, problems);
    List<AnchorObjects.Anchor> anchors =
        problems
            .reading(
                AnchorObjects.prefix(run),
                "anchors as they were written",
                () -> new AnchorObjects(impatient).of(run))
            .orElse(List.of());
    return problems.reading(
        RunDocuments.key(run),
        "the run's documents",
        () -> copy(run, committed, anchors, audit(committed, anchors)));
  }

  private RunCopy copy(
      String run,
      List<StoredManifest> committed,
      List<AnchorObjects.Anchor> anchors,
      List<AuditNote> audit) {
    RunDocuments documents =
        new RunDocuments(impatient, new Documents(impatient, ObjectCache.none()));
    RunDocument document = document(run, documents);
    SequenceDocument newest = documents.sequence(document.sequence());
    SequenceDocument first = submitted(audit).map(documents::sequence).orElse(newest);
    boolean fork = document.forkedFrom() != null;
    RunCopy copy =
        new RunCopy(
            new NewRun(
                run,
                first,
                documents.tasks(first),
                DataSetsRead.by(documents.tasks(first), document.dataSets()),
                document.codeVersion(),
                document.profile(),
                Reuse.of(document.reuse()),
                document.forkedFrom(),
                fork ? document.forkedAfterTask() : null,
                document.beside(),
                document.study(),
                document.dropsFeatures()),
            document.sequence(),
            documents.tasks(newest),
            document.firstTask() > 0 ? past(document, documents) : null,
            committed,
            audit,
            anchors.stream().map(AnchorObjects.Anchor::row).toList());
    return copy.withoutLateManifests();
  }

  private static RunDocument document(String run, RunDocuments documents) {
    return documents
        .find(run)
        .orElseThrow(
            () -> new IllegalArgumentException("no " + RunDocuments.key(run) + " in the store"));
  }

  private StoredManifest past(RunDocument fork, RunDocuments documents) {
    String past = fork.learnerOf(fork.forkedAfterTask(), run -> document(run, documents)).run();
    return manifests
        .committed(past, fork.forkedAfterTask(), Phase.PUBLISH)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no manifest of task "
                        + fork.forkedAfterTask()
                        + " of run "
                        + past
                        + ", from which it was forked"));
  }

  private List<StoredManifest> manifests(String run, Problems problems) {
    List<StoredManifest> found = new ArrayList<>();
    for (ListedObject listed : store.list("runs/" + run + "/manifests/")) {
      Matcher key = MANIFEST.matcher(listed.key());
      if (key.matches()) {
        int task = Integer.parseInt(key.group(1));
        Phase phase = Phase.valueOf(key.group(2));
        problems
            .reading(
                listed.key(),
                "a manifest",
                () -> manifests.committed(run, task, phase).orElseThrow())
            .ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparing((StoredManifest stored) -> stored.manifest().envelope().task())
            .thenComparing(stored -> stored.manifest().outcome().phase()));
    return found;
  }

  /** The chain's entries from the first, up to the first that nothing carries. */
  private static List<AuditNote> audit(
      List<StoredManifest> committed, List<AnchorObjects.Anchor> anchors) {
    SortedMap<Long, AuditNote> notes = new TreeMap<>();
    for (StoredManifest stored : committed) {
      Manifest.Envelope envelope = stored.manifest().envelope();
      envelope.audit().forEach(note -> notes.put(note.number(), note));
    }
    anchors.forEach(anchor -> anchor.tail().forEach(note -> notes.put(note.number(), note)));
    List<AuditNote> chain = new ArrayList<>();
    for (AuditNote note : notes.values()) {
      if (note.number() != chain.size()) {
        break;
      }
      chain.add(note);
    }
    return chain;
  }

  /** Digest of the sequence revision that the run was submitted with. */
  private static Optional<String> submitted(List<AuditNote> audit) {
    return audit.stream()
        .findFirst()
        .map(note -> note.details().getBytes(StandardCharsets.UTF_8))
        .map(json -> CanonicalJson.read(json, JsonNode.class).path("sequence").textValue());
  }
}

package io.autoseed.activities.lineage;

import io.autoseed.activities.lineage.LineageGraph.Artifact;
import io.autoseed.activities.lineage.LineageGraph.PhaseNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lineage as OpenLineage run events (openlineage.io, specification 2-0-2): a START and a COMPLETE a
 * phase. A phase is a run of the job {@code <sequence>.<task>.<PHASE>}, its parent the run of the
 * sequence; run ids are name-based UUIDs, so the same lineage gives the same events.
 */
public final class OpenLineageEvents {
  private static final String NAMESPACE = "autoseed";
  private static final String PRODUCER = "urn:autoseed:lineage";
  private static final String SPEC = "https://openlineage.io/spec/";
  private static final String EVENT_SCHEMA = SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent";
  private static final String PARENT_SCHEMA =
      SPEC + "facets/1-0-1/ParentRunFacet.json#/$defs/ParentRunFacet";
  private static final String VERSION_SCHEMA =
      SPEC + "facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet";

  private final String bucket;

  /**
   * @param bucket the namespace of objects, such as {@code s3://autoseed}
   */
  public OpenLineageEvents(String bucket) {
    this.bucket = bucket;
  }

  /** The events, as maps and lists for a JSON writer, in the order of the commits. */
  public List<Map<String, Object>> of(LineageGraph graph) {
    List<Map<String, Object>> events = new ArrayList<>();
    List<PhaseNode> phases = new ArrayList<>(graph.phases());
    phases.sort(Comparator.comparing(PhaseNode::committed));
    for (PhaseNode phase : phases) {
      events.add(event("START", phase.startedAt(), phase));
      events.add(event("COMPLETE", phase.committedAt(), phase));
    }
    return events;
  }

  private Map<String, Object> event(String type, String time, PhaseNode phase) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put("eventTime", time);
    event.put("producer", PRODUCER);
    event.put("schemaURL", EVENT_SCHEMA);
    event.put("run", run(phase));
    event.put("job", job(phase.sequence() + "." + phase.task() + "." + phase.phase()));
    event.put("inputs", phase.consumed().stream().map(this::dataset).toList());
    event.put("outputs", phase.produced().stream().map(this::dataset).toList());
    return event;
  }

  private static Map<String, Object> run(PhaseNode phase) {
    Map<String, Object> parent = facet(PARENT_SCHEMA);
    parent.put("run", Map.of("runId", id(phase.run())));
    parent.put("job", job(phase.sequence()));
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("runId", id(phase.run() + "/" + phase.task() + "/" + phase.phase()));
    run.put("facets", Map.of("parent", parent));
    return run;
  }

  private static Map<String, Object> job(String name) {
    Map<String, Object> job = new LinkedHashMap<>();
    job.put("namespace", NAMESPACE);
    job.put("name", name);
    return job;
  }

  private static String id(String name) {
    return UUID.nameUUIDFromBytes((NAMESPACE + "/" + name).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private Map<String, Object> dataset(Artifact artifact) {
    Map<String, Object> version = facet(VERSION_SCHEMA);
    version.put("datasetVersion", artifact.inStore() ? artifact.version() : artifact.sha256());
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("namespace", artifact.inStore() ? bucket : NAMESPACE);
    dataset.put("name", artifact.uri());
    dataset.put("facets", Map.of("version", version));
    return dataset;
  }

  private static Map<String, Object> facet(String schema) {
    Map<String, Object> facet = new LinkedHashMap<>();
    facet.put("_producer", PRODUCER);
    facet.put("_schemaURL", schema);
    return facet;
  }
}

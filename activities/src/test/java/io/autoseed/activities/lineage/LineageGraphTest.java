package io.autoseed.activities.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.activities.catalog.LineageEdge;
import io.autoseed.activities.lineage.LineageGraph.Direction;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineageGraphTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static LineageEdge edge(
      String run, int task, String phase, String direction, String name, String uri, int digit) {
    return new LineageEdge(
        "letters",
        run,
        task,
        "task-" + task,
        phase,
        NOON.plusSeconds(task),
        NOON.plusSeconds(task + 1),
        direction,
        name,
        digit,
        uri,
        uri.startsWith("dataset:") ? "" : "v" + digit,
        Integer.toHexString(digit).repeat(64).substring(0, 64),
        10,
        name);
  }

  /** A task of one run, then one of another run that goes on from it. */
  private static LineageGraph graph() {
    List<LineageEdge> edges = new ArrayList<>();
    edges.add(edge("one", 0, "ENCODE", "consumed", "dataset", "dataset:d", 1));
    for (int shard = 2; shard < 7; shard++) {
      edges.add(edge("one", 0, "ENCODE", "produced", "features", "features/" + shard, shard));
    }
    edges.add(
        edge("one", 0, "ENCODE", "produced", "manifest", "runs/one/manifests/0/ENCODE.json", 7));
    edges.add(
        edge("two", 1, "ADAPT", "consumed", "manifest", "runs/one/manifests/0/ENCODE.json", 7));
    edges.add(edge("two", 1, "ADAPT", "produced", "adapter", "runs/two/adapter.safetensors", 8));
    return LineageGraph.of("two@1", Direction.UP, edges);
  }

  @Test
  void theTreeGoesTaskByTaskAndSumsUpManyObjectsOfAKind() {
    assertThat(LineageTree.of(graph()))
        .isEqualTo(
            """
            two@1: what it was made from
              run two of letters
                task 1  task-1
                  adapt  2026-01-01T12:00:02Z
                    ← manifest of task 0 encode of run one  777777777777
                    → adapter  888888888888
              run one of letters
                task 0  task-0
                  encode  2026-01-01T12:00:01Z
                    ← dataset  111111111111
                    → features  5 objects, 50 bytes
                    → manifest of task 0 encode  777777777777
            """);
  }

  @Test
  void downwardsTheFirstToUseItComesFirst() {
    List<LineageEdge> edges =
        List.of(
            edge("late", 1, "ADAPT", "consumed", "seeds", "runs/a/seeds", 1),
            edge("early", 0, "ADAPT", "consumed", "seeds", "runs/a/seeds", 1));
    assertThat(LineageGraph.of("111111", Direction.DOWN, edges).phases())
        .extracting(LineageGraph.PhaseNode::run)
        .containsExactly("early", "late");
  }

  @Test
  void whatNoPhaseProducedSaysSo() {
    assertThat(LineageTree.of(LineageGraph.of("abcdef", Direction.UP, List.of())))
        .contains("no phase produced it");
  }

  @Test
  void dotHasABoxAPhaseAndAnArrowAnEdge() {
    String dot = LineageDot.of(graph());
    assertThat(dot).startsWith("digraph lineage {").endsWith("}\n");
    assertThat(dot.lines().filter(line -> line.contains("shape=box"))).hasSize(2);
    assertThat(dot.lines().filter(line -> line.contains("->"))).hasSize(9);
    assertThat(dot).contains("\"runs/one/manifests/0/ENCODE.json v7\" -> \"two/1/ADAPT\"");
  }

  @Test
  void namesCannotLeaveTheirQuotesInDot() {
    LineageEdge hostile = edge("r\"]; evil", 0, "ADAPT", "produced", "adapter", "runs/r/a\\\"b", 8);
    assertThat(LineageDot.of(LineageGraph.of("x", Direction.UP, List.of(hostile))))
        .contains("\"r\\\"]; evil/0/ADAPT\"", "\"runs/r/a\\\\\\\"b v8\"");
  }

  /** The required fields and formats of the specification's RunEvent and of each facet used. */
  @Test
  void everyOpenLineageEventHasTheShapeOfTheSpecification() {
    JsonNode events =
        new ObjectMapper().valueToTree(new OpenLineageEvents("s3://bucket").of(graph()));
    assertThat(events).hasSize(4);
    for (JsonNode event : events) {
      assertThat(event.get("eventType").textValue()).isIn("START", "COMPLETE");
      assertThat(Instant.parse(event.get("eventTime").textValue()))
          .isBetween(NOON, NOON.plusSeconds(9));
      requireUri(event.get("producer"));
      requireUri(event.get("schemaURL"));
      assertThat(UUID.fromString(event.at("/run/runId").textValue())).isNotNull();
      JsonNode parent = event.at("/run/facets/parent");
      requireFacet(parent);
      assertThat(UUID.fromString(parent.at("/run/runId").textValue())).isNotNull();
      requireNamed(parent.get("job"));
      requireNamed(event.get("job"));
      for (String side : List.of("inputs", "outputs")) {
        assertThat(event.get(side).isArray()).isTrue();
        for (JsonNode dataset : event.get(side)) {
          requireNamed(dataset);
          requireFacet(dataset.at("/facets/version"));
          assertThat(dataset.at("/facets/version/datasetVersion").textValue()).isNotEmpty();
        }
      }
    }
    assertThat(events.get(0).at("/run/runId")).isEqualTo(events.get(1).at("/run/runId"));
    assertThat(events.get(0).at("/run/runId")).isNotEqualTo(events.get(2).at("/run/runId"));
    assertThat(events.at("/2/inputs/0/namespace").textValue()).isEqualTo("s3://bucket");
    assertThat(events.at("/2/inputs/0/name")).isEqualTo(events.at("/0/outputs/5/name"));
    assertThat(events.at("/2/job/name").textValue()).isEqualTo("letters.1.ADAPT");
  }

  private static void requireUri(JsonNode text) {
    assertThat(URI.create(text.textValue()).isAbsolute()).isTrue();
  }

  private static void requireNamed(JsonNode named) {
    assertThat(named.get("namespace").textValue()).isNotEmpty();
    assertThat(named.get("name").textValue()).isNotEmpty();
  }

  private static void requireFacet(JsonNode facet) {
    requireUri(facet.get("_producer"));
    requireUri(facet.get("_schemaURL"));
  }
}

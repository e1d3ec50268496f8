package io.autoseed.activities.lineage;

import io.autoseed.activities.catalog.Lineage;
import io.autoseed.activities.catalog.LineageEdge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The phases that lead to something, or on from it, with what each consumed and produced.
 *
 * @param reference what was asked for
 * @param phases by run, task and phase; first the runs that learned something, then those that only
 *     encoded features, of each the nearest to what was asked for first: up, those that committed
 *     last, down, those that committed first
 */
public record LineageGraph(String reference, Direction direction, List<PhaseNode> phases) {
  private static final String ENCODE = "ENCODE";

  /** Which way to follow the edges. */
  public enum Direction {
    /** To what it was made from. */
    UP,
    /** To what became of it. */
    DOWN;

    private Comparator<Instant> nearestFirst() {
      return this == UP ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    private Instant nearer(Instant a, Instant b) {
      return nearestFirst().compare(a, b) <= 0 ? a : b;
    }
  }

  /**
   * A committed phase.
   *
   * @param task index, from 0
   * @param startedAt ISO-8601 in UTC
   */
  public record PhaseNode(
      String sequence,
      String run,
      int task,
      String taskName,
      String phase,
      String startedAt,
      String committedAt,
      List<Artifact> consumed,
      List<Artifact> produced) {
    Instant committed() {
      return Instant.parse(committedAt);
    }
  }

  /**
   * An object version, or a thing outside the store.
   *
   * @param name of the object in the phase's manifest, or its kind
   * @param version empty outside the store
   */
  public record Artifact(
      String name, String kind, String uri, String version, String sha256, long bytes) {
    static Artifact of(LineageEdge edge) {
      return new Artifact(
          edge.name(), edge.kind(), edge.uri(), edge.version(), edge.sha256(), edge.bytes());
    }

    boolean inStore() {
      return !version.isEmpty();
    }
  }

  public LineageGraph {
    phases = List.copyOf(phases);
  }

  /**
   * @throws io.autoseed.activities.catalog.CatalogException if nothing has that name
   */
  public static LineageGraph of(Lineage lineage, String reference, Direction direction) {
    List<LineageEdge> edges =
        switch (direction) {
          case UP -> lineage.up(reference);
          case DOWN -> lineage.down(reference);
        };
    return of(reference, direction, edges);
  }

  static LineageGraph of(String reference, Direction direction, List<LineageEdge> edges) {
    Map<String, Instant> near = new HashMap<>();
    Set<String> learned = new HashSet<>();
    Map<String, PhaseNode> phases = new LinkedHashMap<>();
    for (LineageEdge edge : edges) {
      near.merge(edge.run(), edge.committedAt(), direction::nearer);
      if (!edge.phase().equals(ENCODE)) {
        learned.add(edge.run());
      }
      PhaseNode node =
          phases.computeIfAbsent(
              edge.run() + "/" + edge.task() + "/" + edge.phase(), key -> node(edge));
      boolean consumed = edge.direction().equals("consumed");
      (consumed ? node.consumed() : node.produced()).add(Artifact.of(edge));
    }
    List<PhaseNode> sorted = new ArrayList<>(phases.values());
    sorted.sort(
        Comparator.comparing((PhaseNode node) -> !learned.contains(node.run()))
            .thenComparing(node -> near.get(node.run()), direction.nearestFirst())
            .thenComparing(PhaseNode::run)
            .thenComparing(PhaseNode::task)
            .thenComparing(PhaseNode::committed));
    return new LineageGraph(reference, direction, sorted);
  }

  private static PhaseNode node(LineageEdge edge) {
    return new PhaseNode(
        edge.sequence(),
        edge.run(),
        edge.task(),
        edge.taskName(),
        edge.phase(),
        edge.startedAt().toString(),
        edge.committedAt().toString(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  static String shown(String phase) {
    return phase.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package io.autoseed.activities.lineage;

import io.autoseed.activities.lineage.LineageGraph.Artifact;
import io.autoseed.activities.lineage.LineageGraph.PhaseNode;
import java.util.Map;
import java.util.TreeMap;

/** Lineage in Graphviz's language: phases as boxes, artifacts as ellipses. */
public final class LineageDot {
  private LineageDot() {}

  public static String of(LineageGraph graph) {
    Map<String, String> nodes = new TreeMap<>();
    StringBuilder edges = new StringBuilder();
    for (PhaseNode phase : graph.phases()) {
      String id = phase.run() + "/" + phase.task() + "/" + phase.phase();
      nodes.put(
          id,
          "shape=box, label="
              + quoted(
                  phase.run()
                      + "\ntask "
                      + phase.task()
                      + " "
                      + LineageGraph.shown(phase.phase())));
      for (Artifact artifact : phase.consumed()) {
        edge(edges, node(nodes, artifact), id);
      }
      for (Artifact artifact : phase.produced()) {
        edge(edges, id, node(nodes, artifact));
      }
    }
    StringBuilder dot = new StringBuilder("digraph lineage {\n  rankdir=LR;\n");
    nodes.forEach(
        (id, style) ->
            dot.append("  ").append(quoted(id)).append(" [").append(style).append("];\n"));
    return dot.append(edges).append("}\n").toString();
  }

  private static String node(Map<String, String> nodes, Artifact artifact) {
    String id = artifact.uri() + " " + artifact.version();
    nodes.put(
        id,
        "shape=ellipse, label="
            + quoted(artifact.kind() + "\n" + artifact.sha256().substring(0, 12)));
    return id;
  }

  private static void edge(StringBuilder edges, String from, String to) {
    edges.append("  ").append(quoted(from)).append(" -> ").append(quoted(to)).append(";\n");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}

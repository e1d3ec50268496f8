package io.autoseed.activities.lineage;

import io.autoseed.activities.lineage.LineageGraph.Artifact;
import io.autoseed.activities.lineage.LineageGraph.PhaseNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lineage as text: run by run, task by task, what each phase consumed (←) and produced (→). */
public final class LineageTree {
  private static final Pattern MANIFEST =
      Pattern.compile("runs/([^/]+)/manifests/([0-9]+)/([A-Z_]+)\\.json");
  private static final int DIGITS = 12;

  /** More objects of one kind than this are one line. */
  private static final int LISTED = 3;

  private final StringBuilder text = new StringBuilder();

  private LineageTree() {}

  /** The whole tree, each line ended. */
  public static String of(LineageGraph graph) {
    LineageTree tree = new LineageTree();
    tree.write(graph);
    return tree.text.toString();
  }

  private void write(LineageGraph graph) {
    line(
        0,
        graph.reference()
            + switch (graph.direction()) {
              case UP -> ": what it was made from";
              case DOWN -> ": what became of it";
            });
    if (graph.phases().isEmpty()) {
      line(
          1,
          switch (graph.direction()) {
            case UP -> "no phase produced it";
            case DOWN -> "no phase consumed it";
          });
    }
    String run = null;
    int task = -1;
    for (PhaseNode phase : graph.phases()) {
      if (!phase.run().equals(run)) {
        line(1, "run " + phase.run() + " of " + phase.sequence());
        task = -1;
      }
      if (phase.task() != task) {
        line(2, "task " + phase.task() + "  " + phase.taskName());
      }
      run = phase.run();
      task = phase.task();
      line(3, LineageGraph.shown(phase.phase()) + "  " + phase.committedAt());
      artifacts("←", phase, phase.consumed());
      artifacts("→", phase, phase.produced());
    }
  }

  private void artifacts(String arrow, PhaseNode phase, List<Artifact> artifacts) {
    Map<String, List<Artifact>> kinds = new LinkedHashMap<>();
    artifacts.forEach(
        artifact -> kinds.computeIfAbsent(artifact.kind(), k -> new ArrayList<>()).add(artifact));
    for (Map.Entry<String, List<Artifact>> kind : kinds.entrySet()) {
      if (kind.getValue().size() > LISTED) {
        long bytes = kind.getValue().stream().mapToLong(Artifact::bytes).sum();
        line(
            4,
            "%s %s  %d objects, %,d bytes"
                .formatted(arrow, kind.getKey(), kind.getValue().size(), bytes));
      } else {
        kind.getValue()
            .forEach(
                artifact ->
                    line(
                        4,
                        arrow
                            + " "
                            + named(phase, artifact)
                            + "  "
                            + artifact.sha256().substring(0, DIGITS)));
      }
    }
  }

  /** Manifests by the phase that wrote them, everything else by name. */
  private static String named(PhaseNode phase, Artifact artifact) {
    Matcher manifest = MANIFEST.matcher(artifact.uri());
    if (!manifest.matches()) {
      return artifact.inStore() ? artifact.name() : artifact.uri().replaceFirst(":.*", "");
    }
    String other = manifest.group(1).equals(phase.run()) ? "" : " of run " + manifest.group(1);
    return "manifest of task %d %s%s"
        .formatted(
            Integer.parseInt(manifest.group(2)), LineageGraph.shown(manifest.group(3)), other);
  }

  private void line(int depth, String line) {
    text.append("  ".repeat(depth)).append(line.replaceAll("\\p{Cntrl}", " ")).append('\n');
  }
}

package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Lineage;
import io.autoseed.activities.lineage.LineageDot;
import io.autoseed.activities.lineage.LineageGraph;
import io.autoseed.activities.lineage.LineageGraph.Direction;
import io.autoseed.activities.lineage.LineageTree;
import io.autoseed.activities.lineage.OpenLineageEvents;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.process.StackConnections;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where something comes from, or what became of it. */
@Command(
    name = "lineage",
    description = "Show what something was made from (--up, the default) or what became of it.")
final class LineageCommand extends AutoseedCommand {
  enum Format {
    TREE,
    JSON,
    DOT,
    OPENLINEAGE
  }

  /** One of the two. */
  static final class Way {
    @Option(names = "--up", description = "What it was made from: the default.")
    boolean up;

    @Option(names = "--down", description = "What became of it.")
    boolean down;
  }

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "REF",
      description = {
        "A run, RUN@TASK (a task's index from 0, or its name), an artifact's SHA-256 or its start, a seed id,"
            + " MODEL/VERSION, or a prediction's id."
      })
  private String reference;

  @ArgGroup private Way way;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "tree",
      description = "tree, json, dot or openlineage (a JSON array of run events); default tree.")
  private Format format;

  LineageCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    StackAddresses stack = surroundings.running().addresses();
    LineageGraph graph;
    try (Catalog catalog = StackConnections.catalog(stack)) {
      Direction direction = way == null || way.up ? Direction.UP : Direction.DOWN;
      graph = LineageGraph.of(new Lineage(catalog), reference, direction);
    }
    terminal().out().print(rendered(graph, stack));
    terminal().out().flush();
    return ExitCode.DONE;
  }

  private String rendered(LineageGraph graph, StackAddresses stack) {
    Format wanted = json() && format != Format.OPENLINEAGE ? Format.JSON : format;
    return switch (wanted) {
      case TREE -> LineageTree.of(graph);
      case JSON -> Json.write(graph) + "\n";
      case DOT -> LineageDot.of(graph);
      case OPENLINEAGE ->
          Json.write(new OpenLineageEvents("s3://" + stack.s3Bucket()).of(graph)) + "\n";
    };
  }
}

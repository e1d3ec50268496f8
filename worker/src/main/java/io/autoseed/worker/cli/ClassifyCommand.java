package io.autoseed.worker.cli;

import ai.djl.Device;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.phase.Prediction;
import io.autoseed.activities.phase.TrainedModel;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.report.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images with what a run has learned. */
@Command(
    name = "classify",
    description = {
      "Classify images with what a run has learned, and write each prediction down.",
      "autoseed lineage PREDICTION shows what it was made from."
    })
final class ClassifyCommand extends AutoseedCommand {
  private static final int MOST = 100;
  private static final String SEED_OF_ANOTHER_CLASS =
      """

      A nearest seed may be of another class: the class is the one that the strategy's classifier scores highest,
      the nearest seed the one whose visual prototype has the highest cosine to the image.
      """;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "REF",
      description = "A run (its newest finished task), RUN@TASK or MODEL/VERSION.")
  private String model;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "3",
      description = "Classes and seeds to name, 1 to " + MOST + " (default ${DEFAULT-VALUE}).")
  private int top;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "PNG, JPEG or GIF files.")
  private List<Path> images;

  ClassifyCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  /**
   * A prediction as {@code classify --json} prints it.
   *
   * @param image the file
   */
  record Classified(
      String id,
      String image,
      String imageSha256,
      List<Prediction.Scored> classes,
      List<Prediction.NearSeed> seeds) {
    static Classified of(Path image, Prediction made) {
      return new Classified(
          made.id(), image.toString(), made.imageSha256(), made.classes(), made.seeds());
    }

    private boolean seedOfAnotherClass() {
      return !seeds.isEmpty() && !seeds.get(0).className().equals(classes.get(0).name());
    }
  }

  /** What {@code classify --json} prints. */
  record Document(String run, int task, String outcomeDigest, List<Classified> predictions) {}

  @Override
  public Integer call() {
    if (top < 1 || top > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--top: expected 1 to " + MOST + ", found " + top);
    }
    List<byte[]> files = images.stream().map(ImageFiles::read).toList();
    StackAddresses stack = surroundings.running().addresses();
    try (ArtifactStore store = StackConnections.store(stack);
        Catalog catalog = StackConnections.catalog(stack);
        TrainedModel trained =
            TrainedModel.open(
                store,
                catalog,
                StackConnections.cache(surroundings.home()),
                StackOptions.of(surroundings.home()).cache(),
                Device.cpu(),
                model)) {
      List<Prediction> made = trained.classify(files, index -> images.get(index).toString());
      Document document =
          new Document(
              trained.source().run(),
              trained.source().task(),
              trained.source().manifest().outcomeDigest(),
              IntStream.range(0, made.size())
                  .mapToObj(i -> Classified.of(images.get(i), made.get(i).first(top)))
                  .toList());
      print(document, text(document));
    }
    return ExitCode.DONE;
  }

  static String text(Document document) {
    TextTable table =
        new TextTable(List.of("image", "class", "score", "next", "nearest seed", "prediction"));
    for (Classified one : document.predictions()) {
      List<String> next = new ArrayList<>();
      one.classes().stream()
          .skip(1)
          .forEach(
              scored ->
                  next.add(String.format(Locale.ROOT, "%s %.2f", scored.name(), scored.score())));
      table.row(
          List.of(
              one.image(),
              one.classes().get(0).name(),
              String.format(Locale.ROOT, "%.2f", one.classes().get(0).score()),
              next.isEmpty() ? "-" : String.join(", ", next),
              one.seeds().stream()
                  .findFirst()
                  .map(
                      seed ->
                          String.format(
                              Locale.ROOT,
                              "%s of %s %.2f",
                              seed.id(),
                              seed.className(),
                              seed.cosine()))
                  .orElse("-"),
              one.id()));
    }
    return "run %s after task %d%n%n".formatted(document.run(), document.task())
        + table.render()
        + (document.predictions().stream().anyMatch(Classified::seedOfAnotherClass)
            ? SEED_OF_ANOTHER_CLASS
            : "");
  }
}

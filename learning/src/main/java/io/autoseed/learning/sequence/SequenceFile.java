package io.autoseed.learning.sequence;

import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a sequence file and checks all of it before anything starts: keys, types, numbers, files,
 * classes, texts, strategies and their settings. The first mistake is reported, with its line.
 *
 * <pre>
 * name: quickstart
 * model: {kind: builtin}
 * datasets:
 *   fashion: {path: data/fashion}    # also texts:, templates:, digest:, domain:, train:, test:
 * tasks:
 *   - {dataset: fashion, classes: [coat, dress]}          # also name:, train-per-class:,
 *   - {dataset: fashion, split: {classes-per-task: 3}}    # test-per-class:; in split order:, limit:
 * strategy: {name: auto-seed, seeds-per-class: 4}
 * baselines: [finetune, er]
 * random-seed: 1993
 * label-noise: 0.2                   # replaces a fifth of the training labels, see LabelNoise
 * evaluation: {rows: all}            # or {every: N} or {last: K}
 * </pre>
 */
public final class SequenceFile {
  private static final EvaluationRows ALL_ROWS = new EvaluationRows(EvaluationRows.Kind.ALL, 0);

  private final List<StrategyFactory> strategies;
  private final SequencePast past;
  private final boolean labelsOfTheData;

  private SequenceFile(
      List<StrategyFactory> strategies, SequencePast past, boolean labelsOfTheData) {
    this.strategies = strategies;
    this.past = past;
    this.labelsOfTheData = labelsOfTheData;
  }

  /**
   * Reads and checks a sequence file.
   *
   * @param overrides values by dotted key, as {@code strategy.seeds-per-class} or {@code
   *     tasks.0.name}; they replace what the file says
   * @throws SequenceException for the first mistake, in one line
   */
  public static ResolvedSequence read(Path yaml, Map<String, String> overrides) {
    return read(yaml, overrides, Strategies.all());
  }

  /**
   * Reads a file that goes on from a run. It may begin with the run's tasks, as a longer version of
   * the run's own file does, or name only those that come after; name, model, strategy, random seed
   * and evaluation are the run's where it leaves them out.
   *
   * @return the past's tasks, then the file's own
   * @throws SequenceException for the first mistake, in one line
   */
  public static ResolvedSequence readAfter(
      SequencePast past, Path yaml, Map<String, String> overrides) {
    return read(yaml, overrides, Strategies.all(), past);
  }

  static ResolvedSequence read(
      Path yaml, Map<String, String> overrides, List<StrategyFactory> strategies) {
    return read(yaml, overrides, strategies, SequencePast.NONE);
  }

  private static ResolvedSequence read(
      Path yaml,
      Map<String, String> overrides,
      List<StrategyFactory> strategies,
      SequencePast past) {
    return new SequenceFile(strategies, past, false)
        .resolve(Section.of("", Overrides.apply(tree(yaml), overrides)), yaml);
  }

  /**
   * A file that was read and perhaps changed. Its tasks are labelled as the data have them: the
   * {@link LabelNoise} that its document names is for whoever gives them another order.
   */
  static ResolvedSequence resolve(YamlNode root, Path yaml, List<StrategyFactory> strategies) {
    return new SequenceFile(strategies, SequencePast.NONE, true)
        .resolve(Section.of("", root), yaml);
  }

  /** The file as it stands. */
  static YamlNode tree(Path yaml) {
    return YamlReader.read(text(yaml), line -> yaml + ":" + line);
  }

  private ResolvedSequence resolve(Section file, Path yaml) {
    file.allow(
        "name",
        "model",
        "datasets",
        "tasks",
        "strategy",
        "baselines",
        "random-seed",
        "label-noise",
        "evaluation");
    file.require("datasets", "datasets: {fashion: {path: data/fashion}}");
    file.require("tasks", "tasks: [{dataset: fashion, classes: [coat, dress]}]");
    if (past.isNone()) {
      file.require("name", "name: quickstart");
      file.require("strategy", "strategy: {name: auto-seed}");
    }
    SequenceDocument before = past.document();
    String name = file.has("name") ? name(file) : before.name();
    checkModel(file);
    StrategySection strategy =
        file.has("strategy")
            ? StrategySection.of(file.section("strategy"), strategies)
            : StrategySection.of(past, strategies);
    List<String> baselines = baselines(file, strategy.name());
    long randomSeed =
        file.has("random-seed")
            ? file.whole("random-seed", 0, SequenceLimits.RANDOM_SEED)
            : before.randomSeed();
    EvaluationRows evaluation =
        file.has("evaluation") ? rows(file.section("evaluation")) : before.evaluation();
    Map<String, SequenceDataset> datasets = datasets(file, yaml);
    Map<String, Path> roots = past.rootsWith(datasets, file);
    Double labelNoise = labelNoise(file, before);
    List<TaskDocument> tasks = tasks(file, datasets, randomSeed, labelNoise);
    SequenceDocument document =
        new SequenceDocument(
            name,
            "builtin",
            strategy.name(),
            strategy.version(),
            strategy.settings(),
            randomSeed,
            evaluation,
            labelNoise,
            tasks.stream().map(CanonicalJson::digest).toList(),
            null);
    for (TaskDocument task : tasks) {
      roots.computeIfAbsent(task.dataset(), unseen -> datasets.get(unseen).root());
    }
    return new ResolvedSequence(document, tasks, roots, baselines);
  }

  private static Double labelNoise(Section file, SequenceDocument before) {
    if (!file.has("label-noise")) {
      return before.labelNoise();
    }
    double share = file.share("label-noise");
    return share == 0 ? null : share;
  }

  /** All tasks: the file's own if they begin with the past's, else the past's and then these. */
  private List<TaskDocument> tasks(
      Section file, Map<String, SequenceDataset> datasets, long randomSeed, Double labelNoise) {
    LabelNoise noise =
        new LabelNoise(labelsOfTheData || labelNoise == null ? 0 : labelNoise, randomSeed);
    List<TaskDocument> own =
        noise.in(new TaskPlan(datasets, randomSeed, SequencePast.NONE).tasks(file), 0);
    return past.begins(own)
        ? own
        : noise.in(new TaskPlan(datasets, randomSeed, past).tasks(file), past.tasks().size());
  }

  private static String text(Path yaml) {
    try {
      if (Files.isDirectory(yaml)) {
        throw new SequenceException(yaml.toString(), "", "is a folder; name a YAML file in it");
      }
      if (!Files.isRegularFile(yaml)) {
        throw new SequenceException(yaml.toString(), "", "no such file; correct the path");
      }
      long size = Files.size(yaml);
      if (size > SequenceLimits.FILE_BYTES) {
        throw new SequenceException(
            yaml + ":1",
            "",
            size + " bytes; a sequence file has at most " + SequenceLimits.FILE_BYTES);
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(yaml)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new SequenceException(yaml + ":1", "", "not UTF-8 text; save the file as UTF-8");
    } catch (IOException e) {
      throw new SequenceException(yaml.toString(), "", "cannot be read (" + e + ")");
    }
  }

  /**
   * Whether a sequence, a study, a data set or a run may be called so: up to 64 letters, digits,
   * dots, dashes and underscores, the first a letter or a digit.
   */
  public static boolean isName(String text) {
    return text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }

  /** The {@code name} key of a file. */
  static String name(Section file) {
    String name = file.text("name");
    if (!isName(name)) {
      throw file.refuse(
          "name",
          "found '" + name + "'; use up to 64 letters, digits, dots, dashes and underscores");
    }
    return name;
  }

  private static void checkModel(Section file) {
    if (!file.has("model")) {
      return;
    }
    Section model = file.section("model");
    model.allow("kind", "path");
    model.require("kind", "model: {kind: builtin}");
    String kind = model.text("kind");
    if (kind.equals("clip")) {
      throw model.refuse("kind", "CLIP checkpoints are not supported yet; write builtin");
    }
    if (!kind.equals("builtin")) {
      throw model.refuse("kind", "found '" + kind + "'; write builtin");
    }
    if (model.has("path")) {
      throw model.refuse("path", "the builtin model has no path; remove it");
    }
  }

  private List<String> baselines(Section file, String main) {
    if (!file.has("baselines")) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    file.names("baselines")
        .forEach(
            (name, node) -> {
              StrategySection.factory(name, node.where(), "baselines", strategies);
              if (name.equals(main)) {
                throw new SequenceException(
                    node.where(), "baselines", "'" + name + "' is the strategy itself; remove it");
              }
              names.add(name);
            });
    return names;
  }

  private static EvaluationRows rows(Section evaluation) {
    evaluation.allow("rows");
    evaluation.require("rows", "evaluation: {rows: all}");
    if (evaluation.node("rows") instanceof YamlNode.Scalar) {
      String word = evaluation.text("rows");
      if (!word.equals("all")) {
        throw evaluation.refuse("rows", "found '" + word + "'; write all, {every: N} or {last: K}");
      }
      return ALL_ROWS;
    }
    Section rows = evaluation.section("rows");
    rows.allow("every", "last");
    if (rows.keys().size() != 1) {
      throw evaluation.refuse("rows", "found " + rows.keys() + "; write one of every, last");
    }
    String key = rows.keys().get(0);
    return new EvaluationRows(
        key.equals("every") ? EvaluationRows.Kind.EVERY : EvaluationRows.Kind.LAST,
        (int) rows.whole(key, 1, SequenceLimits.TASKS));
  }

  private static Map<String, SequenceDataset> datasets(Section file, Path yaml) {
    Section section = file.section("datasets");
    if (section.keys().isEmpty() || section.keys().size() > SequenceLimits.DATASETS) {
      throw file.refuse(
          "datasets", section.keys().size() + " data sets; name 1 to " + SequenceLimits.DATASETS);
    }
    Path folder = yaml.toAbsolutePath().normalize().getParent();
    Map<String, SequenceDataset> datasets = new LinkedHashMap<>();
    for (String name : section.keys()) {
      datasets.put(name, SequenceDataset.of(name, section.section(name), folder));
    }
    if (datasets.values().stream().map(SequenceDataset::sharedWidth).distinct().count() > 1) {
      throw file.refuse(
          "datasets",
          "features that share a space of their own stand beside data of another; use one kind");
    }
    return datasets;
  }
}

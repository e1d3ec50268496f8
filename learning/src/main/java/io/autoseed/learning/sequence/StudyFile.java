package io.autoseed.learning.sequence;

import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Reads a study file and checks all of it, the sequence file that it names included, before
 * anything starts. The first mistake is reported, with its line.
 *
 * <pre>
 * name: three-strategies
 * sequence: quickstart.yaml          # relative to this file; its strategy and baselines are not run
 * strategies:                        # as in a sequence file; label: tells two of a name apart
 *   - {name: slda, random-seeds: [1993]}     # draws nothing: once an order is enough
 *   - {name: auto-seed}
 *   - {name: auto-seed, label: without-meta, meta-update: false}
 * orders: 8                          # class orders 0 to 7, or a list of them
 * random-seeds: [1993, 1994, 1995]   # left out: the sequence's own
 * reference: auto-seed               # left out: the first strategy auto-seed, else the first
 * tuning-orders: [100]               # settings are chosen on these: run by a screening alone
 * overrides: {evaluation.rows: all}  # values of the sequence file, as --set gives them to run
 * </pre>
 */
public final class StudyFile {
  /** The strategy that the others are compared with if the file names no reference. */
  public static final String AUTO_SEED = "auto-seed";

  private static final String SCREENING = "-screening";

  private final List<StrategyFactory> known;
  private final boolean screening;

  private StudyFile(List<StrategyFactory> known, boolean screening) {
    this.known = known;
    this.screening = screening;
  }

  /**
   * Reads and checks a study file.
   *
   * @param overrides values of the study file by dotted key, as {@code orders} or {@code
   *     strategies.0.label}; they replace what the file says
   * @throws SequenceException for the first mistake, in one line
   */
  public static ResolvedStudy read(Path yaml, Map<String, String> overrides) {
    return read(yaml, overrides, Strategies.all());
  }

  /**
   * Reads and checks a study file for a look before anything is reported: the class orders are its
   * {@code tuning-orders}, and its name says so. It has no run in common with the study itself.
   *
   * @param overrides as for {@link #read}
   * @throws SequenceException for the first mistake, in one line
   */
  public static ResolvedStudy readScreening(Path yaml, Map<String, String> overrides) {
    return read(yaml, overrides, Strategies.all(), true);
  }

  static ResolvedStudy read(Path yaml, Map<String, String> overrides, List<StrategyFactory> known) {
    return read(yaml, overrides, known, false);
  }

  static ResolvedStudy read(
      Path yaml, Map<String, String> overrides, List<StrategyFactory> known, boolean screening) {
    YamlNode root = Overrides.apply(SequenceFile.tree(yaml), overrides);
    return new StudyFile(known, screening).resolve(Section.of("", root), yaml);
  }

  private ResolvedStudy resolve(Section file, Path yaml) {
    file.allow(
        "name",
        "sequence",
        "strategies",
        "orders",
        "random-seeds",
        "reference",
        "tuning-orders",
        "overrides");
    file.require("name", "name: three-strategies");
    file.require("sequence", "sequence: quickstart.yaml");
    file.require("strategies", "strategies: [{name: slda}, {name: auto-seed}]");
    file.require("orders", "orders: 8");
    String name = SequenceFile.name(file) + (screening ? SCREENING : "");
    List<Long> reported = orders(file);
    List<Long> tuning = tuningOrders(file, reported);
    List<Long> orders = screening ? tuning : reported;
    ResolvedSequence base = sequence(file, yaml).named(name).withoutBaselines();
    List<Long> randomSeeds =
        file.has("random-seeds")
            ? seeds(file, "random-seeds")
            : List.of(base.document().randomSeed());
    List<StudyDocument.Strategy> strategies = strategies(file, randomSeeds);
    String reference = reference(file, strategies);
    long members =
        (long) orders.size() * strategies.stream().mapToInt(s -> s.randomSeeds().size()).sum();
    if (members > SequenceLimits.MEMBERS) {
      throw file.refuse(
          "orders",
          members
              + " runs; name fewer orders, strategies or random seeds, for at most "
              + SequenceLimits.MEMBERS);
    }
    refuseTheSameTwice(file, base.tasks(), reported, tuning);
    return grid(name, base, strategies, reference, orders, tuning);
  }

  private record Cell(StudyDocument.Strategy strategy, long randomSeed) {}

  /** The cells of one class order: each strategy with its first random seed, then the second. */
  private static List<Cell> cells(List<StudyDocument.Strategy> strategies) {
    List<Cell> cells = new ArrayList<>();
    int most = strategies.stream().mapToInt(s -> s.randomSeeds().size()).max().orElseThrow();
    for (int place = 0; place < most; place++) {
      for (StudyDocument.Strategy strategy : strategies) {
        if (place < strategy.randomSeeds().size()) {
          cells.add(new Cell(strategy, strategy.randomSeeds().get(place)));
        }
      }
    }
    return cells;
  }

  private static ResolvedStudy grid(
      String name,
      ResolvedSequence base,
      List<StudyDocument.Strategy> strategies,
      String reference,
      List<Long> orders,
      List<Long> tuning) {
    Map<String, ResolvedSequence> sequences = new LinkedHashMap<>();
    List<StudyDocument.Member> members = new ArrayList<>();
    for (long order : orders) {
      List<TaskDocument> tasks = ClassOrder.of(base.tasks(), order);
      ResolvedSequence ordered = base.withTasks(LabelNoise.of(base.document()).in(tasks, 0));
      for (Cell cell : cells(strategies)) {
        ResolvedSequence learned =
            ordered
                .withStrategy(
                    cell.strategy().name(), cell.strategy().version(), cell.strategy().settings())
                .withRandomSeed(cell.randomSeed());
        String digest = learned.digest();
        sequences.put(digest, learned);
        members.add(
            new StudyDocument.Member(cell.strategy().label(), order, cell.randomSeed(), digest));
      }
    }
    return new ResolvedStudy(
        new StudyDocument(name, strategies, reference, orders, tuning, members), sequences);
  }

  private ResolvedSequence sequence(Section file, Path yaml) {
    String path = file.text("sequence");
    Path base;
    try {
      base = yaml.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw file.refuse("sequence", "'" + path + "' is no path; correct it");
    }
    if (!base.toFile().isFile()) {
      throw file.refuse(
          "sequence",
          "there is no file '" + path + "' (" + base + "); paths start at the study file");
    }
    YamlNode root = SequenceFile.tree(base);
    if (file.has("overrides")) {
      Section overrides = file.section("overrides");
      for (String key : overrides.keys()) {
        if (key.equals("strategy") || key.startsWith("strategy.") || key.equals("random-seed")) {
          throw overrides.refuse(
              key, "is set for each run; write it under strategies or random-seeds");
        }
        root = Overrides.set(root, key, overrides.node(key));
      }
    }
    return SequenceFile.resolve(root, base, known);
  }

  private List<StudyDocument.Strategy> strategies(Section file, List<Long> randomSeeds) {
    Map<String, String> places = new LinkedHashMap<>();
    List<StudyDocument.Strategy> strategies = new ArrayList<>();
    List<YamlNode> items = file.items("strategies");
    if (items.size() > SequenceLimits.STUDY_STRATEGIES) {
      throw file.refuse(
          "strategies",
          items.size() + " strategies; name at most " + SequenceLimits.STUDY_STRATEGIES);
    }
    for (YamlNode item : items) {
      Section entry = Section.of("strategies[" + strategies.size() + "]", item);
      StudyDocument.Strategy strategy = strategy(entry, randomSeeds);
      String before = places.putIfAbsent(strategy.label(), entry.where());
      if (before != null) {
        throw new SequenceException(
            entry.where(),
            entry.pathOf("label"),
            "two strategies have the label '"
                + strategy.label()
                + "', the first at "
                + before
                + "; give one a label: of its own");
      }
      strategies.add(strategy);
    }
    return strategies;
  }

  private StudyDocument.Strategy strategy(Section entry, List<Long> randomSeeds) {
    List<Long> own = entry.has("random-seeds") ? seeds(entry, "random-seeds") : randomSeeds;
    StrategySection section = StrategySection.of(entry.without("label", "random-seeds"), known);
    String label = entry.text("label", section.name());
    if (!label.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
      throw entry.refuse(
          "label",
          "found '" + label + "'; use up to 40 letters, digits, dots, dashes and underscores");
    }
    return new StudyDocument.Strategy(
        label, section.name(), section.version(), section.settings(), own);
  }

  private static String reference(Section file, List<StudyDocument.Strategy> strategies) {
    List<String> labels = strategies.stream().map(StudyDocument.Strategy::label).toList();
    if (!file.has("reference")) {
      return usual(strategies).label();
    }
    String reference = file.text("reference");
    if (!labels.contains(reference)) {
      throw file.refuse(
          "reference",
          "no strategy has the label '" + reference + "'; " + Suggestion.of(reference, labels));
    }
    return reference;
  }

  /** The first that is auto-seed, one with that label before others; without any, the first. */
  private static StudyDocument.Strategy usual(List<StudyDocument.Strategy> strategies) {
    return strategies.stream()
        .filter(strategy -> strategy.name().equals(AUTO_SEED))
        .min(Comparator.comparing(strategy -> !strategy.label().equals(AUTO_SEED)))
        .orElse(strategies.get(0));
  }

  private static List<Long> orders(Section file) {
    if (file.node("orders") instanceof YamlNode.Scalar) {
      return LongStream.range(0, file.whole("orders", 1, SequenceLimits.ORDERS)).boxed().toList();
    }
    return seeds(file, "orders");
  }

  private List<Long> tuningOrders(Section file, List<Long> orders) {
    if (screening) {
      file.require("tuning-orders", "tuning-orders: [100, 101]");
    }
    if (!file.has("tuning-orders")) {
      return List.of();
    }
    List<Long> tuning = seeds(file, "tuning-orders");
    for (long order : tuning) {
      if (orders.contains(order)) {
        throw file.refuse(
            "tuning-orders",
            "order "
                + order
                + " is under orders, too; what was tuned on is not reported: remove it"
                + " from one");
      }
    }
    return tuning;
  }

  /** Two orders that learn the same classes task by task would count as two units and are one. */
  private static void refuseTheSameTwice(
      Section file, List<TaskDocument> tasks, List<Long> reported, List<Long> tuning) {
    Map<List<Set<String>>, Long> known = new HashMap<>();
    for (String key : List.of("orders", "tuning-orders")) {
      for (long order : key.equals("orders") ? reported : tuning) {
        Long before = known.putIfAbsent(ClassOrder.classSets(tasks, order), order);
        if (before != null) {
          throw file.refuse(
              key,
              "class orders "
                  + before
                  + " and "
                  + order
                  + " learn the same classes in the same tasks, "
                  + (key.equals("orders")
                      ? "so they are one unit of the statistics: list others, as in orders: [0, 2, 5]"
                      : "so settings would be chosen on what is reported: list others"));
        }
      }
    }
  }

  private static List<Long> seeds(Section section, String key) {
    List<Long> seeds = section.wholes(key, 0, SequenceLimits.RANDOM_SEED);
    if (seeds.size() > SequenceLimits.ORDERS) {
      throw section.refuse(key, seeds.size() + " of them; keep at most " + SequenceLimits.ORDERS);
    }
    return seeds;
  }
}

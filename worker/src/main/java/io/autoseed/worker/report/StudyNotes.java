package io.autoseed.worker.report;

import io.autoseed.activities.study.ComparisonFamilies;
import io.autoseed.activities.study.StudyCircumstances;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.Performed;
import io.autoseed.learning.statistics.GridStatistics;
import io.autoseed.workflows.StudyState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a reader must know of a study's numbers. */
final class StudyNotes {
  private static final int DIGEST_DIGITS = 12;

  /** As many as a claim takes at least. */
  private static final int ORDERS_OF_A_CLAIM = 8;

  private static final String FIRST_LOOK =
      "Fewer than " + ORDERS_OF_A_CLAIM + " class orders are a first look.";

  private StudyNotes() {}

  /** A sentence or two each. */
  static List<String> of(StudyReport report) {
    List<String> notes = new ArrayList<>();
    notes.add(unit(report));
    notes.add(
        report.material() == null
            ? "Numeric profile: " + report.profile() + "."
            : material(report));
    notes.add(
        "Arrows: which way is better. In brackets: 95 % bootstrap interval over class orders, unless it"
            + " is as narrow as the digits shown"
            + (orders(report).anyMatch(orders -> orders == 1)
                ? "; a single class order has none, times have none."
                : "; times have none.")
            + " Each interval is of its number alone, not corrected for how many there are, and too"
            + " narrow if the orders are few.");
    notes.add(
        "Accuracies are in percent; what one loses or gains against another (BWT, Forgetting, FWT, seen"
            + " loss, every comparison) in percentage points; 1 kB is 1000 bytes. A dash: no class"
            + " order has the figure with each of the random seeds; in a comparison, none has both.");
    frozen(report).ifPresent(notes::add);
    if (report.families().largest() > 0) {
      notes.add(tests(report));
      doubt(report).ifPresent(notes::add);
    }
    notes.add(tuning(report));
    if (report.labelNoise() != null) {
      notes.add(noise(report.labelNoise()));
    }
    if (report.state().equals(StudyState.PARTLY_DONE.name()) && notAskedFor(report)) {
      notes.add("Only these class orders were asked for so far; the file names more.");
    }
    if (report.reason() != null) {
      notes.add("The study was stopped: " + report.reason() + ".");
    }
    lost(report).ifPresent(notes::add);
    takenOver(report).ifPresent(notes::add);
    if (report.performed() != null) {
      notes.addAll(performed(report, report.performed()));
    }
    return notes;
  }

  private static boolean notAskedFor(StudyReport report) {
    return report.missing().size() > report.lost();
  }

  private static String unit(StudyReport report) {
    return "The unit is the class order (measured: "
        + StudyTables.listed(report.orders())
        + "); random seeds are averaged inside it first: "
        + randomSeeds(report)
        + "."
        + (incomplete(report) ? " n: class orders that a number is over, where not all." : "");
  }

  /** How many in each class order: {@code 3; 1 of slda, joint}. */
  private static String randomSeeds(StudyReport report) {
    SortedMap<Integer, List<String>> labels = new TreeMap<>(Comparator.reverseOrder());
    for (Line line : report.strategies()) {
      labels
          .computeIfAbsent(line.randomSeeds().size(), unseen -> new ArrayList<>())
          .add(line.label());
    }
    return labels.entrySet().stream()
        .map(
            entry ->
                entry.getKey().equals(labels.firstKey())
                    ? entry.getKey().toString()
                    : entry.getKey() + " of " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String material(StudyReport report) {
    StudyReport.Material material = report.material();
    return String.format(
        Locale.ROOT,
        "Each run learns %s in %s from %,d images and is evaluated on %,d, with the encoders '%s' on"
            + " numeric profile %s. Data: %s.",
        Numbers.counted(report.classes(), "class", "classes"),
        Numbers.counted(report.tasks(), "task", "tasks"),
        material.trainImages(),
        material.testImages(),
        material.model(),
        report.profile(),
        material.dataSets().stream()
            .map(one -> one.name() + " " + one.digest().substring(0, DIGEST_DIGITS))
            .collect(Collectors.joining(", ")));
  }

  private static Optional<String> lost(StudyReport report) {
    long lost = report.lost();
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            Numbers.counted(lost, "run", "runs")
                + " failed or cancelled, listed below: in their class orders their strategies do not"
                + " count, whatever other random seeds measured.");
  }

  /** Runs keep their ids, which begin with that of the study they were performed for. */
  private static Optional<String> takenOver(StudyReport report) {
    long others =
        report.cells().stream()
            .filter(cell -> cell.state().equals(StudyReport.DONE))
            .filter(cell -> !cell.run().startsWith(report.study() + "-"))
            .count();
    return others == 0
        ? Optional.empty()
        : Optional.of(
            "Taken over from earlier studies of this name, times included: "
                + Numbers.counted(others, "run", "runs")
                + ".");
  }

  private static boolean incomplete(StudyReport report) {
    return orders(report).anyMatch(orders -> orders < report.orders().size());
  }

  /** Of how many class orders each number is. */
  private static IntStream orders(StudyReport report) {
    return report.strategies().stream()
        .flatMapToInt(
            line ->
                IntStream.concat(
                    line.means().values().stream().mapToInt(mean -> mean.orders()),
                    line.differences().values().stream().mapToInt(found -> found.orders())));
  }

  /** Who has no Transfer of its own, see {@code docs/metrics.md}. */
  private static Optional<String> frozen(StudyReport report) {
    List<String> labels =
        report.strategies().stream()
            .filter(line -> line.matrix().size() > 1)
            .filter(line -> Boolean.FALSE.equals(line.scoresUnseen()))
            .map(Line::label)
            .toList();
    return labels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not able to score a class before its data come: "
                + String.join(", ", labels)
                + ". They have no FWT, seen loss, Transfer and CI-Transfer, and where a task is yet to"
                + " come the frozen model's accuracies stand in their matrices, which their"
                + " Forgetting counts.");
  }

  private static String tests(StudyReport report) {
    ComparisonFamilies families = report.families();
    return String.format(
        Locale.ROOT,
        "A difference above 0: more than %s. p: exact two-sided Wilcoxon signed-rank test,"
            + " corrected by Holm in each column over the variants of %s (%d) and over the other"
            + " strategies (%d), each family by itself; ns: p > %s.",
        report.reference(),
        report.reference(),
        families.variants().size(),
        families.others().size(),
        GridStatistics.LEVEL);
  }

  /** Why nothing can be claimed, or not of every difference. */
  private static Optional<String> doubt(StudyReport report) {
    if (report.strategies().stream().map(Line::differences).allMatch(found -> found.isEmpty())) {
      return Optional.of(
          "Nothing is compared: no class order has what it takes of both "
              + report.reference()
              + " and another strategy.");
    }
    long undecidable = report.undecidable();
    if (undecidable == 0) {
      return report.orders().size() >= ORDERS_OF_A_CLAIM
          ? Optional.empty()
          : Optional.of(FIRST_LOOK);
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s in these tables could by %s not be told from chance at %s, of whatever size: over"
                + " too few class orders, or zero in too many; the larger family, of %d, takes %d that"
                + " differ.%s",
            Numbers.counted(undecidable, "difference", "differences"),
            undecidable == 1 ? "itself" : "themselves",
            GridStatistics.LEVEL,
            report.families().largest(),
            report.significantOrders(),
            report.orders().size() >= ORDERS_OF_A_CLAIM ? "" : " " + FIRST_LOOK));
  }

  private static String tuning(StudyReport report) {
    if (report.screening()) {
      return "A screening, on class orders that settings are chosen on: none of these numbers is a"
          + " result.";
    }
    return report.tuningOrders().isEmpty()
        ? "The file names no class orders (tuning-orders) that settings were chosen on."
        : "Class orders "
            + StudyTables.listed(report.tuningOrders())
            + " are for choosing settings (tuning-orders) and not reported.";
  }

  private static String noise(double share) {
    return "Training labels were replaced with probability "
        + share
        + " by another class of the task (label-noise), in a class order the same ones for all"
        + " strategies; test labels are as they were. Seeds are compared with real examples as"
        + " these were labelled.";
  }

  private static List<String> performed(StudyReport report, Performed performed) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Wall time: "
            + StudyText.hours(report.seconds() / 3600)
            + " while its runs were at work; they computed for "
            + StudyText.hours(performed.computeSeconds() / 3600)
            + " in all.");
    StudyCircumstances submitted = performed.submitted();
    if (submitted != null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Submitted by `%s`, %s at a time on %s and %s; load %.1f then, %.1f at the report.",
              TextTable.oneLine(submitted.command()),
              Numbers.counted(submitted.parallel(), "run", "runs"),
              Numbers.counted(submitted.workers(), "worker", "workers"),
              Numbers.counted(submitted.cores(), "core", "cores"),
              submitted.load(),
              performed.loadAtEnd()));
    }
    notes.add(
        "Builds: runs by %s, submitted the last time by %s, reported by %s."
            .formatted(builds(report), performed.submittedBy(), performed.reportedBy()));
    return notes;
  }

  /** Of the programs that submitted the runs that are done. */
  private static String builds(StudyReport report) {
    List<String> builds =
        report.cells().stream()
            .map(Cell::codeVersion)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    return builds.isEmpty() ? "none yet" : String.join(", ", builds);
  }
}

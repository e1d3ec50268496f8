package io.autoseed.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.NewRun;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunCopy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogRebuildTest {
  private final Problems problems = new Problems(() -> {});

  private static RunCopy copy(String run, String forkedFrom, String beside) {
    return new RunCopy(
        new NewRun(
            run,
            null,
            List.of(),
            List.of(),
            "test",
            "avx2",
            Reuse.ENCODE,
            forkedFrom,
            forkedFrom == null ? null : 0,
            beside,
            null,
            false),
        "s",
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private List<String> inOrder(Set<String> known, RunCopy... copies) {
    return CatalogRebuild.inOrder(List.of(copies), known, problems).stream()
        .map(RunCopy::run)
        .toList();
  }

  @Test
  void whatARunNeedsComesBeforeIt() {
    assertThat(
            inOrder(
                Set.of("known"),
                copy("fork of fork", "fork", null),
                copy("fork", "parent", null),
                copy("baseline", null, "parent"),
                copy("parent", "known", null)))
        .containsSubsequence("parent", "fork", "fork of fork")
        .containsSubsequence("parent", "baseline")
        .hasSize(4);
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void aForkWithoutItsParentIsLeftOutAndReportedAndTheOthersGoOn() {
    assertThat(
            inOrder(
                Set.of(),
                copy("fork of fork", "fork", null),
                copy("fork", "damaged", null),
                copy("other", null, null)))
        .containsExactly("other");

    assertThat(problems.all())
        .extracting(Difference::object)
        .containsExactly("catalog: run fork of fork", "catalog: run fork");
    assertThat(problems.all().get(1).expected()).contains("run damaged");
  }
}

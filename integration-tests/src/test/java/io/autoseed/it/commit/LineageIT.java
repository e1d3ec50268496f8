package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.Lineage;
import io.autoseed.activities.catalog.LineageEdge;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.commit.FaultPoint;
import io.autoseed.activities.commit.PhaseStart;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.Digests;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where things come from and what became of them, in the real catalog. */
class LineageIT {
  @TempDir Path folder;
  private CommitFixture fixture;
  private Lineage lineage;
  private String run;

  @BeforeEach
  void open() {
    fixture = new CommitFixture(folder);
    lineage = new Lineage(fixture.catalog);
    run = fixture.run(Reuse.ENCODE);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void lineageLeadsUpToTheFirstManifestAndDownToTheLast() {
    ManifestReference first = fixture.perform(run, 0, Phase.ADAPT, null, "one").manifest();
    ManifestReference second = fixture.perform(run, 0, Phase.SEED_UPDATE, first, "two").manifest();
    ManifestReference third = fixture.perform(run, 1, Phase.ADAPT, second, "three").manifest();
    fixture.perform(fixture.run(Reuse.ENCODE), 0, Phase.ADAPT, null, "stranger");

    assertThat(lineage.up(third.sha256()))
        .extracting(edge -> edge.task() + " " + edge.phase() + " " + edge.direction())
        .contains("0 ADAPT produced", "0 SEED_UPDATE consumed", "1 ADAPT consumed");
    assertThat(lineage.up(third.sha256()))
        .filteredOn(edge -> edge.direction().equals("consumed"))
        .extracting(LineageEdge::sha256)
        .containsExactly(first.sha256(), second.sha256());
    assertThat(lineage.up(first.sha256())).extracting(LineageEdge::phase).containsOnly("ADAPT");
    assertThat(lineage.down(first.sha256()))
        .filteredOn(edge -> edge.kind().equals("manifest"))
        .filteredOn(edge -> edge.direction().equals("produced"))
        .extracting(LineageEdge::sha256)
        .containsExactly(second.sha256(), third.sha256());
    assertThat(lineage.up(run + "@1")).extracting(LineageEdge::run).containsOnly(run);
  }

  @Test
  void theStartOfADigestIsEnoughIfItIsTheOnlyOne() {
    String start = Digests.sha256(CommitFixture.bytes(run)).substring(0, 20);
    List<ArtifactReference> read =
        List.of(
            ArtifactReference.outside("encoder", start + "0".repeat(44), 0),
            ArtifactReference.outside("encoder", start + "1".repeat(44), 0));
    fixture
        .open(CommitFixture.plan(run, 0, Phase.ADAPT, null))
        .commit(CommitFixture.product("one", Map.of()).withConsumed(read));

    assertThat(lineage.down(start + "00"))
        .isNotEmpty()
        .isEqualTo(lineage.down(start + "0".repeat(44)));
    assertThatThrownBy(() -> lineage.down(start))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining(start + "0".repeat(44))
        .hasMessageContaining("more digits");
  }

  @Test
  void aNameThatNothingHasIsRefused() {
    assertThatThrownBy(() -> lineage.up("nobody"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void ofARunWhoseFeaturesWereAdoptedOnlyTheirEncodingIsShown() {
    String other = fixture.run(Reuse.ENCODE);
    ManifestReference learned = fixture.perform(other, 0, Phase.PUBLISH, null, "other").manifest();
    String key = Digests.sha256(CommitFixture.bytes(run));
    fixture
        .open(CommitFixture.plan(other, 1, Phase.ENCODE, learned, key, Reuse.ENCODE))
        .commit(CommitFixture.product("features", Map.of()));
    ManifestReference before = fixture.perform(run, 0, Phase.PUBLISH, null, "own").manifest();
    ManifestReference adopted = adopt(1, before, key);
    ManifestReference replayed =
        fixture.perform(run, 1, Phase.REPLAY, adopted, "replayed").manifest();

    assertThat(lineage.up(replayed.sha256()))
        .extracting(edge -> owner(edge) + " " + edge.task() + " " + edge.phase())
        .contains("own 0 PUBLISH", "own 1 ENCODE", "own 1 REPLAY", "other 1 ENCODE")
        .doesNotContain("other 0 PUBLISH");
    assertThat(lineage.down(learned.sha256())).extracting(LineageEdge::run).doesNotContain(run);
    assertThat(lineage.down(before.sha256())).extracting(LineageEdge::phase).containsOnly("REPLAY");
  }

  @Test
  void theStartOfARunsIdIsEnoughIfNoOtherBeginsSo() {
    fixture.perform(run, 1, Phase.ADAPT, null, "one");
    String start = run.substring(0, run.length() - 1);

    assertThat(new RunHistory(fixture.catalog).id(start)).contains(run);
    assertThat(lineage.up(start)).isNotEmpty().isEqualTo(lineage.up(run));
    assertThat(lineage.up(start + "@second")).isNotEmpty().isEqualTo(lineage.up(run + "@1"));
    assertThatThrownBy(() -> lineage.up(start + "@third"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("no task third");
  }

  @Test
  void theStartOfSeveralIdsIsRefused() {
    fixture.run(Reuse.ENCODE);

    assertThatThrownBy(() -> new RunHistory(fixture.catalog).id("it-"))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("several runs begin with it-");
  }

  private ManifestReference adopt(int task, ManifestReference input, String key) {
    PhaseStart start =
        fixture
            .commit(FaultPoint.NONE)
            .begin(CommitFixture.plan(run, task, Phase.ENCODE, input, key, Reuse.ENCODE));
    if (start instanceof PhaseStart.Finished finished) {
      return finished.outcome().manifest();
    }
    throw new AssertionError("expected the features to be adopted");
  }

  private String owner(LineageEdge edge) {
    return edge.run().equals(run) ? "own" : "other";
  }
}

package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static Manifest manifest(String host, double loss) {
    String digest = "a".repeat(64);
    return new Manifest(
        new Manifest.Outcome(
            Phase.ADAPT,
            digest,
            new TreeMap<>(Map.of("adapter.safetensors", new Manifest.Content(digest, 12))),
            new TreeMap<>(Map.of("loss", loss)),
            List.of(new AccuracyCell("class-incremental", 1, 0, 1.0 / 3)),
            new SeedChanges(
                List.of(new SeedRow("s", 0, "coat", "adapter.safetensors", 0, 2)), List.of("t")),
            null),
        new Manifest.Envelope(
            "run",
            1,
            null,
            digest,
            new TreeMap<>(Map.of("adapter.safetensors", new Manifest.Place("key", "v1"))),
            List.of("adapter.safetensors"),
            List.of(ArtifactReference.outside("encoder", digest, 0)),
            null,
            "build",
            host,
            "avx2",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:01Z",
            1.5,
            7,
            List.of(new Manifest.Attempt(7, host, "build", "avx2", "2026-01-01T00:00:00Z")),
            digest,
            List.of(new AuditNote(0, "2026-01-01T00:00:00Z", "run-submitted", "{}"))));
  }

  @Test
  void theOutcomeDigestKnowsWhatWasComputedAndNotWhere() {
    assertThat(manifest("here", 0.1).outcomeDigest())
        .isEqualTo(manifest("there", 0.1).outcomeDigest())
        .isNotEqualTo(manifest("here", 0.2).outcomeDigest());
    assertThat(manifest("here", 0.1).bytes()).isNotEqualTo(manifest("there", 0.1).bytes());
  }

  @Test
  void aManifestReadsBackAsItWas() {
    Manifest written = manifest("here", 0.1 + 0.2);

    Manifest read = CanonicalJson.read(written.bytes(), Manifest.class);

    assertThat(read).isEqualTo(written);
    assertThat(read.bytes()).isEqualTo(written.bytes());
    assertThat(read.object("adapter.safetensors"))
        .isEqualTo(new StoredObject("key", "v1", "a".repeat(64), 12));
  }

  @Test
  void anObjectThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> manifest("here", 0).object("seeds.safetensors"))
        .hasMessageContaining("seeds.safetensors")
        .hasMessageContaining("adapter.safetensors")
        .hasMessageContaining("runs/run/manifests/1/ADAPT.json");
  }
}

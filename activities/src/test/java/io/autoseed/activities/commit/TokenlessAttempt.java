package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogAddress;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.Workplace;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseRequest;
import java.time.Instant;
import java.util.Map;

/** An attempt at ADAPT that no catalog knows of: it may save, look and give way, not commit. */
public final class TokenlessAttempt implements AutoCloseable {
  private static final String DIGEST = "0".repeat(64);

  private final Catalog nowhere =
      new Catalog(new CatalogAddress("jdbc:postgresql://127.0.0.1:1/none", "nobody", ""));
  private final PhaseAttempt attempt;

  public TokenlessAttempt(ArtifactStore store, String run) {
    attempt =
        new PhaseAttempt(
            new PhaseCommit(
                store, ObjectCache.none(), nowhere, new Workplace("host", "test", "avx2/test")),
            new PhasePlan(
                new PhaseRequest(run, DIGEST, 0, Phase.ADAPT, null),
                DIGEST,
                DIGEST,
                Map.of(),
                Reuse.NONE),
            1,
            Instant.EPOCH,
            new Checkpoints(store, run, 0, Phase.ADAPT, DIGEST));
  }

  public PhaseAttempt attempt() {
    return attempt;
  }

  @Override
  public void close() {
    nowhere.close();
  }
}

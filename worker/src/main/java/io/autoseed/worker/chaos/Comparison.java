package io.autoseed.worker.chaos;

import io.autoseed.worker.chaos.Member.PhaseName;
import io.autoseed.worker.chaos.Member.PhaseRecord;
import io.autoseed.worker.chaos.Member.Row;
import io.autoseed.workflows.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What runs that should have ended alike did not.
 *
 * @param sameDigests whether every phase of every run has the outcome that the undisturbed run's
 *     has
 * @param duplicateCommits how often a phase was committed once too often: in the store (versions of
 *     its manifest), in the audit chain or in what MLflow was told
 * @param lostPhases phases that the store or the catalog lacks, or of which they disagree
 * @param differences everything that is wrong, one line each; none if the proof holds
 */
record Comparison(
    boolean sameDigests, int duplicateCommits, int lostPhases, List<String> differences) {
  Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * @param reference the run that was left alone
   * @param others the runs that were not
   */
  static Comparison of(Member reference, List<Member> others) {
    Builder builder = new Builder(reference);
    builder.alone(reference);
    for (Member other : others) {
      builder.alone(other);
      builder.against(other);
    }
    return new Comparison(builder.same, builder.duplicates, builder.lost, builder.differences);
  }

  private static final class Builder {
    private final Member reference;
    private final List<String> differences = new ArrayList<>();
    private boolean same = true;
    private int duplicates;
    private int lost;

    Builder(Member reference) {
      this.reference = reference;
    }

    /** What is wrong with a run by itself. */
    void alone(Member member) {
      if (!member.state().equals("DONE")) {
        String why = member.failure() == null ? "" : ": " + member.failure();
        differ(member, "ended " + member.state() + why);
      }
      if (member.nondeterminisms() > 0) {
        differ(member, member.nondeterminisms() + " attempts computed another outcome");
      }
      if (member.failedActivities() > 0) {
        differ(member, member.failedActivities() + " activities failed for good");
      }
      member.damaged().forEach(object -> differ(member, object));
      member.phases().forEach((name, phase) -> phase(member, name, phase));
    }

    private void phase(Member member, PhaseName name, PhaseRecord phase) {
      if (phase.reused() && name.phase() != Phase.ENCODE) {
        differ(member, name + " was reused from another run");
      }
      Row row = phase.row();
      if (phase.outcome() == null || row == null) {
        lost++;
        differ(member, name + " is not in the " + (row == null ? "catalog" : "store"));
        return;
      }
      if (!row.outcome().equals(phase.outcome())
          || !Objects.equals(row.manifestVersion(), phase.manifestVersion())) {
        lost++;
        differ(member, name + ": the catalog names another manifest than the store holds");
      }
      once(member, name, phase.manifestVersions(), "versions of its manifest");
      once(member, name, row.audited(), "audit entries of its commit");
      once(member, name, row.told(), "rows for MLflow");
    }

    private void once(Member member, PhaseName name, int count, String what) {
      if (count > 1) {
        duplicates += count - 1;
        differ(member, name + " has " + count + " " + what);
      } else if (count == 0) {
        lost++;
        differ(member, name + " has no " + what);
      }
    }

    /** What differs from the run that was left alone. */
    void against(Member member) {
      if (!member.phases().keySet().equals(reference.phases().keySet())) {
        same = false;
        differ(member, "has other phases than " + reference.run());
      }
      member
          .phases()
          .forEach(
              (name, phase) -> {
                PhaseRecord expected = reference.phases().get(name);
                if (expected == null || !Objects.equals(expected.outcome(), phase.outcome())) {
                  same = false;
                  differ(
                      member,
                      "%s has the outcome %s, undisturbed %s"
                          .formatted(
                              name,
                              phase.outcome(),
                              expected == null ? "none" : expected.outcome()));
                }
              });
    }

    private void differ(Member member, String what) {
      differences.add(member.run() + ": " + what);
    }
  }
}

package io.autoseed.activities.store;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a phase's result depends on. Equal keys mean equal outcomes, so results may be reused.
 *
 * @param strategy the strategy's name, null for ENCODE
 * @param settings all settings of the strategy
 * @param strategyVersion the strategy's own version number
 * @param input outcome digest of the input manifest, null before the first phase and for ENCODE
 * @param task digest of the task document: classes in order, split, texts, templates
 * @param sequence digest of what the phase reads of the whole sequence: all its tasks, in order,
 *     and the rows to measure; null where it reads its own task alone
 * @param files digests of the files that the task reads
 * @param encoder digest of the encoder
 * @param alignment digest of the alignment to the joint space, null where the phase reads none
 * @param numericProfile digest of the numeric profile
 */
public record PhaseKey(
    Phase phase,
    String strategy,
    SortedMap<String, Object> settings,
    int strategyVersion,
    String input,
    String task,
    String sequence,
    List<String> files,
    String encoder,
    String alignment,
    String numericProfile,
    long randomSeed) {

  /**
   * The key of ENCODE, which reads nothing but files, texts and the encoder: it is the same for
   * every strategy, random seed and place in a run, so all of them share the features.
   */
  public static PhaseKey encode(
      String task, List<String> files, String encoder, String numericProfile) {
    return new PhaseKey(
        Phase.ENCODE,
        null,
        new TreeMap<>(),
        0,
        null,
        task,
        null,
        files,
        encoder,
        null,
        numericProfile,
        0);
  }

  /** SHA-256 of the key's canonical JSON. */
  public String digest() {
    return CanonicalJson.digest(this);
  }
}

package io.autoseed.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The search attributes of every workflow; the namespace must know them. */
public final class SearchAttributes {
  public static final SearchAttributeKey<String> RUN = SearchAttributeKey.forKeyword("AutoseedRun");
  public static final SearchAttributeKey<Long> TASK = SearchAttributeKey.forLong("AutoseedTask");
  public static final SearchAttributeKey<String> STRATEGY =
      SearchAttributeKey.forKeyword("AutoseedStrategy");
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("AutoseedPhase");
  public static final SearchAttributeKey<String> SEQUENCE =
      SearchAttributeKey.forKeyword("AutoseedSequence");

  private SearchAttributes() {}

  public static List<SearchAttributeKey<?>> all() {
    return List.of(RUN, TASK, STRATEGY, PHASE, SEQUENCE);
  }

  /** Those of a run's workflow. */
  public static io.temporal.common.SearchAttributes of(RunRequest request) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(RUN, request.run())
        .set(SEQUENCE, request.sequence())
        .set(STRATEGY, request.strategy())
        .build();
  }
}

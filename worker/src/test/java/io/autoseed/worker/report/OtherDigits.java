package io.autoseed.worker.report;

import java.util.Locale;
import java.util.function.Supplier;

/** A machine whose language writes numbers in other digits. */
public final class OtherDigits {
  private OtherDigits() {}

  /** What that comes to on such a machine. */
  public static <T> T during(Supplier<T> work) {
    Locale here = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      return work.get();
    } finally {
      Locale.setDefault(here);
    }
  }
}

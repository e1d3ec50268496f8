package io.autoseed.worker.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes: results on {@code out}, everything else on {@code err}.
 *
 * @param out standard output, UTF-8
 * @param err standard error, UTF-8
 * @param live whether {@code err} is a terminal on which a line may be drawn again
 * @param colour whether {@code out} may be coloured
 * @param columns width of the terminal in characters
 */
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, int columns) {
  private static final int DEFAULT_COLUMNS = 100;
  private static final int NARROWEST = 20;

  /**
   * The process's own streams. Java 17 cannot ask whether a stream is a terminal, so the launcher
   * says so in the property {@code autoseed.terminal}: {@code out}, {@code err}, both or neither.
   */
  static Terminal ofProcess(Map<String, String> environment) {
    String terminals = System.getProperty("autoseed.terminal", "");
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        terminals.contains("err") && !dumb,
        terminals.contains("out") && !dumb && !noColour,
        width());
  }

  /** One line about what happens or has happened; never a result. */
  void say(String line) {
    err.println(line);
    err.flush();
  }

  /** A terminal that does not know its width says 0. */
  private static int width() {
    int said = Integer.getInteger("autoseed.columns", DEFAULT_COLUMNS);
    return said < NARROWEST ? DEFAULT_COLUMNS : said;
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}

package io.autoseed.worker.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Every process of this program logs to standard error: its own messages from the level in the
 * property {@code autoseed.log.level} or the variable {@code AUTOSEED_LOG} (default INFO) on,
 * warnings of libraries (from services; commands say themselves what failed), and nothing else. In
 * code because reading a configuration file takes longer than the quick commands.
 */
public final class StandardErrorLogging extends ContextAwareBase implements Configurator {
  static final String LEVEL = "autoseed.log.level";

  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{24} %msg%n%ex";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level own = Level.toLevel(System.getProperty(LEVEL), Level.INFO);
    root.setLevel(own.isGreaterOrEqual(Level.WARN) ? Level.ERROR : Level.WARN);
    root.addAppender(appender);
    context.getLogger("io.autoseed").setLevel(own);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}

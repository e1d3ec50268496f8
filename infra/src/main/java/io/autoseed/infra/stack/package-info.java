/** The local stack: what it consists of, where it listens, how it is started, checked, stopped. */
package io.autoseed.infra.stack;

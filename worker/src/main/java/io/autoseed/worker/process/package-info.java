/** The worker process: polls the task queues of one numeric profile and performs what they hold. */
package io.autoseed.worker.process;

/** Brings the pinned programs into the cache, once, whoever asks how often at the same time. */
package io.autoseed.infra.install;

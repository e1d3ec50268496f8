/** The proof of durability: a run under random kills, compared with the same run left alone. */
package io.autoseed.worker.chaos;

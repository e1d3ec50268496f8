/** What the store need not keep: found, shown and, if asked, removed. */
package io.autoseed.activities.retention;

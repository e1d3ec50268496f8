/**
 * The catalog in PostgreSQL: what ran, what it read and left, what it measured, who did what. One
 * DAO an aggregate; the public classes are what the other packages may do with it.
 */
package io.autoseed.activities.catalog;

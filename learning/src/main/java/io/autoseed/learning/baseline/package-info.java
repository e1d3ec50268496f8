/** The strategies beside which a method is judged, trained alike. */
package io.autoseed.learning.baseline;

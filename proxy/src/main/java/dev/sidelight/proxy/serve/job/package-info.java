/**
 * Explanations as jobs: started, followed, stopped, kept, and written into the log. Start at {@link
 * dev.sidelight.proxy.serve.job.Jobs}.
 */
@NullMarked
package dev.sidelight.proxy.serve.job;

import org.jspecify.annotations.NullMarked;

/** Independent tasks on threads, handed out dynamically, and the request to stop them. */
package org.latticelift.io.run.task;

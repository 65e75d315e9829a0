/* prctl is variadic and therefore invisible to Swift. */
#ifndef BELLMAN_CLINUX_SHIM_H
#define BELLMAN_CLINUX_SHIM_H

#include <sys/prctl.h>

/* No core file of this process, and no other process of its user may look into its memory. 0 when done. */
static inline int bellman_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

#endif

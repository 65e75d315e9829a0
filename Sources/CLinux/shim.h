/* prctl is variadic and therefore invisible to Swift; eventfd is not in its Glibc module. */
#ifndef BELLMAN_CLINUX_SHIM_H
#define BELLMAN_CLINUX_SHIM_H

#include <sys/eventfd.h>
#include <sys/prctl.h>

/* No core file of this process, and no other process of its user may look into its memory. 0 when done. */
static inline int bellman_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* A descriptor that becomes readable when it is written to; below 0 where there is none. */
static inline int bellman_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif

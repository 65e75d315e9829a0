/* prctl is variadic and therefore invisible to Swift; eventfd and timerfd are not in its Glibc module. */
#ifndef BELLMAN_CLINUX_SHIM_H
#define BELLMAN_CLINUX_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* No core file of this process, and no other process of its user may look into its memory. 0 when done. */
static inline int bellman_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

/* A descriptor that becomes readable when it is written to; below 0 where there is none. */
static inline int bellman_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

/* What a timer of these has to say: nothing, its time came, or somebody set the clock (timerfd_create(2)). */
enum { BELLMAN_TIMER_QUIET = 0, BELLMAN_TIMER_DUE = 1, BELLMAN_TIMER_CLOCK_SET = 2, BELLMAN_TIMER_BROKEN = 3 };

/* A timer on the wall clock; below 0 where there is none. */
static inline int bellman_wall_timer(void) { return timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK); }

/* A timer on the time since the machine started, sleep included; below 0 where there is none. */
static inline int bellman_boot_timer(void) { return timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK); }

static inline struct itimerspec bellman_once(int64_t microseconds) {
    struct itimerspec once = {{0, 0}, {microseconds / 1000000, (microseconds % 1000000) * 1000}};
    return once;
}

static inline int bellman_timer_answer(int result) {
    if (result >= 0) return BELLMAN_TIMER_QUIET;
    return errno == ECANCELED ? BELLMAN_TIMER_CLOCK_SET : BELLMAN_TIMER_BROKEN;
}

/* Due at that instant, microseconds since 1970 (above 0); cancelled when the clock is set or the machine resumes. */
static inline int bellman_timer_at(int timer, int64_t microseconds) {
    struct itimerspec once = bellman_once(microseconds);
    return bellman_timer_answer(timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &once, 0));
}

/* Due after so many microseconds; 0 takes it off. */
static inline int bellman_timer_in(int timer, int64_t microseconds) {
    struct itimerspec once = bellman_once(microseconds);
    return bellman_timer_answer(timerfd_settime(timer, 0, &once, 0));
}

static inline int bellman_timer_read(int timer) {
    uint64_t times;
    if (read(timer, &times, sizeof times) == sizeof times) return BELLMAN_TIMER_DUE;
    if (errno == EAGAIN || errno == EINTR) return BELLMAN_TIMER_QUIET;
    return bellman_timer_answer(-1);
}

/* Opens for reading what lies beneath the folder, whatever stands there by now: a link that leads out is refused by the
   kernel (openat2(2), Linux 5.6). Below 0 with errno; ENOSYS or EPERM where the call is not to be had. */
static inline int bellman_open_beneath(int folder, const char *path) {
    struct open_how how = {
        .flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

#endif

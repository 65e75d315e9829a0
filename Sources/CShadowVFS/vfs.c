#include "CShadowVFS.h"
#include "memory.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_REGIONS = 4096, LOG_HEADER = 32, TRIES = 20 };

static sqlite3_vfs *system_vfs;
static sqlite3_vfs shadow_vfs;
static sqlite3_io_methods main_methods, log_methods;

/* The database. Its own file, opened by the system's VFS, follows in memory: closing a descriptor by hand would drop
 * the locks that other connections of the process hold on it. */
typedef struct main_file {
    sqlite3_file base;
    /* A reader that keeps the log as it is, so that no page of the file changes that is not in the copy of the log. */
    sqlite3 *pin;
    memory_pages pages;
    sqlite3_int64 size;
    void **regions;
    int region_count;
} main_file;

typedef struct log_file {
    sqlite3_file base;
    memory_log log;
} log_file;

static sqlite3_file *real(sqlite3_file *of) { return (sqlite3_file *)((char *)of + sizeof(main_file)); }

/* The database. */

static int main_close(sqlite3_file *of) {
    main_file *one = (main_file *)of;
    memory_pages_free(&one->pages);
    for (int at = 0; at < one->region_count; at++) free(one->regions[at]);
    free(one->regions);
    one->regions = NULL;
    one->region_count = 0;
    sqlite3_close_v2(one->pin);
    return real(of)->pMethods->xClose(real(of));
}

static int main_read(sqlite3_file *of, void *to, int length, sqlite3_int64 offset) {
    main_file *one = (main_file *)of;
    int code = real(of)->pMethods->xRead(real(of), to, length, offset);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    memory_pages_overlay(&one->pages, to, (size_t)length, (size_t)offset);
    return offset + length <= one->size ? SQLITE_OK : code;
}

static int main_write(sqlite3_file *of, const void *from, int length, sqlite3_int64 offset) {
    main_file *one = (main_file *)of;
    if (length % MEMORY_BLOCK || offset % MEMORY_BLOCK) return SQLITE_IOERR_WRITE;
    if (memory_pages_write(&one->pages, from, (size_t)length, (size_t)offset)) return SQLITE_IOERR_NOMEM;
    if (offset + length > one->size) one->size = offset + length;
    return SQLITE_OK;
}

static int main_truncate(sqlite3_file *of, sqlite3_int64 size) {
    ((main_file *)of)->size = size;
    return SQLITE_OK;
}

static int main_size(sqlite3_file *of, sqlite3_int64 *size) {
    *size = ((main_file *)of)->size;
    return SQLITE_OK;
}

static int map_region(sqlite3_file *of, int region, int size, int extend, void volatile **at) {
    main_file *one = (main_file *)of;
    *at = NULL;
    if (region >= MOST_REGIONS) return SQLITE_IOERR_SHMMAP;
    if (region >= one->region_count) {
        if (!extend) return SQLITE_OK;
        void **regions = realloc(one->regions, (size_t)(region + 1) * sizeof *regions);
        if (!regions) return SQLITE_IOERR_NOMEM;
        one->regions = regions;
        while (one->region_count <= region) {
            if (!(regions[one->region_count] = calloc(1, (size_t)size))) return SQLITE_IOERR_NOMEM;
            one->region_count++;
        }
    }
    *at = one->regions[region];
    return SQLITE_OK;
}

/* One connection uses a shadow, so all locks are always free. */
static int lock_region(sqlite3_file *of, int offset, int count, int flags) {
    (void)of, (void)offset, (void)count, (void)flags;
    return SQLITE_OK;
}
static void barrier(sqlite3_file *of) { (void)of; }
static int unmap_regions(sqlite3_file *of, int deletes) {
    (void)of, (void)deletes;
    return SQLITE_OK;
}

/* The log. */

static int log_close(sqlite3_file *of) {
    memory_log_free(&((log_file *)of)->log);
    return SQLITE_OK;
}

static int log_read(sqlite3_file *of, void *to, int length, sqlite3_int64 offset) {
    size_t there = memory_log_read(&((log_file *)of)->log, to, (size_t)length, (size_t)offset);
    return there == (size_t)length ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int log_write(sqlite3_file *of, const void *from, int length, sqlite3_int64 offset) {
    int failed = memory_log_write(&((log_file *)of)->log, from, (size_t)length, (size_t)offset);
    return failed ? SQLITE_IOERR_NOMEM : SQLITE_OK;
}

static int log_truncate(sqlite3_file *of, sqlite3_int64 size) {
    memory_log_cut(&((log_file *)of)->log, (size_t)size);
    return SQLITE_OK;
}

static int log_size(sqlite3_file *of, sqlite3_int64 *size) {
    *size = (sqlite3_int64)((log_file *)of)->log.size;
    return SQLITE_OK;
}

/* Both. */

static int nothing_to_sync(sqlite3_file *of, int flags) {
    (void)of, (void)flags;
    return SQLITE_OK;
}
static int always_locked(sqlite3_file *of, int level) {
    (void)of, (void)level;
    return SQLITE_OK;
}
static int nobody_reserves(sqlite3_file *of, int *held) {
    (void)of;
    *held = 0;
    return SQLITE_OK;
}
static int no_control(sqlite3_file *of, int operation, void *argument) {
    (void)of, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}
static int sector(sqlite3_file *of) {
    (void)of;
    return MEMORY_BLOCK;
}
static int characteristics(sqlite3_file *of) {
    (void)of;
    return 0;
}

/* Opening. */

/* A read transaction, begun: from here on nobody writes back or overwrites what the log holds now. */
static int set_pin(const char *path, sqlite3 **pin) {
    int code = sqlite3_open_v2(path, pin, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, system_vfs->zName);
    if (code != SQLITE_OK) return code;
    sqlite3_db_config(*pin, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_wal_autocheckpoint(*pin, 0);
    sqlite3_busy_timeout(*pin, 5000);
    return sqlite3_exec(*pin, "BEGIN; SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
}

static int open_main(const char *path, sqlite3_file *of, int flags, int *seen_flags) {
    main_file *one = (main_file *)of;
    memset(one, 0, sizeof *one);
    int code = set_pin(path, &one->pin);
    if (code == SQLITE_OK) {
        int wanted = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        code = system_vfs->xOpen(system_vfs, path, real(of), wanted, NULL);
    }
    if (code == SQLITE_OK) code = real(of)->pMethods->xFileSize(real(of), &one->size);
    if (code != SQLITE_OK) {
        if (real(of)->pMethods) real(of)->pMethods->xClose(real(of));
        sqlite3_close_v2(one->pin);
        return code;
    }
    of->pMethods = &main_methods;
    if (seen_flags) *seen_flags = flags;
    return SQLITE_OK;
}

/* 1 when it was read whole, 0 when it was begun anew meanwhile, -1 on an error. */
static int copy_log(int descriptor, memory_log *log) {
    unsigned char before[LOG_HEADER], after[LOG_HEADER], part[65536];
    ssize_t count = pread(descriptor, before, sizeof before, 0);
    if (count < 0) return -1;
    if (count < LOG_HEADER) return 1;
    size_t offset = 0;
    while ((count = pread(descriptor, part, sizeof part, (off_t)offset)) > 0) {
        if (memory_log_write(log, part, (size_t)count, offset)) return -1;
        offset += (size_t)count;
    }
    if (count < 0 || pread(descriptor, after, sizeof after, 0) != LOG_HEADER) return -1;
    return memcmp(before, after, LOG_HEADER) == 0 && memcmp(before, log->data, LOG_HEADER) == 0;
}

static int open_log(const char *path, sqlite3_file *of, int flags, int *seen_flags) {
    log_file *one = (log_file *)of;
    memset(one, 0, sizeof *one);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    int copied = descriptor < 0;
    for (int tries = 0; !copied && tries < TRIES; tries++) {
        memory_log_cut(&one->log, 0);
        copied = copy_log(descriptor, &one->log);
    }
    /* No lock is ever taken on the log itself. */
    if (descriptor >= 0) close(descriptor);
    if (copied != 1) {
        memory_log_free(&one->log);
        return copied ? SQLITE_IOERR_READ : SQLITE_BUSY;
    }
    of->pMethods = &log_methods;
    if (seen_flags) *seen_flags = flags;
    return SQLITE_OK;
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *of, int flags, int *seen_flags) {
    (void)vfs;
    if (flags & SQLITE_OPEN_MAIN_DB) return open_main(path, of, flags, seen_flags);
    if (flags & SQLITE_OPEN_WAL) return open_log(path, of, flags, seen_flags);
    /* A database that keeps a journal is none of Bellman's stores. */
    if (flags & SQLITE_OPEN_MAIN_JOURNAL) return SQLITE_CANTOPEN;
    return system_vfs->xOpen(system_vfs, path, of, flags, seen_flags);
}

static int delete_nothing(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs, (void)path, (void)syncs_folder;
    return SQLITE_OK;
}
static int check_access(sqlite3_vfs *vfs, const char *path, int flags, int *answer) {
    (void)vfs;
    return system_vfs->xAccess(system_vfs, path, flags, answer);
}
static int full_path(sqlite3_vfs *vfs, const char *path, int room, char *to) {
    (void)vfs;
    return system_vfs->xFullPathname(system_vfs, path, room, to);
}
static int randomness(sqlite3_vfs *vfs, int count, char *to) {
    (void)vfs;
    return system_vfs->xRandomness(system_vfs, count, to);
}
static int sleep_for(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return system_vfs->xSleep(system_vfs, microseconds);
}
static int present_time(sqlite3_vfs *vfs, double *at) {
    (void)vfs;
    return system_vfs->xCurrentTime(system_vfs, at);
}
static int last_error(sqlite3_vfs *vfs, int room, char *to) {
    (void)vfs;
    return system_vfs->xGetLastError ? system_vfs->xGetLastError(system_vfs, room, to) : 0;
}
static int present_milliseconds(sqlite3_vfs *vfs, sqlite3_int64 *at) {
    (void)vfs;
    return system_vfs->xCurrentTimeInt64(system_vfs, at);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int registered = SQLITE_ERROR;

static void fill_methods(void) {
    main_methods = (sqlite3_io_methods){
        .iVersion = 2, .xClose = main_close, .xRead = main_read, .xWrite = main_write, .xTruncate = main_truncate,
        .xSync = nothing_to_sync, .xFileSize = main_size, .xLock = always_locked, .xUnlock = always_locked,
        .xCheckReservedLock = nobody_reserves, .xFileControl = no_control, .xSectorSize = sector,
        .xDeviceCharacteristics = characteristics, .xShmMap = map_region, .xShmLock = lock_region,
        .xShmBarrier = barrier, .xShmUnmap = unmap_regions,
    };
    log_methods = (sqlite3_io_methods){
        .iVersion = 1, .xClose = log_close, .xRead = log_read, .xWrite = log_write, .xTruncate = log_truncate,
        .xSync = nothing_to_sync, .xFileSize = log_size, .xLock = always_locked, .xUnlock = always_locked,
        .xCheckReservedLock = nobody_reserves, .xFileControl = no_control, .xSectorSize = sector,
        .xDeviceCharacteristics = characteristics,
    };
}

static void register_once(void) {
    if (sqlite3_initialize() != SQLITE_OK || !(system_vfs = sqlite3_vfs_find("unix"))) return;
    fill_methods();
    int log_room = (int)sizeof(log_file);
    int main_room = (int)sizeof(main_file) + system_vfs->szOsFile;
    shadow_vfs = (sqlite3_vfs){
        .iVersion = 2, .szOsFile = main_room > log_room ? main_room : log_room, .mxPathname = system_vfs->mxPathname,
        .zName = SHADOW_VFS_NAME, .xOpen = open_file, .xDelete = delete_nothing, .xAccess = check_access,
        .xFullPathname = full_path, .xRandomness = randomness, .xSleep = sleep_for, .xCurrentTime = present_time,
        .xGetLastError = last_error, .xCurrentTimeInt64 = present_milliseconds,
    };
    registered = sqlite3_vfs_register(&shadow_vfs, 0);
}

int shadow_register(void) {
    pthread_once(&once, register_once);
    return registered;
}

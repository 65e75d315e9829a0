/* The VFS: every call on a watched file passes the fuse, is noted, and then goes to the system's VFS. */
#include "CPowerVFS.h"
#include "state.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *system_vfs;
static sqlite3_vfs power_vfs;
static sqlite3_io_methods methods;
static char watched[1024];
static int planted, is_off, checkpoint_pages;
static long fuse, events, open_files;

typedef struct file {
    sqlite3_file base;
    /* NULL for a file that is not watched. */
    node *content;
    /* The system's VFS syncs the folder at the first sync of a log or journal, so that its name is durable. */
    int syncs_folder;
    sqlite3 *connection;
} file;

static sqlite3_file *real(sqlite3_file *of) { return (sqlite3_file *)((char *)of + sizeof(file)); }
static node *content(sqlite3_file *of) { return ((file *)of)->content; }

/* With the lock held. 1 when the power is off after it. */
static int pass_fuse(void) {
    if (is_off) return 1;
    events++;
    if (fuse > 0 && --fuse == 0) is_off = 1;
    return is_off;
}

/* Files. */

static int close_file(sqlite3_file *of) {
    int code = real(of)->pMethods->xClose(real(of));
    if (content(of)) {
        pthread_mutex_lock(&lock);
        open_files--;
        pthread_mutex_unlock(&lock);
    }
    return code;
}

static int read_file(sqlite3_file *of, void *to, int length, sqlite3_int64 offset) {
    return real(of)->pMethods->xRead(real(of), to, length, offset);
}

/* What is under way when the power goes may have reached the disk in part: it is noted all the same. */
static int write_file(sqlite3_file *of, const void *from, int length, sqlite3_int64 offset) {
    if (content(of)) {
        pthread_mutex_lock(&lock);
        int was_off = is_off, off = pass_fuse(), failed = 0;
        if (!was_off) failed = state_write(content(of), from, (size_t)length, (size_t)offset);
        pthread_mutex_unlock(&lock);
        if (off || failed) return SQLITE_IOERR_WRITE;
    }
    return real(of)->pMethods->xWrite(real(of), from, length, offset);
}

static int truncate_file(sqlite3_file *of, sqlite3_int64 size) {
    if (content(of)) {
        pthread_mutex_lock(&lock);
        int was_off = is_off, off = pass_fuse(), failed = 0;
        if (!was_off) failed = state_truncate(content(of), (size_t)size);
        pthread_mutex_unlock(&lock);
        if (off || failed) return SQLITE_IOERR_TRUNCATE;
    }
    return real(of)->pMethods->xTruncate(real(of), size);
}

static int sync_file(sqlite3_file *of, int flags) {
    file *one = (file *)of;
    if (!one->content) return real(of)->pMethods->xSync(real(of), flags);
    pthread_mutex_lock(&lock);
    int off = pass_fuse();
    int does_nothing = planted & POWER_PLANT_NO_SYNC;
    if (!off && !does_nothing) {
        state_sync(one->content);
        if (one->syncs_folder && !(off = pass_fuse())) {
            state_sync_folder();
            one->syncs_folder = 0;
        }
    }
    pthread_mutex_unlock(&lock);
    return off ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int size_of_file(sqlite3_file *of, sqlite3_int64 *size) {
    return real(of)->pMethods->xFileSize(real(of), size);
}
static int lock_file(sqlite3_file *of, int level) { return real(of)->pMethods->xLock(real(of), level); }
static int unlock_file(sqlite3_file *of, int level) { return real(of)->pMethods->xUnlock(real(of), level); }
static int check_reserved(sqlite3_file *of, int *held) {
    return real(of)->pMethods->xCheckReservedLock(real(of), held);
}
static int sector_size(sqlite3_file *of) { return real(of)->pMethods->xSectorSize(real(of)); }
static int characteristics(sqlite3_file *of) { return real(of)->pMethods->xDeviceCharacteristics(real(of)); }

/* {where an answer goes, name, value}: SQLite asks the VFS before it acts on a PRAGMA. */
static int pragma(file *of, char **words) {
    const char *name = words[1], *value = words[2];
    if (!name || !value) return SQLITE_NOTFOUND;
    if (sqlite3_stricmp(name, "synchronous") == 0 && sqlite3_stricmp(value, "FULL") == 0)
        return planted & POWER_PLANT_NORMAL ? SQLITE_OK : SQLITE_NOTFOUND;
    if (sqlite3_stricmp(name, "wal_autocheckpoint") == 0 && checkpoint_pages > 0 && atoi(value) > 0 && of->connection) {
        sqlite3_wal_autocheckpoint(of->connection, checkpoint_pages);
        return SQLITE_OK;
    }
    return SQLITE_NOTFOUND;
}

static int control(sqlite3_file *of, int operation, void *argument) {
    file *one = (file *)of;
    if (one->content && operation == SQLITE_FCNTL_PDB) one->connection = *(sqlite3 **)argument;
    if (one->content && operation == SQLITE_FCNTL_PRAGMA) {
        int code = pragma(one, argument);
        if (code != SQLITE_NOTFOUND) return code;
    }
    return real(of)->pMethods->xFileControl(real(of), operation, argument);
}

static int map_shared(sqlite3_file *of, int page, int size, int extend, void volatile **at) {
    return real(of)->pMethods->xShmMap(real(of), page, size, extend, at);
}
static int lock_shared(sqlite3_file *of, int offset, int count, int flags) {
    return real(of)->pMethods->xShmLock(real(of), offset, count, flags);
}
static void barrier(sqlite3_file *of) { real(of)->pMethods->xShmBarrier(real(of)); }
static int unmap_shared(sqlite3_file *of, int deletes) {
    return real(of)->pMethods->xShmUnmap(real(of), deletes);
}

/* Names. */

static int is_watched(const char *path) {
    size_t length = strlen(watched);
    return path && length && strncmp(path, watched, length) == 0 && path[length] == '/';
}

static int exists(const char *path) { return access(path, F_OK) == 0; }

/* A file that came into being beside the VFS, empty: its name is not durable until the folder is synced. */
static node *known(const char *path) {
    entry *at = state_entry(path, 1);
    if (!at) return NULL;
    if (!at->now) {
        node *made = state_node();
        if (!made) return NULL;
        state_name(at, made);
    }
    return at->now;
}

static int open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *of, int flags, int *seen_flags) {
    (void)vfs;
    file *one = (file *)of;
    memset(one, 0, sizeof *one);
    int is_kept = is_watched(path) && (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL));
    if (is_kept) {
        pthread_mutex_lock(&lock);
        int off = !exists(path) && (flags & SQLITE_OPEN_CREATE) ? pass_fuse() : is_off;
        pthread_mutex_unlock(&lock);
        if (off) return SQLITE_CANTOPEN;
    }
    int code = system_vfs->xOpen(system_vfs, path, real(of), flags, seen_flags);
    if (code != SQLITE_OK) return code;
    of->pMethods = &methods;
    if (is_kept) {
        pthread_mutex_lock(&lock);
        one->content = known(path);
        one->syncs_folder = (flags & SQLITE_OPEN_CREATE) && !(flags & SQLITE_OPEN_MAIN_DB);
        open_files++;
        pthread_mutex_unlock(&lock);
    }
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs;
    if (!is_watched(path)) return system_vfs->xDelete(system_vfs, path, syncs_folder);
    pthread_mutex_lock(&lock);
    entry *at = state_entry(path, 0);
    int off = pass_fuse();
    if (!off && at) {
        state_name(at, NULL);
        if (syncs_folder && !(planted & POWER_PLANT_NO_SYNC) && !(off = pass_fuse())) state_sync_folder();
    }
    pthread_mutex_unlock(&lock);
    return off ? SQLITE_IOERR_DELETE : system_vfs->xDelete(system_vfs, path, 0);
}

static void fill_methods(void) {
    methods = (sqlite3_io_methods){
        .iVersion = 2, .xClose = close_file, .xRead = read_file, .xWrite = write_file, .xTruncate = truncate_file,
        .xSync = sync_file, .xFileSize = size_of_file, .xLock = lock_file, .xUnlock = unlock_file,
        .xCheckReservedLock = check_reserved, .xFileControl = control, .xSectorSize = sector_size,
        .xDeviceCharacteristics = characteristics, .xShmMap = map_shared, .xShmLock = lock_shared,
        .xShmBarrier = barrier, .xShmUnmap = unmap_shared,
    };
}

/* What the driver calls. */

int power_begin(const char *folder, uint64_t seed, int plants) {
    pthread_mutex_lock(&lock);
    if (!system_vfs) {
        system_vfs = sqlite3_vfs_find(NULL);
        fill_methods();
        power_vfs = *system_vfs;
        power_vfs.zName = "power";
        power_vfs.szOsFile = (int)sizeof(file) + system_vfs->szOsFile;
        power_vfs.xOpen = open_file;
        power_vfs.xDelete = delete_file;
    }
    int code = sqlite3_vfs_register(&power_vfs, 1);
    state_clear();
    state_seed(seed);
    snprintf(watched, sizeof watched, "%s", folder);
    planted = plants;
    fuse = events = open_files = 0;
    is_off = checkpoint_pages = 0;
    pthread_mutex_unlock(&lock);
    return code;
}

void power_end(void) {
    pthread_mutex_lock(&lock);
    state_clear();
    if (system_vfs) sqlite3_vfs_register(system_vfs, 1);
    watched[0] = 0;
    fuse = 0;
    pthread_mutex_unlock(&lock);
}

void power_fuse(long from_now) {
    pthread_mutex_lock(&lock);
    fuse = from_now;
    pthread_mutex_unlock(&lock);
}

int power_event(void) {
    pthread_mutex_lock(&lock);
    int off = pass_fuse();
    pthread_mutex_unlock(&lock);
    return off;
}

static long guarded(const long *value) {
    pthread_mutex_lock(&lock);
    long seen = *value;
    pthread_mutex_unlock(&lock);
    return seen;
}

long power_events(void) { return guarded(&events); }
long power_open_files(void) { return guarded(&open_files); }

int power_is_off(void) {
    pthread_mutex_lock(&lock);
    int off = is_off;
    pthread_mutex_unlock(&lock);
    return off;
}

long power_unsynced(void) {
    pthread_mutex_lock(&lock);
    long sum = state_unsynced();
    pthread_mutex_unlock(&lock);
    return sum;
}

void power_checkpoint_pages(int pages) {
    pthread_mutex_lock(&lock);
    checkpoint_pages = pages;
    pthread_mutex_unlock(&lock);
}

/* The loss. */

static int put(const char *path, const bytes *image) {
    unlink(path);
    int to = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (to < 0) return -1;
    size_t done = 0;
    while (done < image->size) {
        ssize_t count = write(to, image->data + done, image->size - done);
        if (count <= 0) break;
        done += (size_t)count;
    }
    close(to);
    return done == image->size ? 0 : -1;
}

/* The shared index of a log is no part of the promise: it may be gone, or hold anything. */
static void spoil_shared(const char *path) {
    char name[1100];
    snprintf(name, sizeof name, "%s-shm", path);
    if (!exists(name)) return;
    bytes image = {0};
    unsigned char any[64];
    for (size_t at = 0; at < sizeof any; at++) any[at] = (unsigned char)state_random();
    unlink(name);
    for (size_t at = 0; state_below(2) && at < 32768; at += sizeof any) bytes_write(&image, any, sizeof any, at, 0);
    if (image.size) put(name, &image);
    bytes_free(&image);
}

typedef struct survivor {
    char *path;
    bytes image;
} survivor;

enum { MOST_FILES = 16 };
static survivor left[MOST_FILES];
static size_t left_count;

static void forget_left(void) {
    for (size_t at = 0; at < left_count; at++) {
        free(left[at].path);
        bytes_free(&left[at].image);
    }
    left_count = 0;
}

/* One of the states that the disk may show, into `left`. */
static int choose(int survivors) {
    forget_left();
    size_t kept = state_surviving_names();
    for (entry *each = state_entries(); each; each = each->next) {
        node *file = state_name_after(each, kept);
        if (!file) continue;
        if (left_count == MOST_FILES) return -1;
        survivor *one = &left[left_count];
        if (state_image(file, survivors, planted & POWER_PLANT_TORN_NEIGHBOUR, &one->image)) return -1;
        one->path = strdup(each->path);
        left_count++;
    }
    return 0;
}

static void path_in(const char *folder, const char *path, char *to, size_t room) {
    snprintf(to, room, "%s%s", folder, strrchr(path, '/'));
}

/* Files of this folder that the state does not have go, those that it has come. */
static int show(const char *folder) {
    char path[2100];
    int failed = 0;
    for (entry *each = state_entries(); each; each = each->next) {
        path_in(folder, each->path, path, sizeof path);
        unlink(path);
        spoil_shared(path);
    }
    for (size_t at = 0; at < left_count && !failed; at++) {
        path_in(folder, left[at].path, path, sizeof path);
        failed = put(path, &left[at].image);
    }
    return failed;
}

int power_show(const char *folder, int survivors) {
    pthread_mutex_lock(&lock);
    int failed = choose(survivors) || show(folder);
    pthread_mutex_unlock(&lock);
    return failed;
}

int power_resume(void) {
    pthread_mutex_lock(&lock);
    if (open_files != 0 || show(watched)) {
        pthread_mutex_unlock(&lock);
        return -1;
    }
    state_clear();
    int failed = 0;
    for (size_t at = 0; at < left_count && !failed; at++) {
        entry *name = state_entry(left[at].path, 1);
        node *made = state_node();
        failed = !name || !made;
        if (failed) break;
        made->durable = left[at].image;
        memset(&left[at].image, 0, sizeof left[at].image);
        name->durable = name->now = made;
    }
    forget_left();
    is_off = 0;
    fuse = 0;
    pthread_mutex_unlock(&lock);
    return failed;
}

int power_copy_seen(const char *folder) {
    pthread_mutex_lock(&lock);
    int failed = 0;
    for (entry *each = state_entries(); each && !failed; each = each->next) {
        char path[2100];
        path_in(folder, each->path, path, sizeof path);
        bytes image = {0};
        unlink(path);
        spoil_shared(path);
        if (each->now) failed = state_image(each->now, KEEP_ALL, 0, &image) || put(path, &image);
        bytes_free(&image);
    }
    pthread_mutex_unlock(&lock);
    return failed;
}

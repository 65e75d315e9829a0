/* Simulated power loss for SQLite: a VFS over the system's own that knows which writes were synced.
 *
 * For tests and `bellman-power` alone; it is linked into no `bellman`. Files below one folder are watched, all others go
 * through untouched. Each watched file has two faces: the real file, which is what the process sees, and in memory what
 * the disk holds for certain together with the writes that came after the last sync. When the power goes, every later
 * call fails; `power_show` writes one of the states that a disk could then show, and `power_resume` goes on from it. */
#ifndef BELLMAN_CPOWERVFS_H
#define BELLMAN_CPOWERVFS_H

#include <stdint.h>

/* Bugs that can be planted. */
enum {
    /* `PRAGMA synchronous = FULL` is swallowed: the connection stays at the NORMAL that came before it. */
    POWER_PLANT_NORMAL = 1,
    /* Syncs do nothing, as with `synchronous = OFF` or a drive that lies. */
    POWER_PLANT_NO_SYNC = 2,
    /* A write that was half done may damage its neighbour sector, which SQLite is told cannot happen. */
    POWER_PLANT_TORN_NEIGHBOUR = 4,
};

/* Makes this the process's default VFS and watches `folder`; all state begins anew, with power on. 0 when done. */
int power_begin(const char *folder, uint64_t seed, int plants);

/* Forgets all files, watches nothing, and leaves the system's VFS as the default that it was. */
void power_end(void);

/* The power goes at that event from now, 1 being the next; 0: not at all. */
void power_fuse(long events);

/* An event that is no write, such as a message that leaves. 1 when the power goes at this event or went before. */
int power_event(void);

int power_is_off(void);

/* Events since `power_begin`: what a fuse counts. */
long power_events(void);

/* Bytes written and not yet synced, all files together. */
long power_unsynced(void);

/* Connections' files that are open below the folder. */
long power_open_files(void);

/* In place of the value of every `PRAGMA wal_autocheckpoint` that is above 0; 0 leaves them alone. */
void power_checkpoint_pages(int pages);

/* Writes one of the states that the disk may show after the loss into another folder. `survivors` is how many of a
 * hundred unsynced sectors the disk kept. What was seen and what is possible stay as they are. 0 when done. */
int power_show(const char *folder, int survivors);

/* Puts the state that was shown last in the place of the watched files, makes it the truth, and turns the power on. All
 * files must be closed. 0 when done. */
int power_resume(void);

/* Writes the watched files into another folder as though everything had been synced: what the dying process saw. */
int power_copy_seen(const char *folder);

/* A connection that reads beside the store and changes nothing. */
typedef struct power_reader power_reader;
power_reader *power_reader_open(const char *path);
void power_reader_close(power_reader *reader);

/* One number for every row of every table, in order; 0 when it cannot be read. */
uint64_t power_reader_digest(power_reader *reader);

/* The first column of the first row of a statement with at most one text to bind; -1 for none, -2 for an error. */
int64_t power_reader_number(power_reader *reader, const char *sql, const char *text);

/* 1 when SQLite's full check finds nothing. */
int power_reader_is_sound(power_reader *reader);

#endif

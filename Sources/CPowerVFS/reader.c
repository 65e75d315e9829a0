/* A plain connection beside the store: what a stranger reads in the file. */
#include "CPowerVFS.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TABLES = 64 };

struct power_reader {
    sqlite3 *connection;
    sqlite3_stmt *tables[MOST_TABLES];
    int count;
};

static int prepare_tables(power_reader *reader) {
    sqlite3_stmt *names = NULL;
    const char *sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    if (sqlite3_prepare_v2(reader->connection, sql, -1, &names, NULL) != SQLITE_OK) return -1;
    int code;
    while ((code = sqlite3_step(names)) == SQLITE_ROW && reader->count < MOST_TABLES) {
        char *text = sqlite3_mprintf("SELECT * FROM \"%w\"", sqlite3_column_text(names, 0));
        int made = sqlite3_prepare_v2(reader->connection, text, -1, &reader->tables[reader->count], NULL);
        sqlite3_free(text);
        if (made != SQLITE_OK) break;
        reader->count++;
    }
    sqlite3_finalize(names);
    return code == SQLITE_DONE ? 0 : -1;
}

power_reader *power_reader_open(const char *path) {
    power_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    int code = sqlite3_open_v2(path, &reader->connection, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) {
        /* The store under test shall find the log as the loss left it. */
        sqlite3_db_config(reader->connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        sqlite3_wal_autocheckpoint(reader->connection, 0);
        sqlite3_busy_timeout(reader->connection, 1000);
        if (prepare_tables(reader) == 0) return reader;
    }
    power_reader_close(reader);
    return NULL;
}

void power_reader_close(power_reader *reader) {
    if (!reader) return;
    for (int at = 0; at < reader->count; at++) sqlite3_finalize(reader->tables[at]);
    sqlite3_close_v2(reader->connection);
    free(reader);
}

/* FNV-1a, 64 bits. */
static uint64_t mix(uint64_t hash, const void *data, int length) {
    const unsigned char *at = data;
    for (int index = 0; index < length; index++) hash = (hash ^ at[index]) * 0x100000001B3u;
    return hash;
}

static uint64_t mix_row(uint64_t hash, sqlite3_stmt *row) {
    int columns = sqlite3_column_count(row);
    for (int column = 0; column < columns; column++) {
        int type = sqlite3_column_type(row, column);
        hash = mix(hash, &type, sizeof type);
        if (type == SQLITE_INTEGER) {
            sqlite3_int64 number = sqlite3_column_int64(row, column);
            hash = mix(hash, &number, sizeof number);
        } else if (type != SQLITE_NULL) {
            const void *data = sqlite3_column_blob(row, column);
            int length = sqlite3_column_bytes(row, column);
            hash = mix(mix(hash, &length, sizeof length), data, length);
        }
    }
    return hash;
}

uint64_t power_reader_digest(power_reader *reader) {
    uint64_t hash = 0xCBF29CE484222325u;
    /* One snapshot for all tables. */
    if (sqlite3_exec(reader->connection, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) return 0;
    int code = SQLITE_DONE;
    for (int at = 0; at < reader->count && code == SQLITE_DONE; at++) {
        hash = mix(hash, &at, sizeof at);
        while ((code = sqlite3_step(reader->tables[at])) == SQLITE_ROW) hash = mix_row(hash, reader->tables[at]);
        sqlite3_reset(reader->tables[at]);
    }
    sqlite3_exec(reader->connection, "COMMIT", NULL, NULL, NULL);
    if (code != SQLITE_DONE) return 0;
    return hash ? hash : 1;
}

int64_t power_reader_number(power_reader *reader, const char *sql, const char *text) {
    sqlite3_stmt *question = NULL;
    int64_t answer = -2;
    if (sqlite3_prepare_v2(reader->connection, sql, -1, &question, NULL) != SQLITE_OK) return answer;
    if (text) sqlite3_bind_text(question, 1, text, -1, SQLITE_TRANSIENT);
    int code = sqlite3_step(question);
    if (code == SQLITE_ROW) answer = sqlite3_column_int64(question, 0);
    if (code == SQLITE_DONE) answer = -1;
    sqlite3_finalize(question);
    return answer;
}

int power_reader_is_sound(power_reader *reader) {
    sqlite3_stmt *check = NULL;
    if (sqlite3_prepare_v2(reader->connection, "PRAGMA integrity_check(1)", -1, &check, NULL) != SQLITE_OK) return 0;
    int sound = 0;
    if (sqlite3_step(check) == SQLITE_ROW) {
        const unsigned char *answer = sqlite3_column_text(check, 0);
        sound = answer && strcmp((const char *)answer, "ok") == 0;
    }
    sqlite3_finalize(check);
    return sound;
}

// libcurl's multi interface, 64 in flight, one thread: what no sender over libcurl can go below.
// usage: bare_sender URL REQUESTS
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { in_flight = 64, body_bytes = 600 };

static size_t ignore(char *data, size_t size, size_t count, void *context) { return size * count; }

static double cpu_microseconds(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    long wanted = atol(argv[2]), started = 0, finished = 0, failed = 0;
    char body[body_bytes];
    memset(body, 'x', sizeof body);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)in_flight);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    double before = cpu_microseconds();
    for (; started < in_flight && started < wanted; started++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, argv[1]);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)sizeof body);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
        curl_multi_add_handle(multi, easy);
    }
    while (finished < wanted) {
        int running, waiting;
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        while ((message = curl_multi_info_read(multi, &waiting))) {
            CURL *easy = message->easy_handle;
            if (message->data.result != CURLE_OK) failed++;
            finished++;
            curl_multi_remove_handle(multi, easy);
            if (started < wanted) {
                started++;
                curl_multi_add_handle(multi, easy);
            } else {
                curl_easy_cleanup(easy);
            }
        }
        if (finished < wanted) curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("bare_sender %.2f us_cpu_per_request\n", (cpu_microseconds() - before) / wanted);
    printf("bare_sender_peak %.1f MB\n", u.ru_maxrss / 1024.0);
    return failed != 0;
}

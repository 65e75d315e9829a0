/* libcurl's option functions are variadic and invisible to Swift: one inline wrapper per kind of argument.
   The kind must match the option's number range: 0 long, 10000 pointer, 20000 function, 30000 curl_off_t. */
#ifndef BELLMAN_CLIBCURL_SHIM_H
#define BELLMAN_CLIBCURL_SHIM_H

#include <curl/curl.h>
#include <sys/socket.h>
#include <netinet/in.h>

typedef size_t (*bellman_data_callback)(char *, size_t, size_t, void *);
typedef curl_socket_t (*bellman_socket_callback)(void *, curlsocktype, struct curl_sockaddr *);

static inline CURLcode bellman_easy_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_data_callback(CURL *handle, CURLoption option, bellman_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode bellman_easy_set_socket_callback(CURL *handle, bellman_socket_callback value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline long bellman_easy_get_long(CURL *handle, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
static inline void *bellman_easy_get_private(CURL *handle) {
    char *value = NULL;
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value) == CURLE_OK ? (void *)value : NULL;
}
static inline CURLMcode bellman_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
/* The message's union is awkward in Swift. */
static inline CURLcode bellman_message_result(CURLMsg *message) { return message->data.result; }
/* A socket for an address that the policy allowed; never inherited by a child process. */
static inline curl_socket_t bellman_open_socket(struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
static inline const void *bellman_sockaddr(struct curl_sockaddr *address) { return &address->addr; }
static inline CURLcode bellman_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

#endif

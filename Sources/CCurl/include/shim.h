#pragma once

// libcurl 7.66 or later. Its functions for options and for information are variadic, and such Swift does not call: here is
// one for each kind of value that is ours. A text is copied, anything else stays the caller's.
#include <curl/curl.h>

static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *text) {
    return curl_easy_setopt(handle, option, text);
}

static inline CURLcode ccurl_set_number(CURL *handle, CURLoption option, long number) {
    return curl_easy_setopt(handle, option, number);
}

static inline CURLcode ccurl_set_fields(CURL *handle, struct curl_slist *fields) {
    return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, fields);
}

/// What is sent: `count` bytes, which have to stay where they are until the transfer has ended.
static inline CURLcode ccurl_set_body(CURL *handle, const void *bytes, long count) {
    CURLcode result = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return result == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_POSTFIELDS, bytes) : result;
}

static inline size_t ccurl_take_nothing(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)size, (void)count, (void)context;
    return 0;
}

/// The transfer ends (CURLE_WRITE_ERROR) when the first byte of an answer's body arrives.
static inline CURLcode ccurl_want_no_answer(CURL *handle) {
    return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, ccurl_take_nothing);
}

/// Where the reason of a failure is written: CURL_ERROR_SIZE bytes, which have to stay where they are.
static inline CURLcode ccurl_set_error(CURL *handle, char *text) {
    return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, text);
}

/// The last status an answer began with (RFC 9110 section 15); 0 when there was none.
static inline long ccurl_status(CURL *handle) {
    long status = 0;
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

/// Of the library that is loaded, such as "7.88.1". Here, since CURLVERSION_NOW is a macro for an enumerator.
static inline const char *ccurl_version(void) { return curl_version_info(CURLVERSION_NOW)->version; }

#pragma once

// Why a TLS connection fails. libldap, linked to GnuTLS on Debian, says only "can't contact"; this probe does the same
// handshake with OpenSSL on a socket of its own, lets it succeed whatever the certificate, and then judges the
// certificate against the same CA file and host name. It sends no LDAP request but StartTLS and carries no secret.

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "tls_probe_result.h"

/// Milliseconds on a clock that nobody sets.
static inline long long tls_probe_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// Waits until the socket is ready for `events`; 0 when the deadline has passed first.
static inline int tls_probe_wait(int fd, short events, long long deadline) {
    for (;;) {
        long long left = deadline - tls_probe_now();
        if (left <= 0) return 0;
        struct pollfd waiting = { .fd = fd, .events = events };
        int ready = poll(&waiting, 1, (int)left);
        if (ready > 0) return 1;
        if (ready < 0 && errno != EINTR) return 0;
    }
}

/// The newest OpenSSL error in words, and an empty error queue.
static inline void tls_probe_take_error(struct tls_probe_result *result) {
    unsigned long code = ERR_peek_last_error();
    const char *words = code ? ERR_reason_error_string(code) : NULL;
    snprintf(result->detail, sizeof result->detail, "%s", words ? words : "");
    ERR_clear_error();
}

/// Whether the CA file holds at least one certificate that can be read: 1 or 0, with `detail` set.
static inline int tls_probe_check_ca_file(const char *path, struct tls_probe_result *result) {
    memset(result, 0, sizeof *result);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    int usable = context != NULL && SSL_CTX_load_verify_file(context, path) == 1;
    if (!usable) {
        result->outcome = TLS_PROBE_CA_FILE;
        tls_probe_take_error(result);
    }
    SSL_CTX_free(context);
    return usable;
}

/// Asks for StartTLS (RFC 4511 section 4.14) and reads the whole answer; 1 when the server agrees.
static inline int tls_probe_start_tls(int fd, long long deadline) {
    static const unsigned char request[] = {
        0x30, 0x1d,                    // LDAPMessage of 29 bytes
        0x02, 0x01, 0x01,              // messageID 1
        0x77, 0x18,                    // extendedReq of 24 bytes
        0x80, 0x16,                    // requestName of 22 bytes
        '1', '.', '3', '.', '6', '.', '1', '.', '4', '.', '1', '.', '1', '4', '6', '6', '.', '2', '0', '0', '3', '7',
    };
    if (!tls_probe_wait(fd, POLLOUT, deadline)) return 0;
    if (send(fd, request, sizeof request, MSG_NOSIGNAL) != (ssize_t)sizeof request) return 0;

    unsigned char answer[512];
    size_t have = 0;
    size_t need = 2;
    while (have < need) {
        if (!tls_probe_wait(fd, POLLIN, deadline)) return 0;
        ssize_t count = recv(fd, answer + have, need - have, 0);
        if (count <= 0) return 0;
        have += (size_t)count;
        // The length of the message follows its first byte: one byte, or a count of further bytes (X.690 8.1.3).
        if (have == 2) {
            if (answer[0] != 0x30) return 0;
            need = answer[1] < 0x80 ? 2u + answer[1] : 2u + (answer[1] & 0x7f);
        } else if (have == need && answer[1] > 0x80 && have == 2u + (answer[1] & 0x7f)) {
            size_t length = 0;
            for (size_t i = 2; i < have; i++) length = length << 8 | answer[i];
            need += length;
        }
        if (need > sizeof answer) return 0;
    }
    // resultCode is the first ENUMERATED of the answer, and success is 0.
    for (size_t i = 2; i + 2 < have; i++) {
        if (answer[i] == 0x0a && answer[i + 1] == 0x01) return answer[i + 2] == 0;
    }
    return 0;
}

/// What a failed SSL_connect means.
static inline int tls_probe_handshake_failure(int error, struct tls_probe_result *result) {
    unsigned long code = ERR_peek_last_error();
    int reason = ERR_GET_REASON(code);
    tls_probe_take_error(result);
    if (error == SSL_ERROR_ZERO_RETURN || (error == SSL_ERROR_SYSCALL && code == 0)) return TLS_PROBE_CLOSED;
    switch (reason) {
    case SSL_R_UNEXPECTED_EOF_WHILE_READING: return TLS_PROBE_CLOSED;
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG: return TLS_PROBE_NOT_TLS;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return TLS_PROBE_PROTOCOL;
    default: return TLS_PROBE_HANDSHAKE;
    }
}

/// Does one handshake on a connected, non-blocking socket and tells what is wrong. The caller closes the socket.
///
/// `minimum_version` is TLS1_2_VERSION or TLS1_3_VERSION; `ca_file` and `host` are what libldap was given.
static inline void tls_probe(int fd, const char *host, const char *ca_file, int minimum_version, int start_tls,
                             int timeout_milliseconds, struct tls_probe_result *result) {
    memset(result, 0, sizeof *result);
    long long deadline = tls_probe_now() + timeout_milliseconds;
    if (start_tls && !tls_probe_start_tls(fd, deadline)) {
        result->outcome = tls_probe_now() >= deadline ? TLS_PROBE_TIMED_OUT : TLS_PROBE_START_TLS;
        return;
    }
    result->outcome = TLS_PROBE_INTERNAL;
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *session = NULL;
    if (context == NULL) goto done;
    SSL_CTX_set_min_proto_version(context, minimum_version);
    if (ca_file != NULL && SSL_CTX_load_verify_file(context, ca_file) != 1) {
        result->outcome = TLS_PROBE_CA_FILE;
        tls_probe_take_error(result);
        goto done;
    }
    // The handshake goes on past a bad certificate; tls_probe_judge asks for the verdict afterwards.
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    session = SSL_new(context);
    if (session == NULL || SSL_set_fd(session, fd) != 1) goto done;
    // Server name indication is for names only, RFC 6066 section 3.
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host);
    if (address == NULL) SSL_set_tlsext_host_name(session, host);
    ASN1_OCTET_STRING_free(address);
    for (;;) {
        ERR_clear_error();
        int done = SSL_connect(session);
        if (done == 1) {
            result->outcome = tls_probe_judge(session, host, result);
            break;
        }
        int error = SSL_get_error(session, done);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            result->outcome = tls_probe_handshake_failure(error, result);
            break;
        }
        if (!tls_probe_wait(fd, error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline)) {
            result->outcome = TLS_PROBE_TIMED_OUT;
            break;
        }
    }
done:
    SSL_free(session);
    SSL_CTX_free(context);
    ERR_clear_error();
}

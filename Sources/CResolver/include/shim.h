#pragma once

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>

// The resolver's state is a structure with bit fields and unions, and its names are macros: nothing for Swift.

/// One SRV record (RFC 2782). `target` is a name without its last dot; empty for the root, which means "no such service".
struct cresolver_record {
    unsigned short priority, weight, port;
    char target[NS_MAXDNAME];
};

/// The largest DNS message there is.
enum { cresolver_message_size = 65535 };

/// Asks for records of one type, absolutely: no search list is applied.
///
/// `server`: asked instead of those of resolv.conf, once, for a second; NULL for those.
/// Returns the length of the answer, or -1 with `*failure` set to one of netdb.h's HOST_NOT_FOUND (NXDOMAIN), NO_DATA,
/// TRY_AGAIN, NO_RECOVERY.
static inline int cresolver_ask(const char *name, int type, const struct sockaddr_in *server, unsigned char *answer,
                                int *failure) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    *failure = NO_RECOVERY;
    if (res_ninit(&state) != 0) return -1;
    if (server) {
        state.nsaddr_list[0] = *server;
        state.nscount = 1;
        state.retry = 1;
        state.retrans = 1;
    }
    int length = res_nquery(&state, name, ns_c_in, type, answer, cresolver_message_size);
    *failure = state.res_h_errno;
    res_nclose(&state);
    return length > cresolver_message_size ? cresolver_message_size : length;
}

/// Whether the DNS knows the name at all: 1, 0, or -1 when it cannot be asked.
static inline int cresolver_exists(const char *name, const struct sockaddr_in *server) {
    unsigned char *answer = malloc(cresolver_message_size);
    int failure = 0, length = answer ? cresolver_ask(name, ns_t_soa, server, answer, &failure) : -1;
    free(answer);
    if (length >= 0 || failure == NO_DATA) return 1;
    return failure == HOST_NOT_FOUND ? 0 : -1;
}

/// The SRV records of a name: their number, or -1 with `*failure` as above. Of more than `capacity`, the first.
static inline int cresolver_srv(const char *name, const struct sockaddr_in *server, struct cresolver_record *records,
                                int capacity, int *failure) {
    unsigned char *answer = malloc(cresolver_message_size);
    int count = 0, length = answer ? cresolver_ask(name, ns_t_srv, server, answer, failure) : -1;
    ns_msg message;
    if (length < 0 || ns_initparse(answer, length, &message) != 0) {
        if (length >= 0) *failure = NO_RECOVERY;
        free(answer);
        return -1;
    }
    for (int index = 0; index < ns_msg_count(message, ns_s_an) && count < capacity; index++) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, index, &record) != 0) break;
        if (ns_rr_type(record) != ns_t_srv || ns_rr_rdlen(record) < 7) continue;
        const unsigned char *data = ns_rr_rdata(record);
        struct cresolver_record *result = &records[count];
        if (dn_expand(answer, answer + length, data + 6, result->target, sizeof result->target) < 0) continue;
        result->priority = (unsigned short)(data[0] << 8 | data[1]);
        result->weight = (unsigned short)(data[2] << 8 | data[3]);
        result->port = (unsigned short)(data[4] << 8 | data[5]);
        count++;
    }
    free(answer);
    return count;
}

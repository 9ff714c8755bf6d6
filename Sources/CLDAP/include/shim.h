#pragma once

// ldap_init_fd: libldap on a socket that we connected ourselves, so that "refused", "unreachable", "timed out" and
// "no such host" are told apart; ldap_connect reports all of them as "can't contact LDAP server".
#include <openldap.h>

// Swift does not import macros that hold casts or the address of a variable. Each value below is one of those.

/// The argument that switches a boolean option on; the macro is the address of a variable inside liblber.
static inline const void *cldap_option_on(void) { return LDAP_OPT_ON; }

/// "Any message" as the message id to wait for.
static inline int cldap_any_message(void) { return LDAP_RES_ANY; }

/// The id of messages that answer no request, RFC 4511 section 4.4.
static inline int cldap_unsolicited(void) { return LDAP_RES_UNSOLICITED; }

// The protocol operations that answer a search, RFC 4511 section 4.5.2.
static inline int cldap_search_entry(void) { return (int)LDAP_RES_SEARCH_ENTRY; }
static inline int cldap_search_reference(void) { return (int)LDAP_RES_SEARCH_REFERENCE; }
static inline int cldap_search_result(void) { return (int)LDAP_RES_SEARCH_RESULT; }

/// Messages that come before the final answer and that nobody asked for, RFC 4511 section 4.13.
static inline int cldap_intermediate(void) { return (int)LDAP_RES_INTERMEDIATE; }

#include <sasl/sasl.h>

/// What Cyrus SASL asks the user, answered with nothing: with Kerberos, the ticket says who asks, and nobody asks on
/// behalf of another.
static inline int cldap_sasl_answer_nothing(LDAP *ld, unsigned flags, void *defaults, void *questions) {
    (void)ld, (void)flags, (void)defaults;
    for (sasl_interact_t *question = questions; question->id != SASL_CB_LIST_END; question++) {
        question->result = "";
        question->len = 0;
    }
    return LDAP_SUCCESS;
}

/// One step of a SASL bind: the first with no answer, each further one with the server's answer to the last.
/// LDAP_SASL_BIND_IN_PROGRESS when `identifier` is the request whose answer is to be waited for.
static inline int cldap_sasl_bind_step(LDAP *ld, const char *mechanism, LDAPMessage *answer, const char **state,
                                       int *identifier) {
    return ldap_sasl_interactive_bind(ld, NULL, mechanism, NULL, NULL, LDAP_SASL_QUIET, cldap_sasl_answer_nothing, NULL,
                                      answer, state, identifier);
}

#pragma once

// What tls_probe.h finds out, and how it reads and judges the certificate of the peer.

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum tls_probe_outcome {
    TLS_PROBE_NO_FAULT = 0,      ///< the handshake succeeds and the certificate verifies
    TLS_PROBE_CERTIFICATE = 1,   ///< the certificate does not verify: see verify_error
    TLS_PROBE_HOST_NAME = 2,     ///< a good certificate for another name: see names
    TLS_PROBE_PROTOCOL = 3,      ///< no common protocol version
    TLS_PROBE_NOT_TLS = 4,       ///< the peer answers with something that is no TLS record
    TLS_PROBE_CLOSED = 5,        ///< the peer closes the connection during the handshake
    TLS_PROBE_TIMED_OUT = 6,     ///< the peer does not answer
    TLS_PROBE_START_TLS = 7,     ///< the peer refuses StartTLS, or answers it with something else
    TLS_PROBE_HANDSHAKE = 8,     ///< any other failure of the handshake: see detail
    TLS_PROBE_CA_FILE = 9,       ///< the CA file cannot be used
    TLS_PROBE_INTERNAL = 10,     ///< OpenSSL could not be set up
};

struct tls_probe_result {
    int outcome;             ///< enum tls_probe_outcome
    long verify_error;       ///< X509_V_ERR_…; X509_V_OK when the chain is good
    char subject[512];       ///< the leaf certificate's subject, RFC 2253 form; empty when none was received
    char issuer[512];        ///< its issuer
    char not_before[64];     ///< start of validity, YYYY-MM-DDTHH:MM:SSZ
    char not_after[64];      ///< end of validity, likewise
    char version[16];        ///< of the protocol that was agreed on, "TLSv1.3"
    char names[1024];        ///< the names it is good for, separated by ", "
    char detail[256];        ///< OpenSSL's own words about the failure
};

static inline void tls_probe_copy_name(X509_NAME *name, char *text, size_t size) {
    BIO *out = BIO_new(BIO_s_mem());
    if (out == NULL) return;
    // Control characters and anything a terminal might act on are escaped by this form.
    X509_NAME_print_ex(out, name, 0, XN_FLAG_RFC2253);
    int count = BIO_read(out, text, (int)size - 1);
    text[count > 0 ? count : 0] = 0;
    BIO_free(out);
}

static inline void tls_probe_copy_time(const ASN1_TIME *time, char *text, size_t size) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return;
    strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static inline void tls_probe_append_name(struct tls_probe_result *result, const char *text, size_t length) {
    size_t used = strlen(result->names);
    if (used + length + 3 > sizeof result->names) return;
    if (used > 0) {
        memcpy(result->names + used, ", ", 2);
        used += 2;
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char character = (unsigned char)text[i];
        result->names[used + i] = character < 0x20 || character > 0x7e ? '?' : (char)character;
    }
    result->names[used + length] = 0;
}

/// The DNS names and addresses a certificate is good for; its common name where it has none of them.
static inline void tls_probe_copy_names(X509 *certificate, struct tls_probe_result *result) {
    GENERAL_NAMES *names = X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type == GEN_DNS) {
            const char *text = (const char *)ASN1_STRING_get0_data(name->d.dNSName);
            tls_probe_append_name(result, text, (size_t)ASN1_STRING_length(name->d.dNSName));
        } else if (name->type == GEN_IPADD && ASN1_STRING_length(name->d.iPAddress) == 4) {
            const unsigned char *octets = ASN1_STRING_get0_data(name->d.iPAddress);
            char text[16];
            snprintf(text, sizeof text, "%u.%u.%u.%u", octets[0], octets[1], octets[2], octets[3]);
            tls_probe_append_name(result, text, strlen(text));
        }
    }
    GENERAL_NAMES_free(names);
    if (result->names[0] == 0) {
        char common_name[256];
        int length = X509_NAME_get_text_by_NID(
            X509_get_subject_name(certificate), NID_commonName, common_name, sizeof common_name);
        if (length > 0) tls_probe_append_name(result, common_name, (size_t)length);
    }
}

/// Judges the peer's certificate: the chain first, then the name.
static inline int tls_probe_judge(SSL *session, const char *host, struct tls_probe_result *result) {
    snprintf(result->version, sizeof result->version, "%s", SSL_get_version(session));
    X509 *certificate = SSL_get1_peer_certificate(session);
    if (certificate == NULL) return TLS_PROBE_HANDSHAKE;
    tls_probe_copy_name(X509_get_subject_name(certificate), result->subject, sizeof result->subject);
    tls_probe_copy_name(X509_get_issuer_name(certificate), result->issuer, sizeof result->issuer);
    tls_probe_copy_time(X509_get0_notBefore(certificate), result->not_before, sizeof result->not_before);
    tls_probe_copy_time(X509_get0_notAfter(certificate), result->not_after, sizeof result->not_after);
    tls_probe_copy_names(certificate, result);
    result->verify_error = SSL_get_verify_result(session);
    // An address matches the certificate's addresses only, a name its names only, as in libldap.
    int matches = X509_check_ip_asc(certificate, host, 0) == 1 || X509_check_host(certificate, host, 0, 0, NULL) == 1;
    X509_free(certificate);
    if (result->verify_error != X509_V_OK) {
        snprintf(result->detail, sizeof result->detail, "%s", X509_verify_cert_error_string(result->verify_error));
        return TLS_PROBE_CERTIFICATE;
    }
    return matches ? TLS_PROBE_NO_FAULT : TLS_PROBE_HOST_NAME;
}

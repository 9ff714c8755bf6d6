#pragma once

// Message authentication and digests: EVP_Q_mac and EVP_Q_digest in one call each (OpenSSL 3.0 and later), EVP_MAC for a
// message that comes in pieces, and CRYPTO_memcmp from crypto.h. All are plain functions that Swift calls as they stand,
// so nothing is wrapped here.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

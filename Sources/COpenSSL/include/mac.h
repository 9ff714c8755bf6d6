#pragma once

// Message authentication and digests in one call each: EVP_Q_mac and EVP_Q_digest (OpenSSL 3.0 and later), and
// CRYPTO_memcmp from crypto.h. All three are plain functions that Swift calls as they stand, so nothing is wrapped here.
#include <openssl/evp.h>

#pragma once

#include <openssl/crypto.h>

#include "mac.h"
#include "tls_probe.h"

#pragma once

#include <openssl/crypto.h>
#include "tls_probe.h"

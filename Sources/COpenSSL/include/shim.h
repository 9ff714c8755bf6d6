#pragma once

#include <openssl/crypto.h>

#include "mac.h"

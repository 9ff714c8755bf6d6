#pragma once

// libzip 1.7 or later: archives that are made in memory, with AES encryption. What we use of it are plain functions and
// integer constants that Swift calls as they stand, so nothing is wrapped here.
#include <zip.h>

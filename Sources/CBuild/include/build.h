#pragma once

/// The commit the program was built from, as the build was told by the environment variable AD_USER_SYNC_COMMIT; empty
/// when it was told none. In a target of its own, so that another commit compiles one file of C anew and no Swift.
const char *cbuild_commit(void);

/// The file of the loaded library that has a function of this name; NULL when none has. Here, since dladdr is one of
/// glibc's extensions, which the module Glibc does not have.
const char *cbuild_file_with(const char *function);

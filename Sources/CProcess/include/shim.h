#pragma once

#include <spawn.h>

// Declared here: the headers show them with _GNU_SOURCE only, which Swift's module of the C library is built without.
extern int memfd_create(const char *name, unsigned int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// An empty file in memory that no other program is given by accident (memfd_create(2) with MFD_CLOEXEC); -1 and errno when
/// that is not possible.
static inline int cprocess_memory_file(const char *name) { return memfd_create(name, 1U); }

/// All files from `first` on are closed in the program that is started (glibc 2.34).
static inline int cprocess_close_from(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

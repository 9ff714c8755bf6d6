#define _GNU_SOURCE
#include "build.h"

#include <dlfcn.h>
#include <stddef.h>

#define TEXT(tokens) #tokens
#define TEXT_OF(macro) TEXT(macro)

const char *cbuild_commit(void) {
#ifdef AD_USER_SYNC_COMMIT
    return TEXT_OF(AD_USER_SYNC_COMMIT);
#else
    return "";
#endif
}

const char *cbuild_file_with(const char *function) {
    Dl_info found;
    void *address = dlsym(RTLD_DEFAULT, function);
    return address != NULL && dladdr(address, &found) != 0 ? found.dli_fname : NULL;
}

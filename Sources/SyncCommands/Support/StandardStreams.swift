import Glibc

/// Standard input, output and error.
public enum StandardStreams {
    /// Makes sure that all three are open. The next file that is opened would get the number of one that the caller has
    /// closed, and what is meant for a reader would be written into a state file, or into the connection to the directory.
    /// In its place stands one that refuses to be written (`EBADF`), as a closed one would.
    public static func occupy() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // Gives the lowest number that is free: this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}

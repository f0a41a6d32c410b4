-- A file of the user.
-- expect: input
-- says: 'io' is not available
return io.open("/etc/passwd"):read("a")

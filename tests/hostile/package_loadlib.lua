-- A library of machine code.
-- expect: input
-- says: 'package' is not available
return package.loadlib("libc.so.6", "system")

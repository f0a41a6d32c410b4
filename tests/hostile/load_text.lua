-- Compiling at run time.
-- expect: input
-- says: 'load' is not available
return load("return 1")()

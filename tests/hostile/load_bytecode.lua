-- Loading bytecode, which can crash the machine that runs it.
-- expect: input
-- says: 'load' is not available
return load("\27Lua\84\0\25\147\r\n\26\n", "x", "b")()

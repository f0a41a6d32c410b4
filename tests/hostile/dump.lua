-- Bytecode of a function of its own.
-- expect: input
-- says: 'string.dump' is not available
return string.dump(function() end)

-- A global of its own.
-- expect: input
-- says: cannot be set
error = function() end
